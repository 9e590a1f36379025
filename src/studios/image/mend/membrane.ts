/**
 * The smoothest filling of holes: a membrane held at their edges (Laplace's equation), coarse to fine. It is where filling
 * begins, what corrections are spread by, and the plain diffusion that patches are measured against.
 */
import { type Colours, type Holes, halve } from './colours.ts';

const SWEEPS = 24;
/** Overrelaxation. */
const OMEGA = 1.6;

/** Colours with their holes filled; a picture that is all hole stays black. */
export function fillMembrane(colours: Colours, holes: Holes): Colours {
  const data = colours.data.slice();
  const filled = { ...colours, data };
  if (!holes.data.includes(1)) return filled;
  if (Math.min(colours.width, colours.height) > 2) {
    const half = halve(colours, holes);
    const coarse = fillMembrane(half.colours, looser(colours, holes, half.holes));
    for (let at = 0; at < holes.data.length; at++) {
      if (!holes.data[at]) continue;
      const from = (Math.floor(at / colours.width) >> 1) * coarse.width + ((at % colours.width) >> 1);
      for (let c = 0; c < 3; c++) data[3 * at + c] = coarse.data[3 * from + c]!;
    }
  }
  relax(filled, holes);
  return filled;
}

/** On coarse levels only what is hole all over needs filling: the mean of what is known stands for the rest. */
function looser({ width, height }: Colours, holes: Holes, half: Holes): Holes {
  const data = new Uint8Array(half.data.length).fill(1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!holes.data[y * width + x]) data[(y >> 1) * half.width + (x >> 1)] = 0;
    }
  }
  return { ...half, data };
}

/** Gauss–Seidel, in place; beyond the picture's edge there is nothing that holds. */
function relax({ width, height, data }: Colours, holes: Holes): void {
  const places: number[] = [];
  for (let at = 0; at < holes.data.length; at++) if (holes.data[at]) places.push(at);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const omega = sweep < SWEEPS - 4 ? OMEGA : 1;
    for (const at of places) {
      const [x, y] = [at % width, Math.floor(at / width)];
      const count = Number(x > 0) + Number(x < width - 1) + Number(y > 0) + Number(y < height - 1);
      for (let c = 0; c < 3; c++) {
        const i = 3 * at + c;
        let sum = 0;
        if (x > 0) sum += data[i - 3]!;
        if (x < width - 1) sum += data[i + 3]!;
        if (y > 0) sum += data[i - 3 * width]!;
        if (y < height - 1) sum += data[i + 3 * width]!;
        data[i]! += omega * (sum / count - data[i]!);
      }
    }
  }
}
