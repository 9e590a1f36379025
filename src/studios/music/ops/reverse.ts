/** The op `music/reverse`. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { retrograde } from '../transform/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const reverseMusic = defineOp({
  name: 'music/reverse',
  version: 1,
  summary: { en: 'Plays a piece backwards.', zh: '逆行：从后往前。' },
  options: z.object({}),
  inputs: [SCORE_INPUT],
  run: (_context, inputs) => ({ works: [toWork(retrograde(scoreOf(inputs[0])))] }),
});
