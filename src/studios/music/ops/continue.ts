/** The op `music/continue`: more bars after a melody, by a tune model or by developing its last bars. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { rank, weigh } from '../rank.ts';
import type { Score } from '../score/index.ts';
import { continueTune } from '../tunes/index.ts';
import { continueByRules } from '../vary/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const continueMusic = defineOp({
  name: 'music/continue',
  version: 1,
  summary: { en: 'Goes on from a melody.', zh: '续写：接着一段旋律往下写。' },
  options: z.object({
    bars: z.int().min(1).max(128).default(8).describe('how many bars to add'),
    count: z.int().min(1).max(20).default(1).describe('how many continuations to keep'),
    candidates: z.int().min(1).max(64).default(6).describe('how many to write and choose from'),
    temperature: z.number().min(0).max(2).default(0.95).describe('higher is bolder; for models only'),
    model: z.string().optional().describe('a tune model; by rule when absent'),
  }),
  inputs: [SCORE_INPUT],
  model: (options) => options.model ?? null,
  async run(context, inputs, { bars, count, candidates, temperature, model }) {
    const score = scoreOf(inputs[0]);
    const wanted = Math.max(count, candidates);
    const by = model ? 'model' : 'rules';
    const written: Score[] = model
      ? (
          await continueTune(
            await context.tokenModel(),
            score,
            bars,
            {},
            {
              random: context.random,
              count: wanted,
              candidates: wanted,
              temperature,
              signal: context.signal,
            },
          )
        ).map((candidate) => candidate.score)
      : Array.from({ length: wanted }, (_, i) => continueByRules(score, bars, `${context.seed}/${i}`));
    const best = rank(written.map((piece) => ({ piece, worth: weigh(piece) }))).slice(0, count);
    return { works: best.map(({ piece, worth }) => toWork(piece, { by, worth })) };
  },
});
