/**
 * A tone that dies away: strings plucked and struck, bars, bells and skins, as the sum of their modes.
 *
 *   modes: frequency, strength, decay (two rates: first sound and after-sound), slow beating ─┐
 *   knocks: short bursts of noise (nail, hammer, body)                                        ─┴▶ sum
 *
 * After the lead the strengths stand still and the frequencies fit the loop exactly, so the loop has no seam; the envelope of
 * the synthesiser then lets the frozen sound die away at the rate of its strongest mode. A sound that dies within the lead
 * has no loop.
 *
 * Sources: Fletcher and Rossing, The Physics of Musical Instruments (2nd ed., 1998); Weinreich, Coupled piano strings (1977),
 * for two rates of decay.
 */
import type { Random } from '../../../../core/index.ts';
import { type NoiseBand, noiseBurst } from './noise.ts';
import { BANK_RATE, fitLoop, hertzOf, type Sample } from './sample.ts';

export interface Mode {
  readonly hertz: number;
  readonly level: number;
  /** Seconds to −60 dB. */
  readonly decay: number;
  /** Part of the strength that decays slower, 0–1; default 0. */
  readonly after?: number;
  /** How many times slower; default 4. */
  readonly slower?: number;
  /** Hertz of slow beating and its depth 0–1. */
  readonly beat?: readonly [number, number];
  /** Pitch at the blow over the pitch it settles on: hertz factor and seconds; only for sounds without a loop. */
  readonly glide?: readonly [number, number];
}

export interface Knock {
  readonly bands: readonly NoiseBand[];
  readonly level: number;
  /** Seconds to −60 dB. */
  readonly decay: number;
  /** Seconds to rise; default 0.0005. */
  readonly attack?: number;
  /** Seconds after the blow; default 0. */
  readonly delay?: number;
}

export interface Ringing {
  readonly key: number;
  /** Cents from the key to the frequency that the loop holds exactly; default 0. */
  readonly tuned?: number;
  readonly modes: readonly Mode[];
  readonly knocks?: readonly Knock[];
  /** Seconds in which hammer or finger gives its energy; default 0.001. */
  readonly contact?: number;
  /** Seconds before the loop; default 1.4. */
  readonly lead?: number;
  /** Default 0.6; 0 for no loop. */
  readonly loop?: number;
  readonly random: Random;
}

const BLOCK = 64;

/** Renders the lead and, when the sound outlasts it, a loop. */
export function renderRinging(tone: Ringing): Sample {
  const { key, lead = 1.4, loop = 0.6, tuned = 0 } = tone;
  const life = Math.max(
    0,
    ...tone.modes.map(reach),
    ...(tone.knocks ?? []).map(({ decay, delay = 0 }) => decay + delay),
  );
  if (loop === 0 || life <= lead + 0.3) return withoutLoop(tone, Math.max(0.05, Math.min(life, lead + loop + 4)));
  const grid = fitLoop(hertzOf(key) * 2 ** (tuned / 1200), loop);
  // On the edge of a block, so that nothing moves any more when the loop begins.
  const start = BLOCK * Math.round((lead * BANK_RATE) / BLOCK);
  const sum = new Float64Array(start + grid.length);
  const unit = BANK_RATE / grid.length;
  for (const mode of tone.modes) {
    const hertz = Math.max(1, Math.round(mode.hertz / unit)) * unit;
    if (hertz < 0.46 * BANK_RATE) addMode(sum, { ...mode, hertz }, tone, start);
  }
  for (const knock of tone.knocks ?? []) addKnock(sum, knock, tone.random, start);
  return {
    key,
    cents: grid.cents,
    data: Float32Array.from(sum),
    loop: [start, sum.length],
    decay: lateDecay(tone, lead),
  };
}

function withoutLoop(tone: Ringing, seconds: number): Sample {
  const sum = new Float64Array(Math.ceil(seconds * BANK_RATE));
  for (const mode of tone.modes) if (mode.hertz < 0.46 * BANK_RATE) addMode(sum, mode, tone, sum.length);
  for (const knock of tone.knocks ?? []) addKnock(sum, knock, tone.random, sum.length);
  const fade = Math.min(sum.length, Math.round(0.02 * BANK_RATE));
  for (let i = 0; i < fade; i++) sum[sum.length - 1 - i]! *= i / fade;
  return { key: tone.key, cents: 0, data: Float32Array.from(sum) };
}

