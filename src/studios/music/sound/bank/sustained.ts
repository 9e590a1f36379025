/**
 * A tone that lasts: bowed, blown, sung or from an oscillator, as a harmonic spectrum that lives.
 *
 *   source spectrum ─▶ × body at each partial's present frequency ─▶ × attack of that partial ─▶ sum ─▶ + noise
 *         ▲ vibrato, jitter (frequency) and shimmer (amplitude)
 *
 * Everything that moves inside the loop moves in whole cycles of the loop (periods, vibrato, jitter, noise), so the loop has
 * no seam at all and needs no crossfade. Partials are found from one sine and cosine a sample by rotating.
 *
 * Sources: Risset and Mathews, Analysis of musical-instrument tones (1969), for partials that enter one after another;
 * McAdams and others, Discrimination of musical instrument sounds (1999), for jitter and shimmer; Mellody and Wakefield, The
 * time-frequency characteristics of violin vibrato (2000), for amplitude following the body.
 */
import type { Random } from '../../../../core/index.ts';
import { type NoiseBand, noiseLoop } from './noise.ts';
import { BANK_RATE, factor, fitLoop, hertzOf, type LoopGrid, type Sample } from './sample.ts';

export interface Vibrato {
  readonly hertz: number;
  /** From the middle to the extreme. */
  readonly cents: number;
  /** Seconds until it begins to grow. */
  readonly after: number;
  /** Decibels of loudness that swing with it; default 0. */
  readonly tremolo?: number;
}

export interface Sustained {
  readonly key: number;
  /** Amplitude of partial n of the source at a frequency. */
  readonly source: (n: number, hertz: number) => number;
  readonly body: (hertz: number) => number;
  /** Seconds in which partial n reaches its strength. */
  readonly attack: (n: number, hertz: number) => number;
  /** Seconds of sound before the loop; default 0.45. */
  readonly lead?: number;
  /** Default 0.8. */
  readonly loop?: number;
  readonly vibrato?: Vibrato;
  /** Irregular wandering of pitch, cents; default 3. */
  readonly jitter?: number;
  /** Irregular wandering of each partial, decibels; default 0.7. */
  readonly shimmer?: number;
  /** `level`: decibels below the tone. `start`: decibels more at the beginning, gone after `startSeconds` (default 0.06). */
  readonly noise?: {
    readonly level: number;
    readonly bands: readonly NoiseBand[];
    readonly start?: number;
    readonly startSeconds?: number;
    /** How far noise comes in puffs with each period, 0–1; default 0. */
    readonly puffs?: number;
  };
  /** Cents by which the pitch starts low (or, negative, high) and slides in; default 0. */
  readonly scoop?: number;
  /** Players in unison, each with its own drift; default 1. `spread`: hertz between neighbours. */
  readonly players?: { readonly count: number; readonly spread: number };
  readonly random: Random;
}

const BLOCK = 128;
const HIGHEST = 0.46 * BANK_RATE;

/** Renders the lead and one loop. */
export function renderSustained(tone: Sustained): Sample {
  const { key, lead = 0.45, loop = 0.8, players = { count: 1, spread: 0 }, random } = tone;
  // Low unisons need long loops: their players differ by whole periods a loop, and less in hertz than high ones.
  const low = players.count > 1 ? Math.max(1, Math.min(2.5, 200 / hertzOf(key))) : 1;
  const grid = fitLoop(hertzOf(key), loop * low);
  const start = Math.round(lead * BANK_RATE);
  const sum = new Float64Array(start + grid.length);
  for (let player = 0; player < players.count; player++) {
    const place = player - (players.count - 1) / 2;
    const apart = (Math.abs(place) * players.spread * grid.length) / BANK_RATE / low;
    const extra = Math.sign(place) * Math.round(apart);
    addPlayer(sum, tone, { grid, start, extra, random: random.fork(`player ${player}`) });
  }
  if (tone.noise) addNoise(sum, tone, grid, start);
  return { key, cents: grid.cents, data: Float32Array.from(sum), loop: [start, start + grid.length] };
}

interface Seat {
  readonly grid: LoopGrid;
  readonly start: number;
  /** Periods more in the loop than the grid's fundamental. */
  readonly extra: number;
  readonly random: Random;
}

