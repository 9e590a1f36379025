/** The watercolour painter 水彩: transparent washes on rough white paper, edges that gather pigment, lights left white. */
import { z } from 'zod';
import { paintGlazes } from '../glaze/index.ts';
import { leaveGlow } from '../ink/air.ts';
import type { Painter } from '../types.ts';
import { paintColouredAir } from './coloured-air.ts';

export const watercolourOptions = z.object({
  wetness: z.number().min(0).max(1).default(0.9).describe('0 dry on dry … 1 wet in wet'),
  pencil: z.number().min(0).max(1).default(0.4).describe('how much of the pencil drawing is seen'),
});

export const watercolourPainter: Painter = {
  id: 'watercolour',
  names: { en: 'watercolour', zh: '水彩' },
  summary: { en: 'Transparent washes on rough paper, lights left white.', zh: '透明色染于粗纹纸，高光留白。' },
  paint(job) {
    const { wetness, pencil } = watercolourOptions.parse(job.options);
    return paintGlazes(job, {
      look: {
        nearInk: '#4b4744',
        farInk: '#8a8f96',
        contour: pencil,
        contourWidth: 0.55,
        breath: 0.8,
        colour: 1,
        wetness,
        feather: 1.5,
        uneven: 1.5,
        dry: 0.5,
      },
      paper: { colour: '#fbf8f1', roughness: 2.2, age: 0, fibres: 0 },
      air: paintColouredAir,
      shine: leaveGlow,
    });
  },
};
