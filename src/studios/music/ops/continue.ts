/** The op `music/continue`: more bars after a melody, by a tune model or by developing its last bars. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { rescale, type Score } from '../score/index.ts';
import { continueTune } from '../tunes/index.ts';
import { continueByRules } from '../vary/index.ts';
import { choiceShape, chooseBest, draftBy, draftEach, WRITTEN } from './choose.ts';
import { gridChords } from './given.ts';
import { rangeOf, SCORE_INPUT, scoreOf, styleOf } from './work.ts';

export const continueMusic = defineOp({
  name: 'music/continue',
  version: 4,
  summary: { en: 'Goes on from a melody.', zh: '续写：接着一段旋律往下写。' },
  options: z.object({
    bars: z.int().min(1).max(128).default(8).describe('how many bars to add'),
    ...choiceShape,
  }),
  inputs: [SCORE_INPUT],
  model: (options) => options.model ?? null,
  async run(context, inputs, { bars, count, candidates, temperature, model }) {
    const score = scoreOf(inputs[0]);
    const wanted = Math.max(count, candidates);
    const { random, signal } = context;
    const drafted = await draftBy(context, model, {
      byModel: async (tunes) => {
        // The players' figures would be read as the tune's: it goes on by itself, they wait.
        const found = await continueTune(
          tunes,
          { ...score, parts: score.parts.slice(0, 1) },
          bars,
          { ...styleOf(inputs[0]), ...rangeOf(score, 0) },
          {
            random,
            count: wanted,
            candidates: wanted,
            temperature,
            chords: gridChords(score),
            signal,
            onProgress: (done, total) => context.progress({ done, total, note: WRITTEN }),
          },
        );
        return found.map(({ score: made, scores, copies, copiesChecked }) => ({
          score: withOthers(made, score),
          scores,
          facts: { copiesChecked, ...(copies && { copies }) },
        }));
      },
      byRules: () => draftEach(context, wanted, (i) => continueByRules(score, bars, `${context.seed}/${i}`)),
    });
    return chooseBest(context, drafted, { count });
  },
});

/** The other parts again after the first, in its ticks. */
function withOthers(made: Score, { parts, ticksPerQuarter, ...score }: Score): Score {
  const others = { ...score, ticksPerQuarter, parts: parts.slice(1) };
  return { ...made, parts: [...made.parts.slice(0, 1), ...rescale(others, made.ticksPerQuarter).parts] };
}