/** Seconds in which a mode sinks under hearing; weak ones sooner. */
function reach({ decay, after = 0, slower = 4 }: Mode): number {
  return after > 0 ? Math.max(decay, decay * slower * Math.max(0.1, 1 + Math.log10(after) / 3)) : decay;
}

/** The decay of what is strongest when the loop begins. */
function lateDecay({ modes }: Ringing, lead: number): number {
  const strongest = modes.reduce((most, mode) => (strength(mode, lead) > strength(most, lead) ? mode : most));
  const { decay, after = 0, slower = 4 } = strongest;
  const early = (1 - after) * 10 ** ((-3 * lead) / decay);
  const late = after * 10 ** ((-3 * lead) / (decay * slower));
  return (early + late) / (early / decay + late / (decay * slower));
}

function strength({ level, decay, after = 0, slower = 4 }: Mode, seconds: number): number {
  const late = after === 0 ? 0 : after * 10 ** ((-3 * seconds) / (decay * slower));
  return level * ((1 - after) * 10 ** ((-3 * seconds) / decay) + late);
}

function addMode(sum: Float64Array, mode: Mode, { random, contact = 0.001 }: Ringing, freeze: number): void {
  const angle = (2 * Math.PI * mode.hertz) / BANK_RATE;
  const [turnSine, turnCosine] = [Math.sin(angle), Math.cos(angle)];
  const start = Math.PI * (random.next() - 0.5) * 0.5;
  let [s, c] = [Math.sin(start), Math.cos(start)];
  const shift = 2 * Math.PI * random.next();
  const [rate, depth] = mode.beat ?? [0, 0];
  const level = (sample: number): number => {
    const seconds = Math.min(sample, freeze) / BANK_RATE;
    const rise = seconds >= contact ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * seconds) / contact);
    return rise * strength(mode, seconds) * (1 + depth * Math.cos(2 * Math.PI * rate * seconds + shift));
  };
  if (mode.glide) {
    addGliding(sum, mode, mode.glide, level);
    return;
  }
  // Inaudible: 100 dB under where the mode began; it may stop, since the fade of so little is not heard.
  const floor = mode.level * 1e-5;
  let amplitude = level(0);
  for (let block = 0; block < sum.length; block += BLOCK) {
    const size = Math.min(BLOCK, sum.length - block);
    const step = (level(block + size) - amplitude) / size;
    if (block >= 4096 && block < freeze && Math.abs(amplitude) < floor) break;
    for (let i = block; i < block + size; i++) {
      sum[i]! += amplitude * s;
      amplitude += step;
      const turned = s * turnCosine + c * turnSine;
      c = c * turnCosine - s * turnSine;
      s = turned;
    }
  }
}

function addGliding(
  sum: Float64Array,
  { hertz }: Mode,
  [above, seconds]: readonly [number, number],
  level: (sample: number) => number,
): void {
  let phase = 0;
  for (let i = 0; i < sum.length; i++) {
    sum[i]! += level(i) * Math.sin(2 * Math.PI * phase);
    phase += (hertz * (1 + (above - 1) * Math.exp(-i / BANK_RATE / seconds))) / BANK_RATE;
  }
}

function addKnock(sum: Float64Array, knock: Knock, random: Random, end: number): void {
  const { bands, level, decay, attack = 0.0005, delay = 0 } = knock;
  const from = Math.round(delay * BANK_RATE);
  const length = Math.min(end - from, Math.round(decay * 1.2 * BANK_RATE));
  if (length <= 0) return;
  const noise = noiseBurst(length, bands, random);
  for (let i = 0; i < length; i++) {
    const seconds = i / BANK_RATE;
    const tail = Math.min(1, (length - i) / 256);
    sum[from + i]! += level * tail * Math.min(1, seconds / attack) * 10 ** ((-3 * seconds) / decay) * noise[i]!;
  }
}
