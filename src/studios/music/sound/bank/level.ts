/** Levels samples: no DC, equal loudness for all keys and layers (the synthesiser makes soft notes soft), no overload. */
import type { Recipe } from './recipe.ts';
import { BANK_RATE, factor, type Sample } from './sample.ts';

/** Loudness of the strongest fifth of a second that all samples are brought to, decibels of full scale. */
const TARGET = -21;
/** Percussion keeps its sharp peaks, so it is measured over a shorter time and set lower. */
const PEAK = 0.97;

/** A sample at the common loudness. */
export function level(sample: Sample, { gain = 0 }: Pick<Recipe, 'gain'>): Sample {
  const data = withoutDc(sample);
  const weighted = weigh(data);
  const loudness = loudestWindow(weighted, Math.round(0.2 * BANK_RATE));
  const peak = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.min(factor(TARGET + gain) / loudness, PEAK / peak);
  return { ...sample, data: data.map((value) => value * scale) };
}

/** Takes the mean of the loop (or the whole sound) away. */
function withoutDc({ data, loop = [0, data.length] }: Sample): Float32Array {
  let sum = 0;
  for (let i = loop[0]; i < loop[1]; i++) sum += data[i]!;
  const mean = sum / (loop[1] - loop[0]);
  return data.map((value, i) => value - mean * Math.min(1, i / 200));
}

/** A first-order high-pass at 150 Hz and a lift above 1.5 kHz: a rough ear, good enough to level samples by. */
function weigh(data: Float32Array): Float64Array {
  const out = new Float64Array(data.length);
  const low = Math.exp((-2 * Math.PI * 150) / BANK_RATE);
  const high = Math.exp((-2 * Math.PI * 1500) / BANK_RATE);
  let [slow, fast] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const x = data[i]!;
    slow = low * slow + (1 - low) * x;
    fast = high * fast + (1 - high) * x;
    out[i] = x - slow + 0.6 * (x - fast);
  }
  return out;
}

/** Root mean square of the strongest window; a sound shorter than it counts as if silence followed. */
function loudestWindow(data: Float64Array, width: number): number {
  let [power, most] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    power += data[i]! ** 2 - (i >= width ? data[i - width]! ** 2 : 0);
    most = Math.max(most, power);
  }
  return Math.sqrt(most / width) + 1e-9;
}
