/**
 * The op `music/compose`: from a plan, or from options alone, to pieces with harmony and players.
 *
 *   plan ─▶ direction ─▶ melodies (by model, or by rule) ─▶ chords ─▶ players ─▶ weighed ─▶ the best
 */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork, type OpContext, type Plan, planSchema } from '../../../kernel/index.ts';
import { addChords } from '../add-chords.ts';
import { arrange } from '../arrange/index.ts';
import { type Direction, direct } from '../direction.ts';
import { rank, type Worth, weigh } from '../rank.ts';
import type { Score } from '../score/index.ts';
import { composeByRules, composeTunes } from '../tunes/index.ts';
import { directionShape } from './direction-options.ts';
import { toWork } from './work.ts';

interface Draft {
  readonly melody: Score;
  readonly facts: object;
}

export const composeMusic = defineOp({
  name: 'music/compose',
  version: 1,
  summary: {
    en: 'Composes a tune with harmony and arranges it, from a plan or from options.',
    zh: '作曲：依创作方案写出旋律、和声与配器。',
  },
  options: z.object({
    ...directionShape,
    count: z.int().min(1).max(20).optional().describe('how many to keep; the plan’s number, or 1'),
    candidates: z.int().min(1).max(64).default(6).describe('how many to write and choose from'),
    temperature: z.number().min(0).max(2).default(0.95).describe('higher is bolder; for models only'),
    model: z.string().optional().describe('a tune model; by rule when absent'),
  }),
  inputs: [{ name: 'plan', medium: 'plan', optional: true }],
  model: (options) => options.model ?? null,
  async run(context, inputs, options) {
    const plan = planOf(inputs[0]);
    const direction = direct(plan, options, createRandom(`direction/${context.seed}`));
    const count = options.count ?? plan?.music?.count ?? 1;
    const wanted = Math.max(count, options.candidates);
    const drafts = options.model
      ? await draftByModel(context, direction, { candidates: wanted, temperature: options.temperature })
      : await draftByRules(context, direction, wanted);
    const weighed: { worth: Worth; piece: Score; facts: object }[] = [];
    for (const [i, { melody, facts }] of drafts.entries()) {
      const piece = finish(melody, direction, `${context.seed}/${i}`);
      weighed.push({ worth: weigh(piece), piece, facts });
      await context.breathe();
    }
    const best = rank(weighed).slice(0, count);
    const { style } = direction.wish;
    return {
      works: best.map(({ piece, worth, facts }) =>
        toWork(piece, { style, ensemble: direction.ensemble.id, worth, ...facts }),
      ),
      report: { direction: direction.wish, candidates: weighed.map(({ worth }) => worth) },
    };
  },
});

/** The plan of an input work. */
export function planOf(input: InputWork | undefined): Plan | undefined {
  return input === undefined ? undefined : planSchema.parse(input.document);
}

/** Chords under a melody, and players for both. */
export function finish(melody: Score, { ensemble, language, title }: Direction, seed: string): Score {
  return arrange(addChords({ ...melody, title }), ensemble, { seed, language });
}

async function draftByRules(context: OpContext, { wish }: Direction, count: number): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (let i = 0; i < count; i++) {
    context.progress({ done: i, total: count, note: { en: 'tunes written', zh: '曲调已写成' } });
    drafts.push({ melody: composeByRules(wish, createRandom(`${context.seed}/tune-${i}`)), facts: { by: 'rules' } });
    await context.breathe();
  }
  return drafts;
}

async function draftByModel(
  context: OpContext,
  { wish }: Direction,
  { candidates, temperature }: { candidates: number; temperature: number },
): Promise<Draft[]> {
  const model = await context.tokenModel();
  const tunes = await composeTunes(model, wish, {
    random: context.random,
    count: candidates,
    candidates,
    temperature,
    signal: context.signal,
    onProgress: (done, total) => context.progress({ done, total, note: { en: 'tunes written', zh: '曲调已写成' } }),
  });
  return tunes.map(({ score, scores, ...facts }) => ({ melody: score, facts: { by: 'model', scores, ...facts } }));
}
