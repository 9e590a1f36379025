/** The op `music/change-mode`. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { MODES } from '../score/index.ts';
import { changeMode } from '../transform/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const changeModeOfMusic = defineOp({
  name: 'music/change-mode',
  version: 1,
  summary: { en: 'Rewrites a piece in another mode.', zh: '换调式：如大调改小调、宫调改羽调。' },
  options: z.object({ mode: z.enum(MODES).describe('the mode to write it in') }),
  inputs: [SCORE_INPUT],
  run: (_context, inputs, { mode }) => ({ works: [toWork(changeMode(scoreOf(inputs[0]), mode))] }),
});
