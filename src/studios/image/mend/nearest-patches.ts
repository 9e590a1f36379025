/**
 * For every patch that touches a hole the most alike patch that touches none: PatchMatch (Barnes, Shechtman, Finkelstein,
 * Goldman, 2009) between two parts of one picture.
 *
 *   by chance, or as the coarser level had it ─▶ good matches handed on to neighbours ─▶ a look around, ever closer ─▶ again
 *
 * A target pixel counts as much as it is trusted; pixels that are not filled yet are not trusted at all.
 */
import type { Random } from '../../../core/index.ts';
import type { Colours, Holes } from './colours.ts';

/** Half a patch: patches are 7 × 7. */
export const REACH = 3;

/** Where patches lie: those to be matched, and those that may be copied. */
export interface Field {
  readonly width: number;
  readonly height: number;
  /** Middles of the patches that touch a hole, row by row. */
  readonly targets: Int32Array;
  /** For every pixel its number among the targets, −1 for none. */
  readonly numbers: Int32Array;
  /** Middles of the patches that touch no hole. */
  readonly sources: Int32Array;
  /** 1 where such a middle is. */
  readonly allowed: Uint8Array;
  /** What a match as far up or down as the picture is high costs; less by the square where it is less far. */
  readonly drift: number;
}

/** The match of every target, a middle, and how far it is: the trusted mean of squared differences. */
export interface Matches {
  readonly at: Int32Array;
  readonly cost: Float32Array;
}

/** All patches lie wholly inside the picture. */
export function layField({ width, height, data }: Holes, drift = 0): Field {
  const touched = touches(width, height, data);
  const targets: number[] = [];
  const sources: number[] = [];
  const numbers = new Int32Array(width * height).fill(-1);
  const allowed = new Uint8Array(width * height);
  for (let y = REACH; y < height - REACH; y++) {
    for (let x = REACH; x < width - REACH; x++) {
      const at = y * width + x;
      if (touched[at]) {
        numbers[at] = targets.length;
        targets.push(at);
      } else {
        allowed[at] = 1;
        sources.push(at);
      }
    }
  }
  return {
    width,
    height,
    targets: Int32Array.from(targets),
    numbers,
    sources: Int32Array.from(sources),
    allowed,
    drift,
  };
}

/** Whether the patch around each pixel holds a hole: rows first, then columns. */
function touches(width: number, height: number, holes: Uint8Array): Uint8Array {
  const rows = new Uint8Array(holes.length);
  const out = new Uint8Array(holes.length);
  for (let at = 0; at < holes.length; at++) {
    const x = at % width;
    for (let d = Math.max(-REACH, -x); d <= Math.min(REACH, width - 1 - x); d++) if (holes[at + d]) rows[at] = 1;
  }
  for (let at = 0; at < holes.length; at++) {
    const y = Math.floor(at / width);
    for (let d = Math.max(-REACH, -y); d <= Math.min(REACH, height - 1 - y); d++) if (rows[at + d * width]) out[at] = 1;
  }
  return out;
}

/** Every target with a source by chance; its cost is not known yet. */
export function chanceMatches({ targets, sources }: Field, random: Random): Matches {
  const at = Int32Array.from(targets, () => sources[random.integer(sources.length)]!);
  return { at, cost: new Float32Array(targets.length).fill(Number.POSITIVE_INFINITY) };
}

/** The matches of a picture half as large as a beginning for this one. */
export function finerMatches(field: Field, coarse: Field, matches: Matches, random: Random): Matches {
  const { width, targets, sources, allowed } = field;
  const at = Int32Array.from(targets, (target) => {
    const [x, y] = [target % width, Math.floor(target / width)];
    const below = Math.min(Math.max(y >> 1, REACH), coarse.height - 1 - REACH) * coarse.width;
    const number = coarse.numbers[below + Math.min(Math.max(x >> 1, REACH), coarse.width - 1 - REACH)]!;
    if (number < 0) return sources[random.integer(sources.length)]!;
    const match = matches.at[number]!;
    const place = (2 * Math.floor(match / coarse.width) + (y & 1)) * width + 2 * (match % coarse.width) + (x & 1);
    return allowed[place] ? place : sources[random.integer(sources.length)]!;
  });
  return { at, cost: new Float32Array(targets.length).fill(Number.POSITIVE_INFINITY) };
}

