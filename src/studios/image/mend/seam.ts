/**
 * Closes the seam around a filling (Pérez, Gangnet, Blake, 2003; with the membrane of Farbman et al., 2009): what the
 * patches say of the known pixels beside a hole is off by a little; the smoothest surface through those differences is
 * added to what they say of the hole.
 */
import { type Colours, grow, type Holes } from './colours.ts';
import { fillMembrane } from './membrane.ts';

/** Pixels beside a hole over which the difference is taken: one alone is mostly grain. */
const BESIDE = 3;

/** `said`: what the patches say of every pixel near a hole. The colours are painted on in place. */
export function closeSeam(colours: Colours, holes: Holes, said: Colours): void {
  const { width, height } = colours;
  const known = new Uint8Array(holes.data.length);
  const beside = grow(holes, BESIDE);
  for (let at = 0; at < known.length; at++) known[at] = beside.data[at] && !holes.data[at] ? 1 : 0;
  const off = differences(colours, said, known);
  const correction = fillMembrane({ width, height, data: off }, holes);
  for (let i = 0; i < holes.data.length; i++) {
    if (holes.data[i]) for (let c = 0; c < 3; c++) colours.data[3 * i + c]! += correction.data[3 * i + c]!;
  }
}

/** Mean difference over the known pixels around each of them; 0 elsewhere. */
function differences({ width, height, data }: Colours, said: Colours, known: Uint8Array): Float32Array {
  const off = new Float32Array(data.length);
  for (let at = 0; at < known.length; at++) {
    if (!known[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    let count = 0;
    for (let ny = Math.max(0, y - BESIDE); ny <= Math.min(height - 1, y + BESIDE); ny++) {
      for (let nx = Math.max(0, x - BESIDE); nx <= Math.min(width - 1, x + BESIDE); nx++) {
        const from = ny * width + nx;
        if (!known[from]) continue;
        count++;
        for (let c = 0; c < 3; c++) off[3 * at + c]! += data[3 * from + c]! - said.data[3 * from + c]!;
      }
    }
    for (let c = 0; c < 3; c++) off[3 * at + c]! /= count;
  }
  return off;
}
