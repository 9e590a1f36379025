/** Brings the numbers of data to about mean 0 and deviation 1 before a network sees them, and back. */
import type { DiffusionConfig } from './config.ts';

type Picture = DiffusionConfig['picture'];
/** One mean and one deviation for each channel. */
export type Scaling = NonNullable<DiffusionConfig['scaling']>;

/** Mean and deviation of each channel over data (n, C, H, W). */
export function measureScaling(data: Float32Array, { channels, height, width }: Picture): Scaling {
  const area = height * width;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) {
    const channel = Math.floor(i / area) % channels;
    sums[channel]! += data[i]!;
    squares[channel]! += data[i]! ** 2;
  }
  const count = data.length / channels;
  const mean = Array.from(sums, (sum) => sum / count);
  const deviation = mean.map((value, c) => Math.sqrt(Math.max(1e-12, squares[c]! / count - value ** 2)));
  return { mean, deviation };
}

/** Data (n, C, H, W) as the network sees it. */
export function scaled(data: Float32Array, { scaling, picture }: DiffusionConfig): Float32Array {
  return scaling
    ? data.map(byChannel(picture, (value, c) => (value - scaling.mean[c]!) / scaling.deviation[c]!))
    : data;
}

/** What the network makes as data, (n, C, H, W). */
export function unscaled(data: Float32Array, { scaling, picture }: DiffusionConfig): Float32Array {
  return scaling ? data.map(byChannel(picture, (value, c) => value * scaling.deviation[c]! + scaling.mean[c]!)) : data;
}

function byChannel({ channels, height, width }: Picture, change: (value: number, channel: number) => number) {
  return (value: number, i: number): number => change(value, Math.floor(i / (height * width)) % channels);
}
