/** How a failure is told: one error, in the reader's language, on standard error; or one JSON object. */
import { EXIT_CODES, type OsError } from '../core/index.ts';
import type { Language } from './language.ts';
import { createSay } from './messages.ts';
import type { Ink } from './terminal/ink.ts';

/** The public shape of a failure under `--json`. */
export interface FailureJson {
  readonly error: {
    readonly kind: OsError['kind'];
    readonly code: string;
    readonly message: string;
    readonly hint: string;
  };
}

/** The sentence and the hint of an error in one language; English where it has no Chinese. */
export function wordsOf(error: OsError, language: Language): { readonly message: string; readonly hint: string } {
  return language === 'zh' && error.zh !== undefined ? error.zh : { message: error.message, hint: error.hint };
}

/** The public JSON of an error. */
export function failureJson(error: OsError, language: Language): FailureJson {
  return { error: { kind: error.kind, code: error.code, ...wordsOf(error, language) } };
}

/** The lines that tell an error to a person; a bug brings its stack along when LLMAGENTOS_DEBUG is set. */
export function failureLines(error: OsError, language: Language, ink: Ink, debug = false): string[] {
  const say = createSay(language);
  const { message, hint } = wordsOf(error, language);
  const lead = error.kind === 'cancelled' ? '' : ink.bad(say('error.lead'));
  const cause = error.cause instanceof Error ? error.cause.stack : error.stack;
  return [
    `${lead}${message}`,
    ...(hint === '' ? [] : [ink.quiet(hint)]),
    ...(error.kind === 'cancelled' ? [] : [ink.quiet(`[${error.code}]`)]),
    ...(debug && cause !== undefined ? [ink.quiet(cause)] : []),
  ];
}

/** The exit code of an error. */
export function exitCodeOf(error: OsError): number {
  return EXIT_CODES[error.kind];
}
