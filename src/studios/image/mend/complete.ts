/**
 * Fills holes with what the rest of the picture is made of (Wexler, Shechtman, Irani, 2007), coarse to fine:
 *
 *   coarsest: filled ring by ring from the edge inwards (Newson et al., 2014)
 *   each level: match every patch over a hole ─▶ every pixel the mean of what its patches say ─▶ … ─▶ level twice as fine
 *   at the end: what the filling misses at the edge is spread inwards as a membrane, so that no seam shows
 */
import type { Random } from '../../../core/index.ts';
import { type Colours, depthOf, grow, type Holes, halve } from './colours.ts';
import { fillMembrane } from './membrane.ts';
import {
  chanceMatches,
  type Field,
  finerMatches,
  improve,
  layField,
  type Matches,
  REACH,
  trustTargets,
  weigh,
} from './nearest-patches.ts';
import { closeSeam } from './seam.ts';

export interface CompleteOptions {
  readonly random: Random;
  /** Lets others run; throws when it is cancelled. */
  readonly breathe: () => Promise<void>;
  /**
   * How much patches are held to their height, in squared steps of 0–255: ground beside ground, sky beside sky. Default 0.
   */
  readonly drift?: number;
  /** Told the share that is done. */
  readonly progress?: (done: number) => void;
}

/** Rounds of matching and painting on each level; the finest takes fewer, for it costs the most. */
const ROUNDS = { coarse: 8, fine: 4 };
/** With more targets than this a level is painted once: what it shows was decided on coarser ones. */
const LARGE = 400_000;
/** Looks at the matches in each round. */
const LOOKS = 3;
/** A pixel is trusted less the deeper it lies in a hole. */
const DOUBT = 1.25;
/** Pixels of the shorter side at which a picture is not halved any more. */
const SMALLEST = 28;

interface Level {
  readonly colours: Colours;
  readonly holes: Holes;
}

/** The colours with holes filled; known pixels stay as they are. Where nothing can be copied, a membrane fills. */
export async function complete(colours: Colours, holes: Holes, options: CompleteOptions): Promise<Colours> {
  if (!holes.data.includes(1)) return colours;
  const levels = pyramid(colours, holes);
  const pixels = levels.map(({ holes: { data } }) => data.reduce((sum, hole) => sum + hole, 0));
  const all = pixels.reduce((a, b) => a + b, 0);
  let spent = 0;
  let before: { readonly field: Field; readonly matches: Matches } | undefined;
  for (let i = levels.length - 1; i >= 0; i--) {
    const level = levels[i]!;
    const field = layField(level.holes, options.drift);
    if (field.sources.length === 0) return fillMembrane(colours, holes);
    const share = pixels[i]! / all;
    const progress = (done: number): void => options.progress?.(spent + done * share);
    before = { field, matches: await fillLevel(level, field, before, { ...options, progress, finest: i === 0 }) };
    spent += share;
  }
  return levels[0]!.colours;
}

/** From fine to coarse; colours are copies that may be painted on. */
function pyramid(colours: Colours, holes: Holes): Level[] {
  const levels: Level[] = [{ colours: { ...colours, data: colours.data.slice() }, holes }];
  for (;;) {
    const last = levels.at(-1)!;
    const depth = depthOf(last.holes).reduce((a, b) => Math.max(a, b), 0);
    if (depth <= REACH - 1 || Math.min(last.colours.width, last.colours.height) < 2 * SMALLEST) return levels;
    const next = halve(last.colours, last.holes);
    if (layField(next.holes).sources.length < 64) return levels;
    levels.push(next);
  }
}

async function fillLevel(
  { colours, holes }: Level,
  field: Field,
  before: { readonly field: Field; readonly matches: Matches } | undefined,
  options: CompleteOptions & { readonly finest: boolean },
): Promise<Matches> {
  const { random, breathe, progress, finest } = options;
  const depth = depthOf(holes);
  const matches = before ? finerMatches(field, before.field, before.matches, random) : chanceMatches(field, random);
  if (before) vote(field, matches, colours, holes, evenly(field));
  else await peel(field, matches, colours, depth, options);
  const trust = trustTargets(
    field,
    Float32Array.from(depth, (steps) => DOUBT ** -Math.min(steps, 24)),
  );
  const rounds = roundsFor(finest && before !== undefined, field.targets.length);
  for (let round = 0; round < rounds; round++) {
    weigh(field, matches, colours, trust);
    for (let look = 0; look < LOOKS; look++) {
      improve(field, matches, colours, trust, { random, forwards: look % 2 === 0 });
      await breathe();
    }
    vote(field, matches, colours, holes, trustIn(field, matches, depth));
    progress?.((round + 1) / rounds);
  }
  if (finest) closeSeam(colours, holes, saidNear(field, matches, colours, holes, depth));
  return matches;
}

