/** The op `music/check`: the critic's findings about any score. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { criticise } from '../critic/index.ts';
import { tonesOfScore } from '../critique.ts';
import { SCORE_INPUT, scoreOf } from './work.ts';

export const checkMusic = defineOp({
  name: 'music/check',
  version: 1,
  summary: {
    en: 'Judges a score: part-writing, ranges, cadences, modes, tones of the words; with bar, beat and mend.',
    zh: '检查乐谱：声部进行、音域、终止、调式、字调；指出小节、拍与改法。',
  },
  options: z.object({
    only: z.array(z.string()).optional().describe('rules to ask; all when absent'),
    style: z.enum(['strict', 'free']).optional().describe('strict for part-writing of three to six lines'),
    choir: z.boolean().optional().describe('four lines sung by a choir'),
  }),
  inputs: [SCORE_INPUT],
  run(_context, inputs, { only, style, choir }) {
    const score = scoreOf(inputs[0]);
    const tones = tonesOfScore(score);
    const findings = criticise(score, {
      tones,
      ...(only && { only }),
      ...(style && { style }),
      ...(choir && { choir }),
    });
    return { works: [], report: { findings } };
  },
});
