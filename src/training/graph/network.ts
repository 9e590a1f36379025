/**
 * The layers of a Llama-shaped network whose reverse pass is worth writing by hand: RMSNorm, rotary positions,
 * attention, cross-entropy over a large vocabulary. Tokens run time-major: row t·B + b of a matrix (N, C) is position t
 * of sequence b, so that attention needs no transposition of its inputs (T, B, H, D).
 */
import { accumulate, cast, log, maximum, mul, neg, scale, sub } from './elementwise.ts';
import { constant, differentiable, emit, emitMany, type Graph, integers, scalar, type Tensor } from './graph.ts';
import { gather, reshape, scatterAdd, transpose } from './layout.ts';
import { fusedMatmul, gemm } from './product.ts';
import { fixed, logSoftmax, reduceSum } from './reduce.ts';

/** x / √(mean(x²) + ε) · weight over the last axis; x (N, C), weight (C). After Zhang and Sennrich (2019). */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon: number): Tensor {
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  const narrow = [...x.shape.slice(0, -1), 1];
  const [y, inverse] = emitMany('SimplifiedLayerNormalization', [x, weight], [x.shape, narrow], { attributes });
  const r = inverse!; // (N, 1)
  const width = fixed(x.shape, -1);
  return differentiable(y!, [x, weight], (g) => {
    const toX = (): Tensor => {
      const gw = mul(g, weight);
      const pull = scale(mul(reduceSum(mul(gw, x), [x.shape.length - 1]), mul(r, mul(r, r))), 1 / width); // (N, 1)
      return sub(mul(gw, r), mul(x, pull));
    };
    const toWeight = (): Tensor => reshape(reduceSum(mul(g, mul(x, r)), [0]), weight.shape);
    return [accumulate(toX), accumulate(toWeight)];
  });
}

/** Cosines and sines by position, (length, headSize / 2), and their mirror image for the reverse pass. */
export interface RotaryTable {
  readonly cos: Tensor;
  readonly sin: Tensor;
  readonly minusSin: Tensor;
}

/** The rotary table of Llama: angle = position · theta^(−2i / headSize). */
export function rotaryTable(graph: Graph, length: number, headSize: number, theta: number): RotaryTable {
  const half = headSize / 2;
  const angles = Float64Array.from({ length: length * half }, (_, i) => {
    // Frequencies are rounded to 32 bits before the product, as the reference does.
    const frequency = Math.fround(1 / Math.fround(theta ** ((2 * (i % half)) / headSize)));
    return Math.fround(Math.floor(i / half) * frequency);
  });
  const table = (f: (angle: number) => number): Tensor =>
    constant(graph, 'f32', [length, half], Float32Array.from(angles, f));
  return { cos: table(Math.cos), sin: table(Math.sin), minusSin: table((angle) => -Math.sin(angle)) };
}

/** Turns pairs (i, i + headSize/2) of every head of x (N, H·D) by the angle of its position (N), 64-bit. */
export function rotary(x: Tensor, positions: Tensor, table: RotaryTable): Tensor {
  const turn = (value: Tensor, sin: Tensor): Tensor => {
    const [n, c] = [x.shape[0]!, x.shape[1]!];
    const flat = emit('Reshape', [value, integers(x.graph, [-1, 1, fixed(x.shape, 1)])], [n, 1, c]);
    const places = emit('Reshape', [positions, integers(x.graph, [-1, 1])], [n, 1], { type: 'i64' });
    const turned = emit('RotaryEmbedding', [flat, places, table.cos, sin], [n, 1, c], { domain: 'com.microsoft' });
    return emit('Reshape', [turned, integers(x.graph, [-1, fixed(x.shape, 1)])], x.shape);
  };
  return differentiable(turn(x, table.sin), [x], (g) => [accumulate(() => turn(g, table.minusSin))]);
}

