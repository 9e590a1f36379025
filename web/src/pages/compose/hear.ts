/**
 * From a sung or whistled recording to notes: the pitch of each frame by YIN (de Cheveigné and Kawahara, YIN, a fundamental
 * frequency estimator, JASA 111, 2002), frames of one pitch joined to notes, notes put on a grid.
 *
 *   samples ─▶ frames every 10 ms ─▶ period, clarity ─▶ steady stretches ─▶ notes in seconds ─▶ notes on sixteenths
 */

export interface HeardNote {
  /** Seconds. */
  readonly at: number;
  readonly length: number;
  readonly midi: number;
}

const [LOWEST, HIGHEST] = [70, 1200];
/** The absolute threshold of YIN's step 4. */
const THRESHOLD = 0.15;
const HOP = 0.01;
const QUIET = 0.006;
const SHORTEST = 0.07;

/** Fundamental frequency of a frame in hertz; undefined where it has none. The frame must hold two periods of the lowest pitch. */
export function pitchOfFrame(frame: Float32Array, sampleRate: number): number | undefined {
  const longest = Math.min(Math.floor(sampleRate / LOWEST), frame.length >> 1);
  const shortest = Math.floor(sampleRate / HIGHEST);
  const window = frame.length - longest;
  const difference = new Float32Array(longest + 1);
  for (let lag = 1; lag <= longest; lag++) {
    let sum = 0;
    for (let i = 0; i < window; i++) sum += (frame[i]! - frame[i + lag]!) ** 2;
    difference[lag] = sum;
  }
  // Step 3: divided by the mean of all shorter lags, so that lag 0 does not win.
  let running = 0;
  for (let lag = 1; lag <= longest; lag++) {
    running += difference[lag]!;
    difference[lag] = running === 0 ? 1 : (difference[lag]! * lag) / running;
  }
  for (let lag = shortest; lag < longest; lag++) {
    if (difference[lag]! >= THRESHOLD) continue;
    while (lag + 1 < longest && difference[lag + 1]! < difference[lag]!) lag++;
    return sampleRate / parabola(difference, lag);
  }
  return undefined;
}

/** Step 5: the true minimum between samples. */
function parabola(d: Float32Array, lag: number): number {
  const [a, b, c] = [d[lag - 1] ?? d[lag]!, d[lag]!, d[lag + 1] ?? d[lag]!];
  const curve = a - 2 * b + c;
  return curve === 0 ? lag : lag + (a - c) / (2 * curve);
}

/** Notes of a recording of one voice. Samples are brought down to about 11 kHz first, which is enough for a voice. */
export function hearNotes(samples: Float32Array, sampleRate: number): HeardNote[] {
  const factor = Math.max(1, Math.round(sampleRate / 11_025));
  const slow = decimate(samples, factor);
  const rate = sampleRate / factor;
  const size = 2 * Math.ceil(rate / LOWEST);
  const hop = Math.round(rate * HOP);
  const pitches: (number | undefined)[] = [];
  for (let from = 0; from + size <= slow.length; from += hop) {
    const frame = slow.subarray(from, from + size);
    const hertz = loudness(frame) < QUIET ? undefined : pitchOfFrame(frame, rate);
    pitches.push(hertz === undefined ? undefined : 69 + 12 * Math.log2(hertz / 440));
  }
  return join(pitches, hop / rate);
}

/** Joins frames that stay within a semitone of their median; what is shorter than a sung note can be is dropped. */
function join(pitches: readonly (number | undefined)[], hop: number): HeardNote[] {
  const notes: HeardNote[] = [];
  let start = 0;
  let held: number[] = [];
  const close = (end: number): void => {
    const length = (end - start) * hop;
    if (held.length > 0 && length >= SHORTEST) notes.push({ at: start * hop, length, midi: Math.round(median(held)) });
    held = [];
  };
  for (const [i, pitch] of pitches.entries()) {
    const same = pitch !== undefined && held.length > 0 && Math.abs(pitch - median(held.slice(-12))) < 0.7;
    if (!same && held.length > 0) close(i);
    if (pitch === undefined) continue;
    if (held.length === 0) start = i;
    held.push(pitch);
  }
  close(pitches.length);
  return notes;
}

/** Notes on a grid of so many steps a quarter, the first at 0; lengths reach to the next note where the gap is small. */
export function onGrid(
  notes: readonly HeardNote[],
  { bpm, steps = 4 }: { readonly bpm: number; readonly steps?: number },
): { at: number; length: number; midi: number }[] {
  const first = notes[0]?.at ?? 0;
  const step = 60 / bpm / steps;
  const placed = notes.map(({ at, length, midi }) => ({
    at: Math.round((at - first) / step),
    length: Math.max(1, Math.round(length / step)),
    midi,
  }));
  return placed.flatMap((note, i) => {
    const next = placed[i + 1];
    if (!next) return [note];
    const room = next.at - note.at;
    return room <= 0 ? [] : [{ ...note, length: room - note.length <= 1 ? room : Math.min(room, note.length) }];
  });
}

function decimate(samples: Float32Array, factor: number): Float32Array {
  const out = new Float32Array(Math.floor(samples.length / factor));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < factor; k++) sum += samples[i * factor + k]!;
    out[i] = sum / factor;
  }
  return out;
}

function loudness(frame: Float32Array): number {
  return Math.sqrt(frame.reduce((sum, x) => sum + x * x, 0) / frame.length);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
