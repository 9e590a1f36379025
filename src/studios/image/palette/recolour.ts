/**
 * A picture in other colours: its own palette is found, each colour of it is given one of the wanted colours, and every pixel moves as the
 * colours near it move (after Chang, Fried, Liu, DiVerdi, Finkelstein 2015, palette-based recolouring): the colours of the palette exactly, those between them in between.
 * Lightness stays, so that drawing and light stay.
 */
import type { Random } from '../../../core/index.ts';
import { type Bitmap, createBitmap, fromOklab, parseHex, type Triple, toOklab } from '../raster/index.ts';
import { extractPalette, type PaletteColour } from './extract.ts';
import { toShown } from './oklch.ts';

/** Along a and b of OKLab. */
type Shift = readonly [number, number];

export interface Recoloured {
  readonly bitmap: Bitmap;
  /** What became what, as `#rrggbb`. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** In the `wanted` colours (`#rrggbb`, 1–12); alpha stays. */
export function recolour(bitmap: Bitmap, wanted: readonly string[], random: Random): Recoloured {
  const own = extractPalette(bitmap, Math.max(2, wanted.length), random);
  const targets = wanted.map((hex) => toOklab(parseHex(hex)));
  const chosen = assign(own, targets);
  const centres = own.map(({ lab }) => lab);
  const reach = reachOf(centres);
  const wished = own.map(({ lab }, i): Shift => {
    const target = targets[chosen[i]!]!;
    return [target[1] - lab[1], target[2] - lab[2]];
  });
  const shifts = solve(
    centres.map((centre) => sharesOf(centre, centres, reach)),
    wished,
  );
  const out = createBitmap(bitmap.width, bitmap.height);
  const known = new Map<number, Triple>();
  for (let i = 0; i < bitmap.data.length; i += 4) {
    const [r, g, b, a] = bitmap.data.subarray(i, i + 4) as unknown as [number, number, number, number];
    const key = (r << 16) | (g << 8) | b;
    const found = known.get(key) ?? moved([r, g, b], centres, shifts, reach);
    known.set(key, found);
    out.data.set([found[0], found[1], found[2], a], i);
  }
  return { bitmap: out, moves: own.map(({ hex }, i) => ({ from: hex, to: wanted[chosen[i]!]! })) };
}

/** For each own colour the place of its target: nearest in lightness rank and kind of chroma; every target is used where there are enough colours. */
function assign(own: readonly PaletteColour[], targets: readonly Triple[]): number[] {
  const rank = (labs: readonly Triple[]): number[] => {
    const order = labs.map((_, i) => i).sort((a, b) => labs[a]![0] - labs[b]![0]);
    return labs.map((_, i) => (order.indexOf(i) + 0.5) / labs.length);
  };
  const [ownRanks, theirRanks] = [rank(own.map(({ lab }) => lab)), rank(targets)];
  const most = (labs: readonly Triple[]): number => Math.max(0.02, ...labs.map(([, a, b]) => Math.hypot(a, b)));
  const [ownMost, theirMost] = [most(own.map(({ lab }) => lab)), most(targets)];
  const cost = (i: number, j: number): number => {
    const [one, other] = [own[i]!.lab, targets[j]!];
    const chroma = Math.hypot(one[1], one[2]) / ownMost - Math.hypot(other[1], other[2]) / theirMost;
    return (ownRanks[i]! - theirRanks[j]!) ** 2 + 0.3 * chroma ** 2;
  };
  const chosen = own.map((_, i) => i % targets.length);
  improveBySwaps(chosen, cost);
  return chosen;
}

/** Changes places in pairs while that makes the whole cheaper. */
function improveBySwaps(chosen: number[], cost: (i: number, j: number) => number): void {
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < chosen.length; i++) {
      for (let k = i + 1; k < chosen.length; k++) {
        const [a, b] = [chosen[i]!, chosen[k]!];
        if (cost(i, b) + cost(k, a) >= cost(i, a) + cost(k, b) - 1e-12) continue;
        chosen[i] = b;
        chosen[k] = a;
        better = true;
      }
    }
  }
}

/** How far a colour of the palette reaches: half the mean distance to its nearest neighbour. */
function reachOf(centres: readonly Triple[]): number {
  const nearest = centres.map((one, i) =>
    Math.min(
      ...centres.flatMap((other, j) =>
        i === j ? [] : [Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])],
      ),
    ),
  );
  const mean = nearest.filter(Number.isFinite).reduce((a, b) => a + b, 0) / Math.max(1, nearest.length);
  return Math.max(0.03, mean / 2);
}

function moved(rgb: Triple, centres: readonly Triple[], shifts: readonly Shift[], reach: number): Triple {
  const lab = toOklab(rgb);
  const shares = sharesOf(lab, centres, reach);
  const along = (axis: 0 | 1): number => shifts.reduce((sum, shift, i) => sum + shift[axis] * shares[i]!, 0);
  return fromOklab(toShown([lab[0], lab[1] + along(0), lab[2] + along(1)]));
}

/** How much a colour belongs to each of the palette; together 1. */
function sharesOf([lightness, a, b]: Triple, centres: readonly Triple[], reach: number): number[] {
  const squares = centres.map((c) => (c[0] - lightness) ** 2 + (c[1] - a) ** 2 + (c[2] - b) ** 2);
  const least = Math.min(...squares);
  const weights = squares.map((square) => Math.exp((least - square) / (2 * reach * reach)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

/** Solves `rows · x = wished` by elimination with the largest pivot; the rows are never singular, their diagonal is the largest. */
function solve(rows: readonly (readonly number[])[], wished: readonly Shift[]): Shift[] {
  const table = rows.map((row, i) => [...row, ...wished[i]!]);
  for (let column = 0; column < table.length; column++) {
    const below = table.slice(column);
    const pivot =
      column + below.reduce((best, row, i) => (Math.abs(row[column]!) > Math.abs(below[best]![column]!) ? i : best), 0);
    [table[column], table[pivot]] = [table[pivot]!, table[column]!];
    const chosen = table[column]!;
    for (const [i, row] of table.entries()) {
      if (i === column) continue;
      const times = row[column]! / chosen[column]!;
      for (let k = column; k < row.length; k++) row[k]! -= times * chosen[k]!;
    }
  }
  return table.map((row, i): Shift => [row[rows.length]! / row[i]!, row[rows.length + 1]! / row[i]!]);
}
