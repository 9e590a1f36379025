/** The op `music/harmonise`: chords for a melody, or four parts. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { COLOURS, chordsFromProgression, DENSITIES, HARMONY_STYLES, harmonise } from '../harmony/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

export const harmoniseMusic = defineOp({
  name: 'music/harmonise',
  version: 2,
  summary: {
    en: 'Finds chords for a melody, or writes alto, tenor and bass under it.',
    zh: '配和声：为旋律配和弦，或写成四部合唱。',
  },
  options: z.object({
    style: z.enum(HARMONY_STYLES).optional().describe('lead-sheet, four-part or pentatonic; by the mode when absent'),
    progression: z.string().max(2000).optional().describe('chords to use: "Am F C G", "I vi IV V", "1645"'),
    density: z.enum(DENSITIES).optional().describe('how often chords change'),
    colour: z.enum(COLOURS).optional().describe('plain triads … rich sevenths'),
    again: z.boolean().default(false).describe('forget the chords that are there'),
    count: z.int().min(1).max(20).default(1).describe('how many to keep'),
  }),
  inputs: [SCORE_INPUT],
  run({ seed }, inputs, { style, progression, density, colour, again, count }) {
    const score = scoreOf(inputs[0]);
    const given = progression
      ? { ...score, chords: chordsFromProgression(progression, score, { bars: score.bars.length }) }
      : score;
    const found = harmonise(given, {
      ...(style && { style }),
      ...(density && { density }),
      ...(colour && { colour }),
      chords: again && !progression ? 'forget' : 'keep',
      seed,
      count,
    });
    return { works: found.map((candidate) => toWork(candidate.score, { harmony: candidate.numbers })) };
  },
});
