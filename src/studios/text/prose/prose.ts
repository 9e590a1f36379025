/** The document of a passage of prose: who wrote which part stays visible. */
import { z } from 'zod';

export const proseSchema = z.object({
  kind: z.literal('prose'),
  version: z.literal(1),
  title: z.string(),
  /** The whole text, paragraphs a line each. */
  text: z.string(),
  /** Stretches of the text in order, in UTF-16 units from `from` up to `to`. */
  spans: z.array(z.object({ from: z.int(), to: z.int(), by: z.enum(['human', 'machine']) })),
  /** Passages that the artist locked, in order, apart from each other; absent: none. Nothing may change what stands in them. */
  locks: z.array(z.object({ from: z.int(), to: z.int() })).optional(),
});

export type Prose = z.output<typeof proseSchema>;

/** A document of the artist's opening and what a model wrote after it. */
export function joinProse(title: string, opening: string, written: string): Prose {
  const spans = [
    { from: 0, to: opening.length, by: 'human' as const },
    { from: opening.length, to: opening.length + written.length, by: 'machine' as const },
  ].filter(({ from, to }) => to > from);
  return { kind: 'prose', version: 1, title, text: opening + written, spans };
}
