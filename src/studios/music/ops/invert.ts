/** The op `music/invert`. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { invert } from '../transform/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const invertMusic = defineOp({
  name: 'music/invert',
  version: 1,
  summary: { en: 'Turns melodies upside down.', zh: '倒影：旋律上下翻转。' },
  options: z.object({
    kind: z.enum(['diatonic', 'chromatic']).default('diatonic').describe('mirror steps of the scale, or semitones'),
  }),
  inputs: [SCORE_INPUT],
  run: (_context, inputs, options) => ({ works: [toWork(invert(scoreOf(inputs[0]), options))] }),
});
