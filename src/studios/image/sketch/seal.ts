/** The seal on a painting that was made from a sketch: in the emptiest of its corners, low rather than high, on the right rather than the left. */
import { createRandom } from '../../../core/index.ts';
import { sealFaces, sealLayer } from '../lettering/index.ts';
import type { Layer } from '../picture/types.ts';
import type { Field } from '../raster/index.ts';

export interface Sealed {
  readonly layer: Layer;
  /** Characters that no typeface has. */
  readonly missing: readonly string[];
}

/** Units of the longer side. */
const LONGEST = 1000;
/** Between the seal and the edges. */
const MARGIN = 44;

/** A seal of 1–4 characters on a painting of the size of its ink. */
export function sealOn(ink: Field, seal: string, seed: string): Sealed {
  const scale = Math.max(ink.width, ink.height) / LONGEST;
  const count = [...seal].length;
  const side = count > 2 ? 50 : 38;
  const size = { width: side, height: count === 2 ? side * 1.9 : side };
  const [x1, y1] = [ink.width / scale - MARGIN - size.width, ink.height / scale - MARGIN - size.height];
  const corners = [
    { x: x1, y: y1, ...size },
    { x: MARGIN, y: y1, ...size },
    { x: x1, y: MARGIN, ...size },
    { x: MARGIN, y: MARGIN, ...size },
  ];
  // A corner less liked must have so much less drawn on it.
  const costs = corners.map((box, i) => inkIn(ink, box, scale) + i * 0.02);
  const box = corners[costs.indexOf(Math.min(...costs))]!;
  const layer = sealLayer(box, seal, { sheet: ink, scale, random: createRandom(`${seed}/seal`) });
  return { layer, missing: sealFaces(seal).missing(seal) };
}

/** Share of a box, in units, that is inked. */
function inkIn(
  { width, height, data }: Field,
  box: { x: number; y: number; width: number; height: number },
  scale: number,
) {
  let [sum, count] = [0, 1];
  const [right, bottom] = [(box.x + box.width) * scale, (box.y + box.height) * scale];
  for (let y = Math.max(0, Math.round(box.y * scale)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.round(box.x * scale)); x < Math.min(width, right); x++, count++)
      sum += data[y * width + x]!;
  }
  return sum / count;
}
