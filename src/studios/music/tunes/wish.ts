/** What is asked of a tune; everything may be left open. Names are those of the tune language and of the score. */
import { z } from 'zod';
import { keySchema, MODES } from '../score/index.ts';
import { METRES, STYLES } from './events/index.ts';

const mark = z.number().min(-1).max(1);

export const tuneWishSchema = z.object({
  style: z.enum(STYLES).optional(),
  tonic: keySchema.shape.tonic.optional(),
  mode: z.enum(MODES).optional(),
  /** `6/8`. */
  metre: z.enum(METRES).optional(),
  quarterBpm: z.number().min(20).max(300).optional(),
  /** `qichengzhuanhe`, `AABB` … */
  form: z.string().max(40).optional(),
  bars: z.int().min(1).max(256).optional(),
  /** Notes to a felt beat, in classes from 1 to 5. */
  density: z.literal([1, 2, 3, 4, 5]).optional(),
  /** Valence −1 (sorrow) … 1 (joy); arousal −1 (stillness) … 1 (storm). */
  mood: z.object({ valence: mark, arousal: mark }).optional(),
  /** Lowest and highest pitch of the melody. */
  range: z.tuple([z.string(), z.string()]).optional(),
  title: z.string().max(200).optional(),
  /** Instrument of the melody. */
  instrument: z.string().max(60).optional(),
});
export type TuneWish = z.infer<typeof tuneWishSchema>;
