import { z } from 'zod';

/** Version of the wire; client and server must speak the same one. */
export const PROTOCOL = 1;

/** The same sentence in both languages. */
export const bilingualSchema = z.object({ en: z.string(), zh: z.string() });
export type Bilingual = z.output<typeof bilingualSchema>;

/** Who can mend an error; the same words as in the system itself. */
export const errorKindSchema = z.enum([
  'input',
  'denied',
  'missing',
  'conflict',
  'exhausted',
  'unavailable',
  'cancelled',
  'bug',
]);
export type ErrorKind = z.output<typeof errorKindSchema>;

/** An error as it travels: a stable `room/what-happened` code, what happened, how to mend it; in Chinese too where it is known. */
export const wireErrorSchema = z.object({
  kind: errorKindSchema,
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  zh: z.object({ message: z.string(), hint: z.string() }).optional(),
});
export type WireError = z.output<typeof wireErrorSchema>;