/** How much each pixel of the picture counts, and each target as the sum of its pixels. */
export interface Trust {
  readonly pixels: Float32Array;
  readonly whole: Float32Array;
}

/** The trust of all targets, from that of the pixels. */
export function trustTargets({ width, targets }: Field, pixels: Float32Array): Trust {
  const whole = Float32Array.from(targets, (target) => {
    let sum = 0;
    for (let dy = -REACH; dy <= REACH; dy++) {
      for (let dx = -REACH; dx <= REACH; dx++) sum += pixels[target + dy * width + dx]!;
    }
    return sum;
  });
  return { pixels, whole };
}

/** How far matches are, after the colours or the trust have changed. */
export function weigh(field: Field, { at, cost }: Matches, colours: Colours, { pixels, whole }: Trust): void {
  for (let n = 0; n < at.length; n++) {
    const sum = difference(colours, pixels, field.targets[n]!, at[n]!, Number.POSITIVE_INFINITY);
    cost[n] = (whole[n]! > 0 ? sum / whole[n]! : 0) + driftOf(field, field.targets[n]!, at[n]!);
  }
}

/** One round over the chosen targets (default all), forwards or backwards, in place. */
export function improve(
  field: Field,
  { at, cost }: Matches,
  colours: Colours,
  { pixels, whole }: Trust,
  { random, forwards, chosen }: { readonly random: Random; readonly forwards: boolean; readonly chosen?: Int32Array },
): void {
  const { width, height, targets, numbers, allowed } = field;
  const count = chosen?.length ?? targets.length;
  const step = forwards ? 1 : -1;
  for (let i = 0; i < count; i++) {
    const place = forwards ? i : count - 1 - i;
    const n = chosen ? chosen[place]! : place;
    const target = targets[n]!;
    const attempt = (source: number): void => {
      if (source < 0 || source >= allowed.length || !allowed[source] || source === at[n]) return;
      const far = driftOf(field, target, source);
      const limit = (cost[n]! - far) * whole[n]!;
      if (limit <= 0) return;
      const found = difference(colours, pixels, target, source, limit);
      if (found >= limit) return;
      cost[n] = found / whole[n]! + far;
      at[n] = source;
    };
    const [beside, above] = [numbers[target - step]!, numbers[target - step * width]!];
    if (beside >= 0) attempt(at[beside]! + step);
    if (above >= 0) attempt(at[above]! + step * width);
    for (let radius = Math.max(width, height); radius >= 1; radius >>= 1) {
      const x = (at[n]! % width) + Math.round((random.next() * 2 - 1) * radius);
      const y = Math.floor(at[n]! / width) + Math.round((random.next() * 2 - 1) * radius);
      if (x >= 0 && y >= 0 && x < width && y < height) attempt(y * width + x);
    }
  }
}

function driftOf({ width, height, drift }: Field, target: number, source: number): number {
  if (drift === 0) return 0;
  const rows = (Math.floor(target / width) - Math.floor(source / width)) / height;
  return drift * rows * rows;
}

/** Trusted sum of the squared differences of two patches; stops when it is not less than `limit`. */
function difference({ width, data }: Colours, trust: Float32Array, a: number, b: number, limit: number): number {
  let sum = 0;
  for (let dy = -REACH; dy <= REACH; dy++) {
    const row = a + dy * width;
    const shift = 3 * (b - a);
    for (let at = row - REACH; at <= row + REACH; at++) {
      const weight = trust[at]!;
      if (weight === 0) continue;
      const i = 3 * at;
      const red = data[i]! - data[i + shift]!;
      const green = data[i + 1]! - data[i + 1 + shift]!;
      const blue = data[i + 2]! - data[i + 2 + shift]!;
      sum += weight * (red * red + green * green + blue * blue);
    }
    if (sum >= limit) return sum;
  }
  return sum;
}