function addPlayer(sum: Float64Array, tone: Sustained, { grid, start, extra, random }: Seat): void {
  const frequency = ((grid.periods + extra) * BANK_RATE) / grid.length;
  const bend = bendOf(tone, grid, random);
  const partials = audiblePartials(tone, frequency, grid, random);
  const count = partials.length;
  const amplitude = new Float64Array(count);
  const step = new Float64Array(count);
  const sines = Float64Array.from(partials, ({ angle }) => Math.sin(angle));
  const cosines = Float64Array.from(partials, ({ angle }) => Math.cos(angle));
  // Blocks end at the loop's start and end, and the loop holds whole periods exactly whatever the pitch does inside it.
  const edges = edgesOf(start, sum.length);
  const exact = loopCorrection(bend, edges, start);
  let phase = tone.players ? random.next() : 0;
  for (const [i, block] of edges.entries()) {
    const end = edges[i + 1];
    if (end === undefined) break;
    const size = end - block;
    const [from, to] = [ratioOf(bend(block - start)) * exact, ratioOf(bend(end - start)) * exact];
    aim(partials, { amplitude, step, at: end, size, start, hertz: frequency * to });
    phase = fillBlock(sum, block, size, { phase, from, to, frequency, sines, cosines, amplitude, step });
  }
}

function ratioOf(cents: number): number {
  return 1 + (cents * Math.LN2) / 1200;
}

/** Beginnings of blocks; the last is the end. */
function edgesOf(start: number, end: number): number[] {
  const edges = [0];
  for (const [from, to] of [
    [0, start],
    [start, end],
  ] as const) {
    for (let at = from + BLOCK; at < to; at += BLOCK) edges.push(at);
    edges.push(to);
  }
  return edges;
}

/** What the frequency must be multiplied by for the loop to hold its whole periods. */
function loopCorrection(bend: (sample: number) => number, edges: readonly number[], start: number): number {
  let [turned, length] = [0, 0];
  for (const [i, from] of edges.entries()) {
    const to = edges[i + 1];
    if (to === undefined || from < start) continue;
    turned += ((ratioOf(bend(from - start)) + ratioOf(bend(to - start))) / 2) * (to - from);
    length += to - from;
  }
  return length / turned;
}

/** All partials up to the last that is within 75 dB of the strongest. */
function audiblePartials(tone: Sustained, frequency: number, grid: LoopGrid, random: Random): PartialTone[] {
  const most = Math.max(1, Math.min(120, Math.floor(HIGHEST / (frequency * 1.03))));
  const levels = Array.from(
    { length: most },
    (_, i) => tone.source(i + 1, (i + 1) * frequency) * tone.body((i + 1) * frequency),
  );
  const floor = Math.max(...levels) * factor(-75);
  const count = levels.findLastIndex((level) => level >= floor) + 1;
  return Array.from({ length: count }, (_, i) => partialOf(tone, i + 1, frequency, grid, random));
}

interface PartialTone {
  readonly level: (hertz: number) => number;
  readonly swing: (sample: number) => number;
  readonly attack: number;
  /** Phase against the fundamental, radians. */
  readonly angle: number;
}

function partialOf(tone: Sustained, n: number, frequency: number, grid: LoopGrid, random: Random): PartialTone {
  const source = tone.source(n, n * frequency);
  const waves = wavesOf(tone.shimmer ?? 0.7, grid, random);
  const tremolo = tone.vibrato ? tremoloOf(tone.vibrato, grid) : () => 0;
  const angle = n === 1 ? 0 : 2 * Math.PI * random.next();
  return {
    level: (hertz) => source * tone.body(n * hertz),
    swing: (sample) => factor(waves(sample) + tremolo(sample)),
    attack: tone.attack(n, n * frequency) * BANK_RATE,
    angle,
  };
}

interface Aim {
  readonly amplitude: Float64Array;
  readonly step: Float64Array;
  readonly at: number;
  readonly size: number;
  readonly start: number;
  readonly hertz: number;
}

/** Sets the slopes by which amplitudes reach their values at the end of the block. */
function aim(partials: readonly PartialTone[], { amplitude, step, at, size, start, hertz }: Aim): void {
  for (const [i, partial] of partials.entries()) {
    const rise = at >= partial.attack ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * at) / partial.attack);
    const target = rise * partial.level(hertz) * partial.swing(at - start);
    step[i] = (target - amplitude[i]!) / size;
  }
}

interface Block {
  readonly phase: number;
  readonly from: number;
  readonly to: number;
  readonly frequency: number;
  readonly sines: Float64Array;
  readonly cosines: Float64Array;
  readonly amplitude: Float64Array;
  readonly step: Float64Array;
}

