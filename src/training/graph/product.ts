/** Matrix products: `gemm` for two matrices, `matmul` for stacks of them. */
import { accumulate } from './elementwise.ts';
import { differentiable, emit, type Shape, shapeBug, type Tensor } from './graph.ts';

/** Which operands are turned over before multiplying, and a factor on the product. */
export interface ProductOptions {
  readonly transA?: boolean;
  readonly transB?: boolean;
  /** Default 1. */
  readonly alpha?: number;
}

/** α · A'·B' + running for matrices; A' is (M, K), B' is (K, N). */
export function gemm(a: Tensor, b: Tensor, options: ProductOptions = {}, running?: Tensor): Tensor {
  const { transA = false, transB = false, alpha = 1 } = options;
  const [m, k] = transA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const [k2, n] = transB ? [b.shape[1]!, b.shape[0]!] : [b.shape[0]!, b.shape[1]!];
  if (k !== k2) throw shapeBug('gemm', `[${a.shape}] and [${b.shape}] (transA ${transA}, transB ${transB})`);
  const attributes = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
  const y = emit('Gemm', running ? [a, b, running] : [a, b], [m, n], { attributes });
  return differentiable(y, running ? [a, b, running] : [a, b], (g) => [
    (sum) =>
      transA ? gemm(b, g, { transA: transB, transB: true, alpha }, sum) : gemm(g, b, { transB: !transB, alpha }, sum),
    (sum) =>
      transB ? gemm(g, a, { transA: true, transB: transA, alpha }, sum) : gemm(a, g, { transA: !transA, alpha }, sum),
    accumulate(() => g),
  ]);
}

/** Options of the batched product that ONNX Runtime fuses with transpositions. */
export interface FusedProductOptions extends ProductOptions {
  /** A comes as (M, …batch, K) instead of (…batch, M, K). */
  readonly transBatchA?: boolean;
  /** B comes as (K, …batch, N) instead of (…batch, K, N). */
  readonly transBatchB?: boolean;
}

/** α · A'·B' over equal batch axes; the shape is (…batch, M, N). No gradient is recorded: see `matmul`. */
export function fusedMatmul(a: Tensor, b: Tensor, options: FusedProductOptions = {}): Tensor {
  const { transA = false, transB = false, transBatchA = false, transBatchB = false, alpha = 1 } = options;
  const left = matrixShape(a.shape, transBatchA, transA);
  const right = matrixShape(b.shape, transBatchB, transB);
  if (left.at(-1) !== right.at(-2)) throw shapeBug('matmul', `[${a.shape}] and [${b.shape}]`);
  const attributes = {
    transA: Number(transA),
    transB: Number(transB),
    transBatchA: Number(transBatchA),
    transBatchB: Number(transBatchB),
    alpha: { float: alpha },
  };
  return emit('FusedMatMul', [a, b], [...left.slice(0, -1), right.at(-1)!], { domain: 'com.microsoft', attributes });
}

/** Batched product A'·B' (…batch, M, N) of tensors with equal batch axes. */
export function matmul(a: Tensor, b: Tensor, options: ProductOptions = {}): Tensor {
  const { transA = false, transB = false, alpha = 1 } = options;
  const y = fusedMatmul(a, b, options);
  return differentiable(y, [a, b], (g) => [
    accumulate(() =>
      transA ? matmul(b, g, { transA: transB, transB: true, alpha }) : matmul(g, b, { transB: !transB, alpha }),
    ),
    accumulate(() =>
      transB ? matmul(g, a, { transA: true, transB: transA, alpha }) : matmul(a, g, { transA: !transA, alpha }),
    ),
  ]);
}

function matrixShape(shape: Shape, transBatch: boolean, trans: boolean): Shape {
  const ordered = transBatch ? [...shape.slice(1, -1), shape[0]!, shape.at(-1)!] : shape;
  if (!trans) return ordered;
  return [...ordered.slice(0, -2), ordered.at(-1)!, ordered.at(-2)!];
}
