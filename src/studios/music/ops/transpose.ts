/** The op `music/transpose`. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { parseKey } from '../direction.ts';
import { refusal } from '../refusal.ts';
import { keyAt, type Score } from '../score/index.ts';
import { intervalOfSemitones, tonicDistance, transpose } from '../transform/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const transposeMusic = defineOp({
  name: 'music/transpose',
  version: 1,
  summary: { en: 'Moves a piece to another key, spelling kept.', zh: '移调：整首移到另一个调，音名拼写保持正确。' },
  options: z.object({
    semitones: z.int().min(-48).max(48).optional().describe('how far, in semitones'),
    to: z.string().optional().describe('the tonic to arrive at, such as Eb'),
  }),
  inputs: [SCORE_INPUT],
  run(_context, inputs, { semitones, to }) {
    const score = scoreOf(inputs[0]);
    const key = keyAt(score, 0);
    const by = semitones ?? distanceTo(score, to);
    return { works: [toWork(transpose(score, intervalOfSemitones(by, key)))] };
  },
});

function distanceTo(score: Score, to: string | undefined): number {
  const { tonic } = parseKey(to);
  if (tonic) return tonicDistance(keyAt(score, 0), { tonic, mode: keyAt(score, 0).mode });
  throw refusal(
    'input',
    'music/where-to',
    { en: 'Transpose: neither a distance nor a key was given.', zh: '移调：没有给出距离，也没有给出目标调。' },
    { en: 'Give semitones (such as -2) or a key (such as Eb).', zh: '请给出半音数（如 -2）或目标调（如 Eb）。' },
  );
}
