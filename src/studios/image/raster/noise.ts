/** Noise that depends on place and seed alone: gradient noise (Perlin 2002) and its sum over octaves. */
import type { Random } from '../../../core/index.ts';

/** Value about −1 … 1 at a place; smooth, one feature to a unit. */
export type Noise = (x: number, y: number) => number;

/** Gradient noise with gradients drawn by `random`; repeats after 256 units. */
export function createNoise(random: Random): Noise {
  const order = random.shuffle(Array.from({ length: 256 }, (_, i) => i));
  const places = Uint8Array.from({ length: 512 }, (_, i) => order[i & 255]!);
  const angles = Float64Array.from({ length: 256 }, () => random.next() * 2 * Math.PI);
  const [cosines, sines] = [angles.map(Math.cos), angles.map(Math.sin)];
  const slope = (x: number, y: number, dx: number, dy: number): number => {
    const gradient = places[places[x & 255]! + (y & 255)]!;
    return cosines[gradient]! * dx + sines[gradient]! * dy;
  };
  const fade = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);
  return (x, y) => {
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [dx, dy] = [x - x0, y - y0];
    const [u, v] = [fade(dx), fade(dy)];
    const top = slope(x0, y0, dx, dy) * (1 - u) + slope(x0 + 1, y0, dx - 1, dy) * u;
    const bottom = slope(x0, y0 + 1, dx, dy - 1) * (1 - u) + slope(x0 + 1, y0 + 1, dx - 1, dy - 1) * u;
    return 1.5 * (top * (1 - v) + bottom * v);
  };
}

/** Octaves of a noise, each twice as fine and `gain` as strong; about −1 … 1. */
export function fractal(noise: Noise, octaves: number, gain = 0.5): Noise {
  const whole = Array.from({ length: octaves }, (_, i) => gain ** i).reduce((a, b) => a + b, 0);
  return (x, y) => {
    let sum = 0;
    for (let i = 0; i < octaves; i++) sum += gain ** i * noise(x * 2 ** i + 17.3 * i, y * 2 ** i + 9.1 * i);
    return sum / whole;
  };
}
