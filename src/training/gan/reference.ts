/** Recorded answers of PyTorch (recipes/pytorch/reference/record-gan.py), and the formula its inputs and weights follow. */
import { readFileSync } from 'node:fs';
import type { Feed } from '../graph/index.ts';
import type { Parameter } from '../learn/index.ts';

/** What was recorded of a GAN's networks and two steps of its discriminator. */
export interface GanReference {
  readonly fake: readonly number[];
  readonly logits: readonly number[];
  readonly steps: readonly { readonly loss: number; readonly adversarial: number; readonly steepness: number }[];
  readonly after: Readonly<Record<string, readonly number[]>>;
  readonly deceive: number;
}

/** What was recorded of a painter and one of its steps. */
export interface PainterReference {
  readonly painting: readonly number[];
  readonly logits: readonly number[];
  readonly loss: number;
  readonly pixels: number;
  readonly features: number;
  readonly after: Readonly<Record<string, readonly number[]>>;
}

/** Reads the recording. */
export function readReference() {
  const text = readFileSync(new URL('./reference.json', import.meta.url), 'utf8');
  return JSON.parse(text) as { 'non-saturating': GanReference; hinge: GanReference; painter: PainterReference };
}

/** sin(1.7·i + 0.9·k + 0.001·i²). */
export function wave(shape: readonly number[], k: number): Feed & { readonly data: Float32Array } {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: size }, (_, i) => Math.sin(1.7 * i + 0.9 * k + 0.001 * i * i));
  return { data, shape };
}

/** Weights as the recording has them: 0.3 · wave, around 1 for the weights of norms. */
export function waveParameters(list: readonly Parameter[], first: number): Map<string, Float32Array> {
  return new Map(
    list.map(({ name, shape }, k) => {
      const middle = name.endsWith('norm.weight') ? 1 : 0;
      return [name, wave(shape, first + k).data.map((value) => middle + 0.3 * value)];
    }),
  );
}

/** Vectors of spectral norm as the recording has them. */
export function waveBuffers(list: readonly Parameter[], first: number): Map<string, Float32Array> {
  return new Map(list.map(({ name, shape }, k) => [name, wave(shape, first + k).data]));
}
