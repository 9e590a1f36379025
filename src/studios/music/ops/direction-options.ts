import { z } from 'zod';

/** Options of every op that makes a piece from words: each wins over the plan. */
export const directionShape = {
  style: z.string().optional().describe('manner: jiangnan, reel, waltz …'),
  key: z.string().optional().describe('D, Bb minor, E dorian, G zhi'),
  metre: z.string().optional().describe('3/4, 6/8 …'),
  tempo: z.number().min(20).max(300).optional().describe('quarter notes a minute'),
  form: z.string().optional().describe('AABA, AABB, qichengzhuanhe …'),
  bars: z.int().min(1).max(256).optional().describe('how many bars'),
  density: z.literal([1, 2, 3, 4, 5]).optional().describe('notes to a beat, from 1 sparse to 5'),
  instruments: z.array(z.string()).max(16).optional().describe('the one that leads first'),
  ensemble: z.string().optional().describe('silk-and-bamboo, string-quartet, piano …'),
  title: z.string().max(200).optional().describe('title of the piece'),
};