function roundsFor(finest: boolean, targets: number): number {
  if (targets > LARGE) return 1;
  return finest ? ROUNDS.fine : ROUNDS.coarse;
}

/** Fills from the edge inwards: each ring is matched by what is known beside it. */
async function peel(
  field: Field,
  matches: Matches,
  colours: Colours,
  depth: Uint8Array,
  { random, breathe }: CompleteOptions,
): Promise<void> {
  const known = Float32Array.from(depth, (steps) => (steps === 0 ? 1 : 0));
  const deepest = depth.reduce((a, b) => Math.max(a, b), 0);
  for (let ring = 1; ring <= deepest; ring++) {
    const near = (target: number): boolean => nearRing(field, depth, target, ring);
    const chosen = Int32Array.from([...field.targets.keys()].filter((n) => near(field.targets[n]!)));
    const trust = trustTargets(field, known);
    weigh(field, matches, colours, trust);
    for (let look = 0; look < 2 * LOOKS; look++) {
      improve(field, matches, colours, trust, { random, forwards: look % 2 === 0, chosen });
    }
    const sharp = new Float32Array(field.targets.length);
    for (const n of chosen) sharp[n] = Math.exp(-matches.cost[n]! / 200) + 1e-6;
    vote(field, matches, colours, { ...colours, data: depth.map((steps) => (steps === ring ? 1 : 0)) }, sharp);
    for (let at = 0; at < depth.length; at++) if (depth[at] === ring) known[at] = DOUBT ** -ring;
    await breathe();
  }
}

/** Whether a patch reaches a ring and its middle is known or on it. */
function nearRing({ width }: Field, depth: Uint8Array, target: number, ring: number): boolean {
  if (depth[target]! > ring) return corner(target, width, depth, ring);
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) if (depth[target + dy * width + dx] === ring) return true;
  }
  return false;
}

/** Patches that lie wholly inside the picture may be the only ones over a pixel of its margin. */
function corner(target: number, width: number, depth: Uint8Array, ring: number): boolean {
  let [known, reached] = [false, false];
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const steps = depth[target + dy * width + dx]!;
      known ||= steps < ring;
      reached ||= steps === ring;
    }
  }
  return known && reached;
}

/** What the matches say of the holes and of the known pixels beside them. */
function saidNear(field: Field, matches: Matches, colours: Colours, holes: Holes, depth: Uint8Array): Colours {
  const said = { ...colours, data: colours.data.slice() };
  vote(field, matches, said, grow(holes, REACH), trustIn(field, matches, depth));
  return said;
}

function evenly({ targets }: Field): Float32Array {
  return new Float32Array(targets.length).fill(1);
}

/** Weights of what patches say: near matches count more, and those at the edge of a hole. */
function trustIn({ targets }: Field, { cost }: Matches, depth: Uint8Array): Float32Array {
  const sorted = cost.slice().sort();
  const usual = Math.max(4, sorted[Math.floor(sorted.length * 0.6)] ?? 0);
  return Float32Array.from(targets, (target, n) => {
    return Math.exp(-cost[n]! / usual) * DOUBT ** -Math.min(depth[target]!, 24) + 1e-9;
  });
}

/** Holes become the weighted mean of what the matches of all patches over them say, in place. */
function vote(field: Field, { at }: Matches, colours: Colours, holes: Holes, weights: Float32Array): void {
  const { width, targets } = field;
  const { data } = colours;
  const sums = new Float64Array(holes.data.length * 3);
  const total = new Float64Array(holes.data.length);
  for (let n = 0; n < targets.length; n++) {
    const weight = weights[n]!;
    if (weight === 0) continue;
    for (let dy = -REACH; dy <= REACH; dy++) {
      const [to, from] = [targets[n]! + dy * width, at[n]! + dy * width];
      for (let dx = -REACH; dx <= REACH; dx++) {
        if (!holes.data[to + dx]) continue;
        total[to + dx]! += weight;
        const [i, j] = [3 * (to + dx), 3 * (from + dx)];
        sums[i]! += weight * data[j]!;
        sums[i + 1]! += weight * data[j + 1]!;
        sums[i + 2]! += weight * data[j + 2]!;
      }
    }
  }
  for (let i = 0; i < holes.data.length; i++) {
    if (!holes.data[i] || total[i] === 0) continue;
    for (let c = 0; c < 3; c++) data[3 * i + c] = sums[3 * i + c]! / total[i]!;
  }
}
