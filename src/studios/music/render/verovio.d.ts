declare module 'verovio/wasm' {
  const createVerovioModule: () => Promise<unknown>;
  export = createVerovioModule;
}

declare module 'verovio/esm' {
  export const LOG_WARNING: number;
  export function enableLog(level: number, module: unknown): void;
  export function enableLogToBuffer(on: boolean, module: unknown): void;
  export class VerovioToolkit {
    constructor(module: unknown);
    setOptions(options: Readonly<Record<string, unknown>>): void;
    resetOptions(): void;
    loadData(data: string): boolean | number;
    getMEI(options?: Readonly<Record<string, unknown>>): string;
    getLog(): string;
    getPageCount(): number;
    renderToSVG(page?: number, xmlDeclaration?: boolean): string;
    resetXmlIdSeed(seed: number): void;
    destroy(): void;
  }
}
