/** For tests: the recorded reference of recipes/pytorch/reference/record.py and the weights its formula gives. */
import { readFileSync } from 'node:fs';
import type { StoredTensor } from '../model/safetensors.ts';
import { type GptConfig, gptConfig } from './config.ts';
import { sizeOf } from './parameters.ts';
import { storeWeights, takeWeights } from './stored-weights.ts';

/** What the script recorded. */
export interface Reference {
  readonly config: GptConfig;
  readonly tokens: readonly (readonly number[])[];
  readonly segments: readonly (readonly number[])[];
  readonly predict: readonly (readonly number[])[];
  readonly adam: Readonly<Record<'lr' | 'beta1' | 'beta2' | 'epsilon' | 'weightDecay' | 'clip', number>>;
  readonly parameters: readonly string[];
  readonly hiddenStates: readonly (readonly number[])[];
  readonly logits: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly steps: readonly { readonly loss: number; readonly gradientNorm: number }[];
  readonly after: Readonly<Record<string, { readonly head: readonly number[]; readonly size: number }>>;
}

/** The models recorded: a Llama, one whose queries share keys, a GPT-2. */
export const REFERENCES = ['reference', 'reference-grouped', 'reference-gpt2'] as const;

/** Reads the recorded values. */
export function loadReference(name: (typeof REFERENCES)[number] = 'reference'): Reference {
  const raw = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as Reference;
  return { ...raw, config: gptConfig(raw.config) };
}

/** The weights of the formula in record.py: waves that differ by parameter, in the layout of files. */
export function referenceWeights({ config, parameters }: Reference): Map<string, Float32Array> {
  const shapes = new Map([...storeWeights(config, new Map())].map(([name, { shape }]) => [name, shape]));
  const stored = parameters.map((name, k): [string, StoredTensor] => {
    const shape = shapes.get(name)!;
    const wave = (i: number): number => Math.sin(1.7 * i + 0.3 * k + 0.001 * i * i);
    const level = name.endsWith('.bias') ? 0 : 1;
    const value = (i: number): number => (shape.length === 1 ? level + 0.1 * wave(i) : 0.4 * wave(i));
    return [name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, (_, i) => value(i)) }];
  });
  return takeWeights(config, new Map(stored), 'reference');
}
