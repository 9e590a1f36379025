/**
 * An architecture of one's own in one file: a recurrent language model (GRU, Cho et al. 2014), unrolled over T steps.
 *
 *   ids ─▶ embedding ─▶ cell ─▶ cell ─▶ … ─▶ states (T·B, C) ─▶ loss over the same embedding
 *             start ─────▲  └─state─▲
 */
import { type Computation, graph, type Objective, type Parameter, type Parts } from '../../src/training/index.ts';

const { add, concat, constant, crossEntropy, gather, gemm, mul, sigmoid, slice, sub, tanh } = graph;
type Tensor = graph.Tensor;

/** Tokens V, width C, steps T, rows B. */
export interface GruSizes {
  readonly vocabSize: number;
  readonly width: number;
  readonly length: number;
  readonly rows: number;
}

/** What is learned. */
function parameters({ vocabSize: v, width: c }: GruSizes): Parameter[] {
  const start = { kind: 'normal', deviation: 1 / Math.sqrt(c) } as const;
  return [
    { name: 'embedding', shape: [v, c], start, kind: 'embedding' },
    { name: 'fromInput', shape: [3 * c, c], start, kind: 'matrix' },
    { name: 'fromState', shape: [3 * c, c], start, kind: 'matrix' },
    { name: 'bias', shape: [3 * c], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
}

/** One step: x and state (B, C) to the next state (B, C). */
function cell({ weight }: Parts, c: number, x: Tensor, state: Tensor): Tensor {
  const fromX = add(gemm(x, weight('fromInput'), { transB: true }), weight('bias')); // (B, 3C)
  const fromState = gemm(state, weight('fromState'), { transB: true }); // (B, 3C)
  const part = (values: Tensor, i: number): Tensor => slice(values, 1, i * c, (i + 1) * c);
  const keep = sigmoid(add(part(fromX, 0), part(fromState, 0)));
  const reset = sigmoid(add(part(fromX, 1), part(fromState, 1)));
  const fresh = tanh(add(part(fromX, 2), mul(reset, part(fromState, 2))));
  return add(fresh, mul(keep, sub(state, fresh)));
}

/** What is learned from: ids and targets (T·B), position by position, and the first state (B, C). */
export function gruObjective(sizes: GruSizes): Objective {
  const { width: c, length, rows } = sizes;
  const n = length * rows;
  return {
    name: 'gru',
    parameters: parameters(sizes),
    inputs: [
      { name: 'ids', type: 'i32', shape: [n] },
      { name: 'targets', type: 'i32', shape: [n] },
      { name: 'start', type: 'f32', shape: [rows, c] },
    ],
    build: (parts) => {
      const x = gather(parts.weight('embedding'), parts.input('ids')); // (T·B, C)
      const states: Tensor[] = [];
      for (let t = 0; t < length; t++) {
        states.push(cell(parts, c, slice(x, 0, t * rows, (t + 1) * rows), states.at(-1) ?? parts.input('start')));
      }
      const mean = constant(x.graph, 'f32', [n], new Float32Array(n).fill(1 / n));
      return { loss: crossEntropy(concat(states, 0), parts.weight('embedding'), parts.input('targets'), mean) };
    },
  };
}

/** What writes: one token and a state give the logits of the next token and the next state. */
export function gruStep(sizes: GruSizes): Computation {
  const c = sizes.width;
  return {
    name: 'gru step',
    parameters: parameters(sizes),
    inputs: [
      { name: 'id', type: 'i32', shape: [1] },
      { name: 'state', type: 'f32', shape: [1, c] },
    ],
    build: (parts) => {
      const state = cell(parts, c, gather(parts.weight('embedding'), parts.input('id')), parts.input('state'));
      return { state, logits: gemm(state, parts.weight('embedding'), { transB: true }) };
    },
  };
}
