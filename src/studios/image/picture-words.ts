/** The words of a picture, by which it is found: what was asked for, what is on it, and the poem that stands on it. */
import { z } from 'zod';
import { outlineOf } from './picture/index.ts';

const madeSchema = z.object({
  title: z.string().optional(),
  plan: z.object({ brief: z.string(), themes: z.array(z.object({ word: z.string() })) }).optional(),
  poem: z.object({ title: z.string(), lines: z.array(z.string()) }).optional(),
  options: z.object({ prompt: z.string().optional(), painter: z.string().optional() }).optional(),
});

/** Words parted by lines; names of layers in both languages. Throws `image/bad-picture`. */
export function pictureWords(openRaster: Uint8Array): string {
  const { about, layers } = outlineOf(openRaster);
  const { data: made } = madeSchema.safeParse(about.made ?? {});
  const words = [
    made?.title,
    made?.plan?.brief,
    ...(made?.plan?.themes.map(({ word }) => word) ?? []),
    made?.options?.prompt,
    made?.options?.painter,
    made?.poem?.title,
    ...(made?.poem?.lines ?? []),
    ...layers.flatMap(({ names }) => [names.en, names.zh]),
  ];
  return [...new Set(words.filter((word) => word?.trim()))].join('\n');
}
