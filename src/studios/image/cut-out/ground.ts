/**
 * What the background looks like at a place: one of its colours, or what its nearest known parts give when they are drawn
 * smoothly across (a plate): skies and studio walls change slowly from edge to edge.
 */
import type { Random } from '../../../core/index.ts';
import { type Colours, fillMembrane, type Holes } from '../mend/index.ts';
import { learnMixture, logDensity } from './mixture.ts';

const COMPONENTS = 5;
/** Least deviation of the plate, in OKLab. */
const GRAIN = 0.012;
/** ln of the share of pixels that are of no known kind, times the density of any colour at all. */
const STRAY = Math.log(1e-3);

/** −ln of how likely the background shows such a colour there, for every pixel; `known` are 1 where it is sure to be background. */
export function groundCosts(colours: Colours, known: Uint8Array, random: Random): Float32Array {
  const { width, height, data } = colours;
  const mixture = learnMixture(pick(data, known), COMPONENTS, random);
  const holes: Holes = { width, height, data: known.map((one) => 1 - one) };
  const plate = fillMembrane(colours, holes);
  const deviation = Math.max(GRAIN, plateDeviation(colours, known));
  const level = -3 * Math.log(deviation) - 1.5 * Math.log(2 * Math.PI);
  return Float32Array.from(known, (_, i) => {
    const [l, a, b] = [data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!];
    const byColour = logDensity(mixture, l, a, b);
    let far = 0;
    for (let c = 0; c < 3; c++) far += ((data[3 * i + c]! - plate.data[3 * i + c]!) / deviation) ** 2;
    const byPlace = level - far / 2;
    const best = Math.max(byColour, byPlace, STRAY);
    return -(best + Math.log(Math.exp(byColour - best) + Math.exp(byPlace - best) + Math.exp(STRAY - best)) - Math.LN2);
  });
}

/** The same for the subject, by its colours alone. */
export function subjectCosts({ data }: Colours, subject: Uint8Array, random: Random): Float32Array {
  const mixture = learnMixture(pick(data, subject), COMPONENTS, random);
  return Float32Array.from(subject, (_, i) => {
    const value = logDensity(mixture, data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!);
    return -Math.max(value, STRAY) - Math.log1p(Math.exp(-Math.abs(value - STRAY)));
  });
}

/** At most so many colours are learned from; more tell nothing new. */
const MOST = 20_000;

function pick(data: Float32Array, chosen: Uint8Array): Float32Array {
  const all: number[] = [];
  for (let i = 0; i < chosen.length; i++) if (chosen[i]) all.push(i);
  const step = Math.max(1, Math.floor(all.length / MOST));
  const some = all.filter((_, n) => n % step === 0);
  return Float32Array.from({ length: 3 * some.length }, (_, i) => data[3 * some[Math.floor(i / 3)]! + (i % 3)]!);
}

/** Root mean square step between known neighbours: how rough the background is. */
function plateDeviation({ width, data }: Colours, known: Uint8Array): number {
  let [sum, count] = [0, 0];
  for (let i = 2; i < known.length; i++) {
    if (!known[i] || !known[i - 2] || i % width < 2) continue;
    for (let c = 0; c < 3; c++) sum += (data[3 * i + c]! - data[3 * (i - 2) + c]!) ** 2 / 3;
    count++;
  }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}
