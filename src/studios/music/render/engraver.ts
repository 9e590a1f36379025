/** The engraver: verovio, compiled to WebAssembly, loaded when first needed; one toolkit serves all. */
import type { VerovioToolkit } from 'verovio/esm';

/** An engraver at work; calls do not overlap, for each is synchronous once loaded. */
export interface Engraver {
  readonly toolkit: VerovioToolkit;
  /** What it said of the last data it loaded: warnings and errors, '' when all was well. */
  log(): string;
}

let loading: Promise<Engraver> | undefined;

/** The engraver; the first call takes a second. */
export function loadEngraver(): Promise<Engraver> {
  loading ??= createEngraver();
  return loading;
}

async function createEngraver(): Promise<Engraver> {
  const [{ default: createModule }, { VerovioToolkit: Toolkit, enableLogToBuffer, LOG_WARNING, enableLog }] =
    await Promise.all([import('verovio/wasm'), import('verovio/esm')]);
  const module = await createModule();
  enableLog(LOG_WARNING, module);
  enableLogToBuffer(true, module);
  const toolkit = new Toolkit(module);
  return { toolkit, log: () => toolkit.getLog() };
}
