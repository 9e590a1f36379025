import type { WireError } from '../../sdk/src/protocol/index.ts';
import type { OsError } from '../core/index.ts';

/** An error in its public shape, in both languages where it has both. */
export function wireError({ kind, code, message, hint, zh }: OsError): WireError {
  return zh === undefined ? { kind, code, message, hint } : { kind, code, message, hint, zh };
}
