/**
 * A room of our own: early reflections and a feedback delay network.
 *
 *   in ─▶ early taps (left, right) ──────────────────────────────▶ out
 *    └─▶ pre-delay ─▶ 8 delay lines with damping ◀─ Hadamard ─┐ ─▶ out
 *                              └──────────────────────────────┘
 *
 * Source: Jot and Chaigne, Digital delay networks for designing artificial reverberators (1991). Delay lengths are mutually
 * prime; gains give every line the same decay; a one-pole filter in each makes high notes die sooner, as air and plaster do.
 */

export interface RoomOptions {
  readonly sampleRate: number;
  /** Seconds to −60 dB; default 1.5. */
  readonly decay?: number;
}

const LINES = [1103, 1303, 1511, 1733, 1933, 2203, 2417, 2711] as const;
/** Early reflections of a small hall: milliseconds, gain, side (−1 left … 1 right). */
const EARLY: readonly (readonly [number, number, number])[] = [
  [11.3, 0.32, -0.7],
  [14.9, 0.3, 0.8],
  [19.7, 0.26, 0.4],
  [23.3, 0.24, -0.5],
  [29.1, 0.2, 0.9],
  [33.7, 0.18, -0.9],
  [41.9, 0.15, 0.2],
];

/** What a room answers to a mono signal; left and right, as long as the input. */
export function roomOf(
  input: Float32Array,
  { sampleRate, decay = 1.5 }: RoomOptions,
): { left: Float32Array; right: Float32Array } {
  const left = new Float32Array(input.length);
  const right = new Float32Array(input.length);
  for (const [milliseconds, gain, side] of EARLY) {
    const delay = Math.round((milliseconds * sampleRate) / 1000);
    const [toLeft, toRight] = [gain * Math.sqrt((1 - side) / 2), gain * Math.sqrt((1 + side) / 2)];
    for (let i = delay; i < input.length; i++) {
      left[i]! += toLeft * input[i - delay]!;
      right[i]! += toRight * input[i - delay]!;
    }
  }
  addTail(input, left, right, sampleRate, decay);
  return { left, right };
}

function addTail(input: Float32Array, left: Float32Array, right: Float32Array, rate: number, decay: number): void {
  const lengths = LINES.map((length) => Math.round((length * rate) / 44_100));
  const lines = lengths.map((length) => new Float64Array(length));
  const gains = Float64Array.from(lengths, (length) => 10 ** ((-3 * length) / rate / decay));
  const damping = Math.exp((-2 * Math.PI * 5200) / rate);
  const memory = new Float64Array(8);
  const taps = new Float64Array(8);
  const places = new Int32Array(8);
  const wait = Math.round(0.018 * rate);
  // Low notes make a small room boom: 150 Hz and below stay out of the tail.
  const cut = Math.exp((-2 * Math.PI * 150) / rate);
  let slow = 0;
  for (let i = 0; i < input.length; i++) {
    const dry = i >= wait ? input[i - wait]! : 0;
    slow = cut * slow + (1 - cut) * dry;
    for (let n = 0; n < 8; n++) {
      const out = lines[n]![places[n]!]! * gains[n]!;
      memory[n] = damping * memory[n]! + (1 - damping) * out;
      taps[n] = memory[n]!;
    }
    left[i]! += 0.35 * (taps[0]! - taps[2]! + taps[4]! - taps[6]!);
    right[i]! += 0.35 * (taps[1]! - taps[3]! + taps[5]! - taps[7]!);
    hadamard(taps);
    for (let n = 0; n < 8; n++) {
      lines[n]![places[n]!] = taps[n]! + (dry - slow) * 0.5;
      places[n] = places[n]! + 1 === lengths[n] ? 0 : places[n]! + 1;
    }
  }
}

/** Mixes eight values by the orthogonal Hadamard matrix, in place. */
function hadamard(v: Float64Array): void {
  for (let half = 1; half < 8; half *= 2) {
    for (let i = 0; i < 8; i += 2 * half) {
      for (let j = i; j < i + half; j++) {
        const a = v[j]!;
        const b = v[j + half]!;
        v[j] = a + b;
        v[j + half] = a - b;
      }
    }
  }
  for (let i = 0; i < 8; i++) v[i]! *= Math.SQRT1_2 / 2;
}
