/** The op `music/vary`: variations of a tune over the same bars and chords. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { VARIATIONS, vary } from '../vary/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const varyMusic = defineOp({
  name: 'music/vary',
  version: 2,
  summary: {
    en: 'Varies a melody: ornaments, simpler, another rhythm, sequences, development of its motif.',
    zh: '变奏：加花、减字、变节奏、模进，或发展其动机。',
  },
  options: z.object({
    kind: z.enum(VARIATIONS).optional().describe('one kind; one candidate of each kind when absent'),
    amount: z.number().min(0).max(1).default(0.5).describe('how much of the melody changes'),
  }),
  inputs: [SCORE_INPUT],
  run({ seed }, inputs, { kind, amount }) {
    const score = scoreOf(inputs[0]);
    const kinds = kind ? [kind] : VARIATIONS;
    return { works: kinds.map((each) => toWork(vary(score, each, { seed, amount }), { variation: each })) };
  },
});
