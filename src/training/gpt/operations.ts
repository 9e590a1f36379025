/**
 * Operations of the GPT-2 shape whose reverse pass is worth writing by hand: products with a bias, GELU by the hyperbolic
 * tangent. Matrices are (N, C), one row per token; weights (out, in).
 */
import {
  accumulate,
  add,
  differentiable,
  emit,
  gemm,
  mul,
  reduceSum,
  reshape,
  scalar,
  scale,
  sub,
  type Tensor,
} from '../graph/index.ts';

/** x·Wᵀ + bias in one product; x (N, in), weight (out, in), bias (out). */
export function biasedProduct(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const y = emit('Gemm', [x, weight, bias], [x.shape[0]!, weight.shape[0]!], { attributes: { transB: 1 } });
  return differentiable(y, [x, weight, bias], (g) => [
    (sum) => gemm(g, weight, {}, sum),
    (sum) => gemm(g, x, { transA: true }, sum),
    accumulate(() => reshape(reduceSum(g, [0]), bias.shape)),
  ]);
}

/** ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))): GPT-2's GELU, `gelu_new`. After Hendrycks and Gimpel (2016). */
export function geluNew(x: Tensor): Tensor {
  const y = emit('Gelu', [x], x.shape, { attributes: { approximate: 'tanh' } });
  return differentiable(y, [x], (g) => [accumulate(() => mul(g, slope(x)))]);
}

/** With s = sigmoid(2u), y = x·s: y' = s·(1 + x·(1 − s)·2u'). */
function slope(x: Tensor): Tensor {
  const { graph } = x;
  const once = 2 * Math.sqrt(2 / Math.PI);
  const squares = mul(x, x);
  const affine = (factor: number): Tensor => add(scale(squares, factor * 0.044715 * once), scalar(graph, once));
  const s = emit('Sigmoid', [mul(x, affine(1))], x.shape);
  const rest = mul(mul(x, sub(scalar(graph, 1), s)), affine(3));
  return mul(s, add(rest, scalar(graph, 1)));
}
