/** The op `music/reharmonise`: other chords under the same melody. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { COLOURS, HARMONY_STYLES, reharmonise } from '../harmony/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const reharmoniseMusic = defineOp({
  name: 'music/reharmonise',
  version: 2,
  summary: { en: 'Writes other chords under the same melody.', zh: '重配和声：旋律不变，换一套和弦。' },
  options: z.object({
    amount: z.number().min(0).max(1).default(0.6).describe('how much changes: 0 little, 1 nearly all'),
    colour: z.enum(COLOURS).default('rich').describe('plain triads … rich sevenths'),
    style: z.enum(HARMONY_STYLES).optional().describe('by the mode when absent'),
    count: z.int().min(1).max(20).default(1).describe('how many to keep'),
  }),
  inputs: [SCORE_INPUT],
  run({ seed }, inputs, { style, ...options }) {
    const found = reharmonise(scoreOf(inputs[0]), { ...options, ...(style && { style }), seed });
    return { works: found.map(({ score, numbers }) => toWork(score, { harmony: numbers })) };
  },
});
