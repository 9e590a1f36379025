/**
 * Subject and background (after GrabCut: Rother, Kolmogorov, Blake, 2004, without a hand that helps):
 *
 *   the border is background ─▶ what does not look like it is subject ─▶ both learn their colours ─▶ cheapest cut ─▶ again
 */
import type { Random } from '../../../core/index.ts';
import type { Colours } from '../mend/index.ts';
import { groundCosts, subjectCosts } from './ground.ts';
import { minimumCut, STEPS } from './max-flow.ts';

/** What is known beforehand of each pixel. */
export const KNOWN = { open: 0, ground: 1, subject: 2 } as const;

const ROUNDS = 4;
/** Weight of the border's length, and capacities as whole numbers. */
const LENGTH = 30;
const WHOLE = 64;
/** A cost that no other outweighs. */
const SURE = 1000;

export interface Segments {
  /** 1 for the subject. */
  readonly subject: Uint8Array;
  /** How much less likely the pixel's own colour is as the other kind, in nats; negative where the cut overruled it. */
  readonly margin: Float32Array;
}

/** `known`: see `KNOWN`; `colours` in OKLab. Undefined when nothing stands out. */
export function segment(colours: Colours, known: Uint8Array, random: Random): Segments | undefined {
  const { width, height } = colours;
  const smooth = smoothness(colours);
  let ground: Uint8Array = known.map((kind) => Number(kind === KNOWN.ground));
  let costs = groundCosts(colours, ground, random.fork('ground'));
  let subject: Uint8Array = firstGuess(costs, known);
  for (let round = 0; round < ROUNDS; round++) {
    if (count(subject) < 0.002 * subject.length) return undefined;
    if (round > 0) costs = groundCosts(colours, ground, random.fork('ground'));
    const own = subjectCosts(colours, subject, random.fork('subject'));
    const arcs = smooth.slice();
    const terminals = Int32Array.from(known, (kind, i) => {
      if (kind !== KNOWN.open) return WHOLE * (kind === KNOWN.subject ? SURE : -SURE);
      return Math.round(WHOLE * Math.max(-40, Math.min(40, costs[i]! - own[i]!)));
    });
    const margin = Float32Array.from(costs, (cost, i) => cost - own[i]!);
    const cut = minimumCut({ width, height, terminals, arcs });
    const same = cut.every((one, i) => one === subject[i]);
    subject = cut;
    ground = cut.map((one) => 1 - one);
    if (count(ground) < 0.01 * ground.length) return undefined;
    if (same || round === ROUNDS - 1) {
      return { subject, margin: margin.map((value, i) => (subject[i] ? value : -value)) };
    }
  }
  return undefined;
}

/** What is less like the background than nearly all of what is known to be background. */
function firstGuess(costs: Float32Array, known: Uint8Array): Uint8Array {
  const usual = costs.filter((_, i) => known[i] === KNOWN.ground).sort();
  const limit = usual[Math.floor(0.97 * (usual.length - 1))]! + 1;
  return known.map((kind, i) => Number(kind === KNOWN.subject || (kind === KNOWN.open && costs[i]! > limit)));
}

function count(kinds: Uint8Array): number {
  return kinds.reduce((a, b) => a + b, 0);
}

/** Arcs between neighbours, dear where they are alike. */
function smoothness({ width, height, data }: Colours): Int32Array {
  const arcs = new Int32Array(8 * width * height);
  const usual = usualStep(width, data);
  for (let p = 0; p < width * height; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    for (const [d, [dx, dy]] of STEPS.entries()) {
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
      const q = ny * width + nx;
      let square = 0;
      for (let c = 0; c < 3; c++) square += (data[3 * p + c]! - data[3 * q + c]!) ** 2;
      arcs[8 * p + d] = Math.round((WHOLE * LENGTH * Math.exp(-square / (2 * usual))) / Math.hypot(dx, dy));
    }
  }
  return arcs;
}

function usualStep(width: number, data: Float32Array): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 3; i < data.length; i += 3) {
    if ((i / 3) % width === 0) continue;
    for (let c = 0; c < 3; c++) sum += (data[i + c]! - data[i - 3 + c]!) ** 2;
    pairs++;
  }
  return Math.max(1e-6, sum / Math.max(1, pairs));
}
