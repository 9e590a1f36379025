/** A model's card, `card.json`: what people should know before they use it. */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';

/** What a card must hold; further fields are kept as they are. */
export const CARD = z
  .object({
    name: z.string().min(1).max(100),
    /** An SPDX licence name. */
    licence: z.string().min(1),
    /** One sentence for people, in both languages. */
    summary: z.object({ en: z.string(), zh: z.string() }),
    /** What a language model is for; absent means verse. */
    writes: z.enum(['verse', 'prose', 'tunes']).optional(),
    /** How many numbers the weights hold. */
    parameters: z.int().positive().optional(),
    /** What it learned from. */
    trainedOn: z.array(z.looseObject({ name: z.string() })).optional(),
    /** Scores by name, such as held-out perplexity. */
    scores: z.record(z.string(), z.json()).optional(),
  })
  .loose();
export type ModelCard = z.infer<typeof CARD>;

/** Reads the text of a `card.json`; throws `training/bad-card`. */
export function parseCard(json: string, source = 'card.json'): ModelCard {
  const parsed = CARD.safeParse(parseJson(json, source));
  if (parsed.success) return parsed.data;
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw refusal(
    'input',
    'training/bad-card',
    { en: `'${source}' is not a model card: ${reason}`, zh: `“${source}”不是有效的模型卡：${reason}` },
    {
      en: 'A card names at least: name, licence, summary.en, summary.zh.',
      zh: '模型卡至少要有：name、licence、summary.en、summary.zh。',
    },
  );
}
