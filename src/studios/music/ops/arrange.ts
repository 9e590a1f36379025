/** The op `music/arrange`: a melody with chords for a group of instruments. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { arrange, ensembleOf, getEnsemble } from '../arrange/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const arrangeMusic = defineOp({
  name: 'music/arrange',
  version: 1,
  summary: {
    en: 'Arranges a melody with chords for an ensemble or for named instruments.',
    zh: '配器：把带和弦的旋律写给一种编制或指定的乐器。',
  },
  options: z.object({
    ensemble: z.string().optional().describe('silk-and-bamboo, string-quartet, piano, folk-band, synth …'),
    instruments: z.array(z.string()).max(16).optional().describe('instruments by name, the one that leads first'),
    language: z.enum(['zh', 'en']).default('en').describe('language of part names'),
  }),
  inputs: [SCORE_INPUT],
  run({ seed }, inputs, { ensemble, instruments, language }) {
    const group = instruments?.length ? ensembleOf(instruments) : getEnsemble(ensemble ?? 'piano');
    return { works: [toWork(arrange(scoreOf(inputs[0]), group, { seed, language }), { ensemble: group.id })] };
  },
});
