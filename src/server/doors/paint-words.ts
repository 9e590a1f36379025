/**
 * Words that become pictures, as programs for pictures write them: weights such as (boat:1.3), words that shall not be seen,
 * {one|of|these}. One way for the doors and the command line.
 *
 *   typed ─▶ alternatives drawn by the seed ─▶ plain words ─▶ plan ─▶ pictures
 *                                    └─▶ weights, negative words ──────▲
 */
import { createRandom } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import type { Work } from '../../kernel/index.ts';
import { expandPrompt, paintingOp, parsePrompt, type Wildcards } from '../../studios/image/index.ts';
import { readScene } from '../../studios/plan/index.ts';
import { type Listener, type Made, runHere, runJob } from './run-job.ts';

export interface PaintWish {
  readonly typed: string;
  readonly negative?: string | undefined;
  readonly wildcards?: Wildcards | undefined;
  readonly seed: number;
  /** Other options of `image/paint`; with a `model` those of `image/paint-by-model`. */
  readonly options: object;
  /** Works that an engine begins from: a picture, and a mask. */
  readonly from?: readonly string[] | undefined;
}

/** One op of the two that it takes. */
export interface PaintStep {
  readonly step: 'read' | 'paint';
  readonly op: string;
  readonly inputs: readonly string[];
  readonly options: object;
  readonly seed: number;
}

/** Paints words by whatever runs ops. Throws what drawing, reading and painting throw. */
export async function paintWordsBy<Result extends { readonly works: readonly Work[] }>(
  run: (step: PaintStep) => Promise<Result>,
  { typed, negative = '', wildcards, seed, options, from = [] }: PaintWish,
): Promise<Result> {
  const prompt = expandPrompt(typed, { random: createRandom(`prompt/${seed}`), wildcards });
  const { text, negative: unwanted } = parsePrompt(prompt, negative);
  const reading = { brief: text, picture: true };
  const plan = await run({ step: 'read', op: 'plan/read', inputs: [], options: reading, seed });
  const without = unwanted === '' ? [] : idsOf(unwanted);
  const given = {
    ...options,
    ...(prompt !== text && { prompt }),
    ...(negative !== '' && { negative }),
    ...(without.length > 0 && { without }),
  };
  const inputs = [...plan.works.map(({ id }) => id), ...from];
  return run({ step: 'paint', op: paintingOp(given), inputs, options: given, seed });
}

/** Paints words at the desk. */
export function paintWords(os: Os, wish: PaintWish, listener: Listener): Promise<Made> {
  return paintWordsBy(({ step, ...request }) => (step === 'read' ? runHere : runJob)(os, request, listener), wish);
}

/** What the negative words name, as the director knows it. */
function idsOf(words: string): string[] {
  const { scene } = readScene(words, { picture: true });
  return [...new Set(scene?.elements.filter(({ source }) => source !== '').map(({ id }) => id))];
}
