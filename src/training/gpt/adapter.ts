/**
 * LoRA (Hu et al., 2021): beside a frozen matrix W (out, in) two narrow ones are learned,
 *
 *   y = x·Wᵀ + alpha / rank · drop(x)·Aᵀ·Bᵀ      A (rank, in) starts small, B (out, rank) starts at 0
 *
 * so that a model changes by few numbers, many changes share one base, and W + alpha / rank · B·A is an ordinary model
 * again. Names are those of PEFT's adapters; adapter-folder.ts reads and writes them.
 */
import { add, fixed, gemm, mul, slice, type Tensor } from '../graph/index.ts';
import type { Parameter, Parameters } from '../learn/index.ts';
import { refusal } from '../refusal.ts';
import type { BatchShape } from './batch.ts';
import type { BatchNetworkParts } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import type { DropoutSite } from './dropout.ts';
import { gptParameters, type Weights } from './parameters.ts';
import { shapeOf } from './shape.ts';

/** What an adapter changes and by how many numbers. */
export interface AdapterOptions {
  /** Width of the narrow matrices. */
  readonly rank: number;
  /** The change is multiplied with alpha / rank. Default: twice the rank. */
  readonly alpha?: number;
  /** Share of what goes into A that is dropped while learning. Default 0. */
  readonly dropout?: number;
  /** Endings of the names of the matrices that change, such as `q_proj` or `c_attn`. Default: all of the shape. */
  readonly targets?: readonly string[];
}

/** The matrices of a model that an adapter changes; throws `training/bad-adapter` when there are none. */
export function adaptedMatrices(config: GptConfig, options: AdapterOptions): Parameter[] {
  const targets = options.targets ?? shapeOf(config).targets;
  const matrices = gptParameters(config).filter(({ kind }) => kind === 'matrix');
  const missing = targets.find((target) => !matrices.some(({ name }) => isTarget(name, target)));
  if (missing === undefined && targets.length > 0 && Number.isInteger(options.rank) && options.rank > 0) {
    return matrices.filter(({ name }) => targets.some((target) => isTarget(name, target)));
  }
  const reason =
    missing === undefined
      ? {
          en: `rank ${options.rank} on ${targets.length} kinds of matrix`,
          zh: `秩 ${options.rank}，目标矩阵 ${targets.length} 种`,
        }
      : { en: `the model has no matrix '${missing}'`, zh: `模型没有名为“${missing}”的矩阵` };
  throw badAdapter(reason);
}

/** The learned matrices, A and B for each matrix that changes. */
export function adapterParameters(config: GptConfig, options: AdapterOptions): Parameter[] {
  return adaptedMatrices(config, options).flatMap(({ name, shape }): Parameter[] => {
    const [height, width] = shape as [number, number];
    const { first, second } = adapterNames(name);
    return [
      { name: first, shape: [options.rank, width], start: { kind: 'uniform', bound: width ** -0.5 }, kind: 'matrix' },
      { name: second, shape: [height, options.rank], start: { kind: 'constant', value: 0 }, kind: 'matrix' },
    ];
  });
}

/** Where an adapter drops something: before each A. */
export function adapterSites(config: GptConfig, { rows, length }: BatchShape, options: AdapterOptions): DropoutSite[] {
  const { dropout = 0 } = options;
  if (dropout === 0) return [];
  return adaptedMatrices(config, options).map(({ name, shape }) => ({
    input: { name: noiseName(name), type: 'f32', shape: [rows * length, shape[1]!] },
    rate: dropout,
  }));
}

/** Adds the change to the products of a network. */
export function adapt(
  options: AdapterOptions,
  config: GptConfig,
  weight: (name: string) => Tensor,
  input: (name: string) => Tensor,
): NonNullable<BatchNetworkParts['adapt']> {
  const changed = new Set(adaptedMatrices(config, options).map(({ name }) => name));
  const noisy = (options.dropout ?? 0) > 0;
  const narrow = new Map<string, Tensor>();
  return (y, x, name, piece, pieces) => {
    if (!changed.has(name)) return y;
    const { first, second } = adapterNames(name);
    const dropped = (): Tensor => (noisy ? mul(x, input(noiseName(name))) : x);
    // the pieces of one matrix share the narrow product (N, rank); a layer that is computed again has another x
    const key = `${name} ${x.name}`;
    const inner = narrow.get(key) ?? gemm(dropped(), weight(first), { transB: true });
    narrow.set(key, inner);
    const b = weight(second);
    const size = fixed(b.shape, 0) / pieces;
    const part = pieces === 1 ? b : slice(b, 0, piece * size, (piece + 1) * size);
    return add(y, gemm(inner, part, { transB: true, alpha: strength(options) }));
  };
}

/** The base with the adapter's change worked in; arrays that do not change are shared with the base. */
export function mergeAdapter(
  config: GptConfig,
  base: Weights,
  adapter: Parameters,
  options: AdapterOptions,
): Map<string, Float32Array> {
  const merged = new Map(base);
  for (const { name, shape } of adaptedMatrices(config, options)) {
    const { first, second } = adapterNames(name);
    const [height, width] = shape as [number, number];
    const [a, b] = [adapter.get(first)!, adapter.get(second)!];
    const next = Float32Array.from(base.get(name)!);
    for (let row = 0; row < height; row++) {
      for (let r = 0; r < options.rank; r++) {
        const factor = strength(options) * b[row * options.rank + r]!;
        for (let i = 0; i < width; i++) next[row * width + i]! += factor * a[r * width + i]!;
      }
    }
    merged.set(name, next);
  }
  return merged;
}

/** The names of A and B beside a matrix. */
export function adapterNames(weight: string): { readonly first: string; readonly second: string } {
  const module = `base_model.model.${weight.replace(/\.weight$/, '')}`;
  return { first: `${module}.lora_A.weight`, second: `${module}.lora_B.weight` };
}

/** The error of an adapter that cannot be used. */
export function badAdapter(reason: { readonly en: string; readonly zh: string }, source?: string): Error {
  const [en, zh] = source ? [`The adapter '${source}'`, `适配器“${source}”`] : ['The adapter', '该适配器'];
  return refusal(
    'input',
    'training/bad-adapter',
    { en: `${en} cannot be used: ${reason.en}.`, zh: `${zh}无法使用：${reason.zh}。` },
    {
      en: 'Use a LoRA adapter made for this model, with a rank of 1 or more and matrices that the model has.',
      zh: '请使用为该模型制作的 LoRA 适配器，秩至少为 1，目标矩阵须存在于模型中。',
    },
  );
}

function strength({ rank, alpha = 2 * rank }: AdapterOptions): number {
  return alpha / rank;
}

function noiseName(weight: string): string {
  return `noise:adapter.${weight}`;
}

function isTarget(name: string, target: string): boolean {
  return name.endsWith(`.${target}.weight`);
}
