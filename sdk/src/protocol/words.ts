import { z } from 'zod';

/** Version of the wire; client and server must speak the same one. */
export const PROTOCOL = 1;

/**
 * An object to which later releases may add properties: what is not named here passes through unchecked. The type names
 * only what is promised.
 */
export function openObject<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape> {
  return z.looseObject(shape) as unknown as z.ZodObject<Shape>;
}

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
