/**
 * Gradient-domain blending (Pérez, Gangnet and Blake 2003): inside a region the picture has the gradients of the guest and, at its border, the
 * values of the host. Solved for the correction that is added to the guest, which is smooth, coarse to fine with over-relaxation.
 *
 *   host, guest, region ─▶ host − guest on the border ─▶ membrane over the region ─▶ guest + membrane
 */

/** One channel a picture, row by row; `region` is 1 inside. */
export interface Poisson {
  readonly width: number;
  readonly height: number;
  readonly region: Uint8Array;
}

/** Sides below which a level is solved outright. */
const COARSEST = 12;
const SWEEPS = 24;
const COARSE_SWEEPS = 240;
const RELAXATION = 1.8;

/** The guest in the host: a channel that is the host outside the region. Edges of the sheet do not bind. */
export function seamless(host: Float32Array, guest: Float32Array, { width, height, region }: Poisson): Float32Array {
  const difference = host.map((value, i) => value - guest[i]!);
  const membrane = solve(difference, undefined, { width, height, region });
  return host.map((value, i) => (region[i] ? guest[i]! + membrane[i]! : value));
}

/** The same, where at each place the stronger of both gradients stays: lines of the host are seen through the guest. */
export function mixed(host: Float32Array, guest: Float32Array, poisson: Poisson): Float32Array {
  const { width, height, region } = poisson;
  const divergence = new Float32Array(host.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!region[i]) continue;
      for (const k of neighbours(i, x, y, width, height)) {
        const [own, other] = [guest[i]! - guest[k]!, host[i]! - host[k]!];
        divergence[i]! += (Math.abs(own) >= Math.abs(other) ? own : other) - own;
      }
    }
  }
  const difference = host.map((value, i) => value - guest[i]!);
  const correction = solve(difference, divergence, poisson);
  return host.map((value, i) => (region[i] ? guest[i]! + correction[i]! : value));
}

function neighbours(i: number, x: number, y: number, width: number, height: number): number[] {
  return [
    ...(x > 0 ? [i - 1] : []),
    ...(x < width - 1 ? [i + 1] : []),
    ...(y > 0 ? [i - width] : []),
    ...(y < height - 1 ? [i + width] : []),
  ];
}

/** Values inside the region whose sum of differences to their neighbours is `source`; outside they are `known`. */
function solve(
  known: Float32Array,
  source: Float32Array | undefined,
  { width, height, region }: Poisson,
): Float32Array {
  const values = known.slice();
  const isCoarsest = Math.min(width, height) <= COARSEST;
  if (isCoarsest) startFromMean(values, region);
  else startFromCoarser(values, source, { width, height, region });
  const sweeps = isCoarsest ? COARSE_SWEEPS : source ? SWEEPS * 3 : SWEEPS;
  for (let sweep = 0; sweep < sweeps; sweep++) relax(values, source, { width, height, region }, sweep);
  return values;
}

function startFromMean(values: Float32Array, region: Uint8Array): void {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (region[i]) continue;
    sum += values[i]!;
    count++;
  }
  for (let i = 0; i < values.length; i++) if (region[i]) values[i] = count > 0 ? sum / count : 0;
}

/** A sheet of half the size: known where any of the four pixels is, with their mean. */
function startFromCoarser(
  values: Float32Array,
  source: Float32Array | undefined,
  { width, height, region }: Poisson,
): void {
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const coarse = { width: w, height: h, region: new Uint8Array(w * h).fill(1) };
  const [known, counts] = [new Float32Array(w * h), new Float32Array(w * h)];
  const sources = source && new Float32Array(w * h);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = (y >> 1) * w + (x >> 1);
      if (sources) sources[at]! += source[i]!;
      if (region[i]) continue;
      coarse.region[at] = 0;
      known[at]! += values[i]!;
      counts[at]!++;
    }
  }
  for (let at = 0; at < known.length; at++) if (counts[at]! > 0) known[at]! /= counts[at]!;
  const solved = solve(known, sources, coarse);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) if (region[i]) values[i] = solved[(y >> 1) * w + (x >> 1)]!;
  }
}

/** One sweep over the squares of one colour of a chessboard, then the other. */
function relax(
  values: Float32Array,
  source: Float32Array | undefined,
  { width, height, region }: Poisson,
  sweep: number,
): void {
  const omega = sweep < 2 ? 1 : RELAXATION;
  for (let colour = 0; colour < 2; colour++) {
    for (let y = 0; y < height; y++) {
      for (let x = (y + colour) & 1; x < width; x += 2) {
        const i = y * width + x;
        if (!region[i]) continue;
        let [sum, count] = [0, 0];
        if (x > 0) [sum, count] = [sum + values[i - 1]!, count + 1];
        if (x < width - 1) [sum, count] = [sum + values[i + 1]!, count + 1];
        if (y > 0) [sum, count] = [sum + values[i - width]!, count + 1];
        if (y < height - 1) [sum, count] = [sum + values[i + width]!, count + 1];
        if (count > 0) values[i]! += omega * ((sum + (source?.[i] ?? 0)) / count - values[i]!);
      }
    }
  }
}
