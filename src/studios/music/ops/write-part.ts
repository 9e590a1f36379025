/** The op `music/write-part`: one part only, beside those that are there. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { addPart, ensembleOf, FIGURES, type Role } from '../arrange/index.ts';
import { SCORE_INPUT, scoreOf, toWork } from './work.ts';

/** Who plays a role when nobody is named. */
const PLAYERS: Readonly<Record<string, string>> = {
  bass: 'cello',
  drums: 'drum-kit',
  counter: 'viola',
  inner: 'viola',
  figure: 'guitar',
  pad: 'strings',
  double: 'flute',
};

export const writePart = defineOp({
  name: 'music/write-part',
  version: 1,
  summary: {
    en: 'Writes one part for a melody with chords: bass, drums, a counter-melody, a figure.',
    zh: '只写一个声部：低音、鼓、对旋律或伴奏音型。',
  },
  options: z.object({
    role: z.enum(['bass', 'drums', 'counter', 'inner', 'figure', 'pad', 'double']).describe('what the part does'),
    instrument: z.string().optional().describe('who plays it; a usual player when absent'),
    figure: z
      .string()
      .optional()
      .describe(`a pattern: held, ${FIGURES.join(', ')}; for drums backbeat, bodhran …`),
    language: z.enum(['zh', 'en']).default('en').describe('language of the part name'),
  }),
  inputs: [SCORE_INPUT],
  run({ seed }, inputs, { role, instrument, figure, language }) {
    const [player] = ensembleOf([instrument ?? PLAYERS[role]!]).seats;
    const usual = role === 'bass' ? 'root-fifth' : role === 'figure' ? 'arpeggio' : undefined;
    const wanted = figure ?? usual;
    const seat = { instrument: player!.instrument, role: role as Role, ...(wanted && { figure: wanted }) };
    return { works: [toWork(addPart(scoreOf(inputs[0]), seat, { seed, language }), { role })] };
  },
});
