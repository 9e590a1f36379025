declare module 'pdfkit' {
  interface PdfOptions {
    readonly size?: readonly [number, number];
    readonly margin?: number;
    readonly autoFirstPage?: boolean;
    readonly compress?: boolean;
    readonly info?: Readonly<Record<string, string | Date>>;
  }
  class PDFDocument {
    constructor(options?: PdfOptions);
    addPage(options?: PdfOptions): this;
    registerFont(name: string, path: string, family?: string): this;
    image(bytes: Uint8Array, x: number, y: number, options?: { readonly width?: number }): this;
    on(event: 'data', listener: (chunk: Uint8Array) => void): this;
    on(event: 'end', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    end(): void;
  }
  export = PDFDocument;
}

declare module 'svg-to-pdfkit' {
  interface SvgToPdfOptions {
    readonly width?: number;
    readonly height?: number;
    readonly assumePt?: boolean;
    readonly precision?: number;
    readonly fontCallback?: (family: string, bold: boolean, italic: boolean, options: unknown) => string;
    readonly warningCallback?: (warning: string) => void;
  }
  function svgToPdf(document: unknown, svg: string, x: number, y: number, options?: SvgToPdfOptions): void;
  export = svgToPdf;
}
