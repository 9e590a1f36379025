/** The op `music/interpolate`: tunes on the way from one to another. */
import { z } from 'zod';
import { defineOp } from '../../../kernel/index.ts';
import { addChords } from '../add-chords.ts';
import { interpolate } from '../vary/index.ts';
import { MUSIC, scoreOf, toWork } from './work.ts';

export const interpolateMusic = defineOp({
  name: 'music/interpolate',
  version: 2,
  summary: { en: 'Makes tunes on the way from one tune to another.', zh: '插值：在两首曲子之间的若干曲子。' },
  options: z.object({ steps: z.int().min(1).max(9).default(3).describe('how many tunes between the two') }),
  inputs: [
    { name: 'from', medium: MUSIC },
    { name: 'to', medium: MUSIC },
  ],
  run({ seed }, inputs, { steps }) {
    const [from, to] = [scoreOf(inputs[0]), scoreOf(inputs[1])];
    const ways = Array.from({ length: steps }, (_, i) => (i + 1) / (steps + 1));
    const charted = from.chords.length + to.chords.length > 0;
    return {
      works: ways.map((way) => {
        const tune = interpolate(from, to, { way, seed });
        return toWork(charted ? addChords(tune) : tune, { way });
      }),
    };
  },
});
