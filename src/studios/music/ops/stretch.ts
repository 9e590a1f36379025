/** The op `music/stretch`. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { stretch } from '../transform/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const stretchMusic = defineOp({
  name: 'music/stretch',
  version: 1,
  summary: { en: 'Augments or diminishes all note values.', zh: '增值或减值：所有时值按倍数伸缩。' },
  options: z.object({
    by: z
      .tuple([z.int().min(1).max(64), z.int().min(1).max(64)])
      .default([2, 1])
      .describe('factor as numerator and denominator: [2, 1] doubles, [1, 2] halves'),
  }),
  inputs: [SCORE_INPUT],
  run: (_context, inputs, { by }) => ({ works: [toWork(stretch(scoreOf(inputs[0]), by))] }),
});