function fillBlock(sum: Float64Array, block: number, size: number, state: Block): number {
  const { from, to, frequency, sines, cosines, amplitude, step } = state;
  const count = amplitude.length;
  let { phase } = state;
  for (let i = 0; i < size; i++) {
    const sine = Math.sin(2 * Math.PI * phase);
    const cosine = Math.cos(2 * Math.PI * phase);
    let [s, c, total] = [sine, cosine, 0];
    for (let n = 0; n < count; n++) {
      const level = amplitude[n]! + step[n]!;
      amplitude[n] = level;
      total += level * (s * cosines[n]! + c * sines[n]!);
      const turned = s * cosine + c * sine;
      c = c * cosine - s * sine;
      s = turned;
    }
    sum[block + i]! += total;
    phase += ((from + ((to - from) * (i + 0.5)) / size) * frequency) / BANK_RATE;
  }
  return phase - Math.floor(phase);
}

/** Cents by which the pitch leaves its place at a sample counted from the loop's start. */
function bendOf(tone: Sustained, grid: LoopGrid, random: Random): (sample: number) => number {
  const { vibrato, jitter = 3, scoop = 0, lead = 0.45 } = tone;
  const waves = wavesOf(jitter, grid, random);
  const swing = vibrato ? vibratoOf(vibrato, grid) : () => 0;
  const slide = (sample: number): number => (sample < 0 ? -scoop * Math.exp(-(sample / BANK_RATE + lead) / 0.035) : 0);
  return (sample) => waves(sample) + swing(sample) + slide(sample);
}

function vibratoOf({ hertz, cents, after }: Vibrato, grid: LoopGrid): (sample: number) => number {
  const cycles = Math.max(1, Math.round((hertz * grid.length) / BANK_RATE));
  return (sample) => cents * growth(sample, after) * Math.sin((2 * Math.PI * cycles * sample) / grid.length);
}

function tremoloOf({ hertz, tremolo = 0, after }: Vibrato, grid: LoopGrid): (sample: number) => number {
  const cycles = Math.max(1, Math.round((hertz * grid.length) / BANK_RATE));
  return (sample) => tremolo * growth(sample, after) * Math.sin((2 * Math.PI * cycles * sample) / grid.length + 0.5);
}

/** How far the vibrato has grown: whole when the loop begins. */
function growth(sample: number, after: number): number {
  if (sample >= 0) return 1;
  const grown = 1 + sample / ((0.5 - Math.min(after, 0.4)) * BANK_RATE);
  return grown <= 0 ? 0 : 0.5 - 0.5 * Math.cos(Math.PI * grown);
}

/** A slow irregular curve that repeats with the loop; root mean square `size`. */
function wavesOf(size: number, { length }: LoopGrid, random: Random): (sample: number) => number {
  if (size === 0) return () => 0;
  const waves = [1, 2, 3, 5, 7].map((turns) => ({
    turns,
    size: (size * Math.SQRT2 * (0.5 + random.next())) / Math.sqrt(5 * turns),
    shift: 2 * Math.PI * random.next(),
  }));
  return (sample) =>
    waves.reduce(
      (sum, wave) => sum + wave.size * Math.sin((2 * Math.PI * wave.turns * sample) / length + wave.shift),
      0,
    );
}

function addNoise(sum: Float64Array, tone: Sustained, grid: LoopGrid, start: number): void {
  const { level, bands, start: more = 0, startSeconds = 0.06, puffs = 0 } = tone.noise!;
  const noise = noiseLoop(grid.length, bands, tone.random.fork('noise'));
  let power = 0;
  for (let i = start; i < sum.length; i++) power += sum[i]! ** 2;
  const size = Math.sqrt(power / grid.length) * factor(level);
  for (let i = 0; i < sum.length; i++) {
    const seconds = i / BANK_RATE;
    const burst = more === 0 ? 0 : (factor(more) - 1) * Math.exp(-((seconds / startSeconds) ** 2));
    const rise = Math.min(1, seconds / 0.012);
    const period = ((i - start) * grid.periods) / grid.length;
    const puff = 1 + puffs * Math.sin(2 * Math.PI * period);
    const place = (((i - start) % grid.length) + grid.length) % grid.length;
    sum[i]! += size * rise * puff * (1 + burst) * noise[place]!;
  }
}
