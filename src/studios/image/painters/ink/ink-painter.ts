/** The ink painter 水墨: brush lines, texture strokes and washes on paper, far things pale, mist and water left white. */
import { z } from 'zod';
import { paintGlazes } from '../glaze/index.ts';
import type { Painter } from '../types.ts';
import { leaveGlow, paintSky } from './air.ts';

export const inkOptions = z.object({
  colour: z.number().min(0).max(0.85).default(0.4).describe('0 black ink alone … 0.85 much colour'),
  wetness: z.number().min(0).max(1).default(0.6).describe('0 dry brush … 1 wet washes'),
  age: z.number().min(0).max(1).default(0.35).describe('0 new paper … 1 old silk'),
});

export const inkPainter: Painter = {
  id: 'ink',
  names: { en: 'ink and wash', zh: '水墨' },
  summary: { en: 'Brush lines, texture strokes and washes on rice paper.', zh: '笔线、皴擦与墨染，留白为云水。' },
  paint(job) {
    const { colour, wetness, age } = inkOptions.parse(job.options);
    const even = { contour: 1, contourWidth: 1, breath: 1, feather: 1, uneven: 1, dry: 1 };
    return paintGlazes(job, {
      look: { nearInk: '#17181a', farInk: '#4a5d6b', colour, wetness, ...even },
      paper: { colour: '#f4eee0', roughness: 1, age, fibres: 1.6 },
      air: ({ composition, width, height, scale }, noise) => paintSky(composition, { width, height }, scale, noise),
      shine: leaveGlow,
    });
  },
};
