/**
 * One network with a manifest: what goes in, what comes out, and what is done to the picture before and after, as data in the
 * card of the model.
 *
 *   "onnx": { "does": "enlarge", "scale": 2,
 *             "input":  { "name": "image", "layout": "NCHW", "colours": "BGR", "range": [0, 1], "mean": [0.5], "std": [0.5], "multiple": 8 },
 *             "output": { "name": "result", "range": [0, 255], "colours": "BGR" } }
 */
import { z } from 'zod';

const LAYOUT = z.enum(['NCHW', 'NHWC', 'CHW', 'HWC', 'NHW', 'HW']);
const COLOURS = z.enum(['RGB', 'BGR', 'grey']);
const RANGE = z.tuple([z.number(), z.number()]);

export const MANIFEST = z.strictObject({
  /** `enlarge`, `repaint` (of the same size), `sketch` (paints a line drawing): pictures. `depth`, `subject`: planes. */
  does: z.enum(['enlarge', 'repaint', 'sketch', 'depth', 'subject']),
  /** Pixels made for each pixel given, a side. */
  scale: z.int().min(1).max(16).default(1),
  input: z.strictObject({
    name: z.string().min(1),
    layout: LAYOUT.default('NCHW'),
    colours: COLOURS.default('RGB'),
    /** What black and white are. */
    range: RANGE.default([0, 1]),
    /** Then each colour less its mean, divided by its deviation; one value stands for all. */
    mean: z.array(z.number()).min(1).max(3).default([0]),
    std: z.array(z.number().positive()).min(1).max(3).default([1]),
    /** The only size it takes, width first; pictures are brought to it and back. */
    size: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
    /** Sides must be a multiple of this; margins repeat the edge and are cut off again. */
    multiple: z.int().min(1).max(1024).default(1),
  }),
  output: z.strictObject({
    name: z.string().min(1),
    layout: LAYOUT.default('NCHW'),
    colours: COLOURS.default('RGB'),
    /** What black (far, ground) and white (near, subject) are; `measured`: the least and the most that come out. */
    range: z.union([RANGE, z.literal('measured')]).default([0, 1]),
    /** Done to each value first. */
    after: z.enum(['nothing', 'sigmoid']).default('nothing'),
  }),
  /** Other inputs, always the same. */
  constants: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        shape: z.array(z.int().min(0)).max(4),
        values: z.array(z.number()).max(4096),
      }),
    )
    .default([]),
});

export type Manifest = z.infer<typeof MANIFEST>;