/**
 * (noise ∘ softmax(q·kᵀ / √D + bias))·v; q, k, v (T, B, H, D), bias (B, 1, T, T), result (T, B, H, D). `noise`
 * (B, H, T, T), for dropout, has no gradient. The reverse pass is P ∘ (noise ∘ dP − rowsum(dO ∘ O)), which never needs
 * the scores themselves.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor, noise?: Tensor): Tensor {
  const [t, b, h, d] = q.shape.map((_, axis) => fixed(q.shape, axis)) as [number, number, number, number];
  const alpha = 1 / Math.sqrt(d);
  const scores = fusedMatmul(q, k, { transBatchA: true, transBatchB: true, transB: true, alpha }); // (B, H, T, T)
  const masked = emit('Add', [scores, bias], scores.shape);
  const p = emit('Softmax', [masked], scores.shape, { attributes: { axis: -1 } });
  const forth = (value: Tensor): Tensor =>
    emit('Transpose', [value], [t, b, h, d], { attributes: { perm: [2, 0, 1, 3] } });
  const noisy = (value: Tensor): Tensor => (noise ? emit('Mul', [value, noise], value.shape) : value);
  const seen = noisy(p);
  const o = forth(fusedMatmul(seen, v, { transBatchB: true })); // (B, H, T, D) → (T, B, H, D)
  return differentiable(o, [q, k, v], (g) => {
    const pull = transpose(reduceSum(mul(g, o), [3]), [1, 2, 0, 3]); // (B, H, T, 1)
    const dp = noisy(fusedMatmul(g, v, { transBatchA: true, transBatchB: true, transB: true })); // (B, H, T, T)
    const ds = mul(p, sub(dp, pull));
    return [
      accumulate(() => forth(fusedMatmul(ds, k, { transBatchB: true, alpha }))),
      accumulate(() => forth(fusedMatmul(ds, q, { transA: true, transBatchB: true, alpha }))),
      accumulate(() => forth(fusedMatmul(seen, g, { transA: true, transBatchB: true }))),
    ];
  });
}

/**
 * Σ weightₙ · −ln P(targetₙ) with P = softmax(x·tableᵀ); x (N, C), table (V, C), targets (N) of type i32, weights (N).
 * softmax − one-hot is never built: dX = w ∘ (P·E − E[target]), dE = Pᵀ·(w ∘ X) − scatter(w ∘ X at target).
 * A probability below 1e-37 counts as 1e-37 in the value (85 nats); the gradient stays exact.
 */
export function crossEntropy(x: Tensor, table: Tensor, targets: Tensor, weights: Tensor): Tensor {
  const n = x.shape[0]!;
  const logits = emit('Gemm', [x, table], [n, table.shape[0]!], { attributes: { transB: 1 } });
  const p = emit('Softmax', [logits], logits.shape, { attributes: { axis: -1 } });
  const column = reshape(targets, [n, 1]);
  const chosen = emit('GatherElements', [p, column], [n, 1], { attributes: { axis: 1 } });
  const w = reshape(weights, [n, 1]);
  const nll = mul(w, neg(log(maximum(chosen, scalar(x.graph, 1e-37)))));
  const loss = emit('ReduceSum', [nll], [], { attributes: { keepdims: 0 } });
  return differentiable(loss, [x, table], (g) => {
    const gw = mul(w, g);
    return [
      accumulate(() => mul(gw, sub(gemm(p, table), gather(table, targets)))),
      (running) => {
        const pulled = mul(gw, x);
        return scatterAdd(gemm(p, pulled, { transA: true }, running), targets, neg(pulled));
      },
    ];
  });
}

/**
 * ln P(targetₙ) with P = softmax(x·tableᵀ), (N, 1); x (N, C), table (V, C), targets (N) of type i32. The reverse pass is that
 * of `crossEntropy`, and so is the floor of 1e-37 on a probability.
 */
export function targetLogProbability(x: Tensor, table: Tensor, targets: Tensor): Tensor {
  const n = x.shape[0]!;
  const logits = emit('Gemm', [x, table], [n, table.shape[0]!], { attributes: { transB: 1 } });
  const p = emit('Softmax', [logits], logits.shape, { attributes: { axis: -1 } });
  const chosen = emit('GatherElements', [p, reshape(targets, [n, 1])], [n, 1], { attributes: { axis: 1 } });
  const y = emit('Log', [maximum(chosen, scalar(x.graph, 1e-37))], [n, 1]);
  return differentiable(y, [x, table], (g) => [
    accumulate(() => mul(g, sub(gather(table, targets), gemm(p, table)))),
    (running) => {
      const pulled = mul(g, x);
      return scatterAdd(gemm(p, neg(pulled), { transA: true }, running), targets, pulled);
    },
  ]);
}

/** ln P(targetₙ) with P = softmax(logits); logits (N, V), targets (N) of type i32, result (N, 1). No gradient. */
export function logProbability(logits: Tensor, targets: Tensor): Tensor {
  const n = logits.shape[0]!;
  const column = reshape(cast(targets, 'i64'), [n, 1]);
  return emit('GatherElements', [logSoftmax(logits), column], [n, 1], { attributes: { axis: 1 } });
}
