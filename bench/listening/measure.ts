/** Measurements of one sample of the bank. */
import { BANK_RATE, type Sample } from '../../src/studios/music/sound/bank/index.ts';

/** `seconds` of a sample as it sounds when held: its loop goes round. */
export function held({ data, loop }: Sample, seconds: number): Float64Array {
  const out = new Float64Array(Math.round(seconds * BANK_RATE));
  for (let i = 0; i < out.length; i++) {
    const place = loop && i >= loop[1] ? loop[0] + ((i - loop[0]) % (loop[1] - loop[0])) : i;
    out[i] = data[place] ?? 0;
  }
  return out;
}

/** Strength and phase path of a frequency: heterodyned and averaged over two periods twice. */
function heterodyne(sound: Float64Array, hertz: number): { re: Float64Array; im: Float64Array } {
  const width = Math.max(8, Math.round((2 * BANK_RATE) / hertz));
  const [re, im] = [new Float64Array(sound.length), new Float64Array(sound.length)];
  for (let i = 0; i < sound.length; i++) {
    const angle = (2 * Math.PI * hertz * i) / BANK_RATE;
    re[i] = sound[i]! * Math.cos(angle);
    im[i] = -sound[i]! * Math.sin(angle);
  }
  return { re: averaged(averaged(re, width), width), im: averaged(averaged(im, width), width) };
}

function averaged(data: Float64Array, width: number): Float64Array {
  const out = new Float64Array(Math.max(0, data.length - width));
  let sum = 0;
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    if (i >= width) {
      sum -= data[i - width]!;
      out[i - width] = sum / width;
    }
  }
  return out;
}

/** Cents by which a sample, corrected as the bank corrects it, sounds above its key. */
export function tuningOf(sample: Sample): number {
  const wished = 440 * 2 ** ((sample.key - 69) / 12) * 2 ** (-Math.round(sample.cents) / 1200);
  const { loop, data } = sample;
  // Whole loops where the sound holds; else from just after the attack.
  const from = loop ? loop[0] : Math.round(0.05 * BANK_RATE);
  const seconds =
    loop && sample.decay === undefined
      ? (2 * (loop[1] - loop[0])) / BANK_RATE
      : Math.min(0.8, data.length / BANK_RATE - 0.05);
  const start = sample.decay === undefined ? from : Math.round(0.06 * BANK_RATE);
  const lead = Math.ceil((4 * BANK_RATE) / wished);
  const sound = held(sample, (start + seconds * BANK_RATE + lead) / BANK_RATE).subarray(start);
  let best = { strength: 0, cents: 0 };
  for (const n of [1, 2, 3, 4]) {
    const { re, im } = heterodyne(sound, wished * n);
    const strength = mean(re.map((value, i) => Math.hypot(value, im[i]!)));
    // The lowest partial that is strong tells the pitch; stretched ones above it do not.
    if (strength > best.strength * 4) best = { strength, cents: 1200 * Math.log2(1 + offsetOf(re, im) / (wished * n)) };
  }
  return best.cents;
}

/** Mean frequency offset in hertz: of one tone the slope of its phase; of several that beat, which has none, the mean by power. */
function offsetOf(re: Float64Array, im: Float64Array): number {
  const sizes = re.map((value, i) => Math.hypot(value, im[i]!));
  const least = sizes.reduce((a, b) => Math.min(a, b));
  return least > 0.1 * mean(sizes) ? slope(re, im) : meanByPower(re, im);
}

/** A straight line through the unwrapped phase. */
function slope(re: Float64Array, im: Float64Array): number {
  let [turns, last, sumT, sumP, sumTT, sumTP] = [0, Math.atan2(im[0]!, re[0]!), 0, 0, 0, 0];
  for (let i = 0; i < re.length; i++) {
    const phase = Math.atan2(im[i]!, re[i]!);
    if (phase - last > Math.PI) turns--;
    if (phase - last < -Math.PI) turns++;
    last = phase;
    const total = phase / (2 * Math.PI) + turns;
    const t = i / BANK_RATE;
    [sumT, sumP, sumTT, sumTP] = [sumT + t, sumP + total, sumTT + t * t, sumTP + t * total];
  }
  return (re.length * sumTP - sumT * sumP) / (re.length * sumTT - sumT * sumT);
}

