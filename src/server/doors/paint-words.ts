/**
 * Words that become pictures, as programs for pictures write them: weights such as (boat:1.3), words that shall not be seen,
 * {one|of|these}.
 *
 *   typed ─▶ alternatives drawn by the seed ─▶ plain words ─▶ plan ─▶ pictures
 *                                    └─▶ weights, negative words ──────▲
 */
import { createRandom } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import { expandPrompt, parsePrompt } from '../../studios/image/index.ts';
import { readScene } from '../../studios/plan/index.ts';
import { type Listener, type Made, runHere, runJob } from './run-job.ts';

export interface PaintWish {
  readonly typed: string;
  readonly negative?: string | undefined;
  readonly seed: number;
  /** Other options of `image/paint`. */
  readonly options: object;
}

/** Paints words. Throws what reading and painting throw. */
export async function paintWords(
  os: Os,
  { typed, negative = '', seed, options }: PaintWish,
  listener: Listener,
): Promise<Made> {
  const prompt = expandPrompt(typed, { random: createRandom(`prompt/${seed}`), wildcards: undefined });
  const { text, negative: unwanted } = parsePrompt(prompt, negative);
  const plan = await runHere(os, { op: 'plan/read', options: { brief: text, picture: true }, seed }, listener);
  const without = unwanted === '' ? [] : idsOf(unwanted);
  const given = {
    ...options,
    ...(prompt !== text && { prompt }),
    ...(negative !== '' && { negative }),
    ...(without.length > 0 && { without }),
  };
  const inputs = plan.works.map(({ id }) => id);
  return runJob(os, { op: 'image/paint', inputs, options: given, seed }, listener);
}

/** What the negative words name, as the director knows it. */
function idsOf(words: string): string[] {
  const { scene } = readScene(words, { picture: true });
  return [...new Set(scene?.elements.filter(({ source }) => source !== '').map(({ id }) => id))];
}
