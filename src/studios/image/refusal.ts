/** The errors of this studio that people can mend, in both languages. */
import { type ErrorKind, OsError } from '../../core/index.ts';
import type { Bilingual } from '../../kernel/index.ts';

/** Builds an OsError of this room; `message` carries the facts (and the place in the file), `hint` the way out. */
export function refusal(
  kind: ErrorKind,
  code: `image/${string}`,
  message: Bilingual,
  hint: Bilingual,
  details?: Readonly<Record<string, unknown>>,
): OsError {
  return new OsError({
    kind,
    code,
    message: message.en,
    hint: hint.en,
    zh: { message: message.zh, hint: hint.zh },
    ...(details === undefined ? {} : { details }),
  });
}
