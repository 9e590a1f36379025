/** The gongbi painter 工笔: even iron-wire lines, clean graded colour on silk. */
import { z } from 'zod';
import { paintGlazes } from '../glaze/index.ts';
import { leaveGlow, paintSky } from '../ink/air.ts';
import type { Painter } from '../types.ts';

export const gongbiOptions = z.object({
  silk: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#e2cfa6')
    .describe('colour of the silk'),
  line: z.number().min(0.2).max(2).default(0.6).describe('width of the lines'),
  age: z.number().min(0).max(1).default(0.6).describe('0 new silk … 1 darkened by centuries'),
});

export const gongbiPainter: Painter = {
  id: 'gongbi',
  names: { en: 'gongbi', zh: '工笔' },
  summary: { en: 'Fine even lines and clean colour on silk.', zh: '绢本设色，线条匀细，分染清丽。' },
  paint(job) {
    const { silk, line, age } = gongbiOptions.parse(job.options);
    return paintGlazes(job, {
      look: {
        nearInk: '#2b211b',
        farInk: '#75675a',
        contour: 1.15,
        contourWidth: line,
        breath: 0.2,
        colour: 0.9,
        wetness: 0.25,
        feather: 0.25,
        uneven: 0.25,
        dry: 0,
      },
      paper: { colour: silk, roughness: 0.7, age, fibres: 0.2 },
      air: ({ composition, width, height, scale }, noise) => paintSky(composition, { width, height }, scale, noise),
      shine: leaveGlow,
    });
  },
};
