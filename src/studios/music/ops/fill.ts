/** The op `music/fill`: bars of one part written anew between what is kept, by a tune model or by developing the neighbours. */
import { z } from 'zod';
import { defineOp, type OpContext } from '../../../kernel/index.ts';
import type { Score } from '../score/index.ts';
import { infillTune, type TuneWish } from '../tunes/index.ts';
import { fillByRules } from '../vary/index.ts';
import { type BarRange, readBars } from './bar-range.ts';
import { choiceShape, chooseBest, type Draft, draftBy, draftEach, WRITTEN } from './choose.ts';
import { gridChords } from './given.ts';
import { findPart } from './named-part.ts';
import { tracksFor } from './tracks.ts';
import { rangeOf, SCORE_INPUT, scoreOf, styleOf } from './work.ts';

export const fillMusic = defineOp({
  name: 'music/fill',
  version: 3,
  summary: {
    en: 'Writes bars anew between those that are kept; locked notes stay.',
    zh: '填写：在保留的小节之间重写若干小节，锁定的音不动。',
  },
  options: z.object({
    bars: z.string().max(40).describe('which bars: 5-8, or 12; a pickup is 0'),
    part: z.string().max(120).optional().describe('name, instrument or number of the part; the first when absent'),
    ...choiceShape,
  }),
  inputs: [SCORE_INPUT],
  model: (options) => options.model ?? null,
  async run(context, inputs, { bars, part: name, count, candidates, temperature, model }) {
    const score = scoreOf(inputs[0]);
    const range = readBars(bars, score);
    const part = findPart(score, name);
    const wanted = Math.max(count, candidates);
    const wish = { ...styleOf(inputs[0]), ...rangeOf(score, part) };
    // Drums have no place in the language of tunes.
    const able = score.parts[part]!.percussion ? undefined : model;
    const drafted = await draftBy(context, able, {
      byModel: () => fillByModel(context, score, { range, part, wanted, temperature, wish }),
      byRules: () => draftEach(context, wanted, (i) => fillByRules(score, { ...range, part }, `${context.seed}/${i}`)),
    });
    if (model && !able) return chooseBest(context, { ...drafted, way: { by: 'rules', instead: DRUMS } }, { count });
    return chooseBest(context, drafted, { count, report: { bars: range } });
  },
});

const DRUMS = {
  code: 'music/beyond-tune-language',
  reason: { en: 'The tune model writes no drums.', zh: '曲调模型不写打击乐。' },
};

interface Wish {
  readonly range: BarRange;
  readonly part: number;
  readonly wanted: number;
  readonly temperature: number;
  readonly wish: TuneWish;
}

async function fillByModel(
  context: OpContext,
  score: Score,
  { range, part, wanted, temperature, wish }: Wish,
): Promise<Draft[]> {
  const { own, all } = tracksFor(score, part);
  const model = await context.tokenModel();
  const found = await infillTune(model, score, { ...range, tracks: own }, wish, {
    random: context.random,
    count: wanted,
    candidates: wanted,
    temperature,
    tracks: all,
    chords: gridChords(score),
    signal: context.signal,
    onProgress: (done, total) => context.progress({ done, total, note: WRITTEN }),
  });
  return found.map(({ score: made, scores, copies, copiesChecked }) => ({
    score: made,
    scores,
    facts: { copiesChecked, ...(copies && { copies }) },
  }));
}
