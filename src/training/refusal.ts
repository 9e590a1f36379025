/** The errors of this room that people can mend, in both languages. */
import { type ErrorKind, OsError } from '../core/index.ts';

/** One sentence in both languages. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** Builds an OsError of this room; `message` carries the facts, `hint` the way out. */
export function refusal(
  kind: ErrorKind,
  code: `training/${string}`,
  message: Bilingual,
  hint: Bilingual,
  cause?: unknown,
): OsError {
  return new OsError({
    kind,
    code,
    message: message.en,
    hint: hint.en,
    zh: { message: message.zh, hint: hint.zh },
    ...(cause === undefined ? {} : { cause }),
  });
}