/** The turn from sample to sample, averaged as a vector. */
function meanByPower(re: Float64Array, im: Float64Array): number {
  let [along, across] = [0, 0];
  for (let i = 1; i < re.length; i++) {
    along += re[i]! * re[i - 1]! + im[i]! * im[i - 1]!;
    across += im[i]! * re[i - 1]! - re[i]! * im[i - 1]!;
  }
  return (Math.atan2(across, along) * BANK_RATE) / (2 * Math.PI);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Envelope: root mean square over 8 ms every 2 ms. */
function envelope(data: Float32Array | Float64Array): number[] {
  const [step, width] = [0.002 * BANK_RATE, 0.008 * BANK_RATE];
  const out: number[] = [];
  for (let at = 0; at + width <= data.length; at += step) {
    let power = 0;
    for (let i = at; i < at + width; i++) power += data[i]! ** 2;
    out.push(Math.sqrt(power / width));
  }
  return out;
}

/** Seconds from a tenth to seven tenths of the greatest strength of the first half second. */
export function attackOf({ data }: Sample): number {
  const rise = envelope(data.subarray(0, BANK_RATE / 2));
  const top = Math.max(...rise);
  const reach = (part: number): number => rise.findIndex((value) => value >= part * top);
  return (reach(0.7) - reach(0.1)) * 0.002;
}

/** Seconds to −60 dB, from the slope of the first 30 dB of fall; undefined for sounds that hold. */
export function decayOf(sample: Sample): number | undefined {
  if (sample.loop && sample.decay === undefined) return undefined;
  const fall = envelope(sample.data.subarray(0, sample.loop?.[0] ?? sample.data.length));
  const top = fall.indexOf(Math.max(...fall));
  let end = fall.findIndex((value, i) => i > top && value < fall[top]! * 10 ** (-30 / 20));
  if (end < 0) end = fall.length - 1;
  const decibels = 20 * Math.log10(fall[top]! / Math.max(1e-9, fall[end]!));
  return decibels <= 0 ? undefined : (60 * (end - top) * 0.002) / decibels;
}

/** Centre of the power spectrum, first and last quarter of half a second, hertz. */
export function centroidOf(sample: Sample): number {
  const sound = held(sample, 0.5);
  const spectrum = spectrumOf(sound.subarray(sound.length - 8192));
  const first = spectrumOf(sound.subarray(0, 8192));
  let [weighted, total] = [0, 0];
  for (let i = 1; i < spectrum.length; i++) {
    const size = spectrum[i]! ** 2 + first[i]! ** 2;
    weighted += ((i * BANK_RATE) / 8192) * size;
    total += size;
  }
  return weighted / total;
}

/** Sizes of the spectrum of a power-of-two stretch, Hann window. */
export function spectrumOf(data: Float64Array): Float64Array {
  const n = data.length;
  const re = Float64Array.from(data, (value, i) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n)));
  const im = new Float64Array(n);
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [re[i], re[j]] = [re[j]!, re[i]!];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const [c, s] = [Math.cos((-2 * Math.PI * k) / size), Math.sin((-2 * Math.PI * k) / size)];
      for (let at = k; at < n; at += size) {
        const [a, b] = [re[at + half]! * c - im[at + half]! * s, re[at + half]! * s + im[at + half]! * c];
        [re[at + half], im[at + half]] = [re[at]! - a, im[at]! - b];
        [re[at], im[at]] = [re[at]! + a, im[at]! + b];
      }
    }
  }
  return Float64Array.from({ length: n / 2 }, (_, i) => Math.hypot(re[i]!, im[i]!));
}

/** The bend of the wave over the loop's seam against the sharpest inside the loop; above 1 is a click. */
export function seamOf({ data, loop }: Sample): number {
  if (!loop) return 0;
  const [from, to] = loop;
  const bend = (a: number, b: number, c: number): number => Math.abs(a - 2 * b + c);
  let most = 1e-9;
  for (let i = from + 1; i < to - 1; i++) most = Math.max(most, bend(data[i - 1]!, data[i]!, data[i + 1]!));
  return (
    Math.max(bend(data[to - 2]!, data[to - 1]!, data[from]!), bend(data[to - 1]!, data[from]!, data[from + 1]!)) / most
  );
}
