/**
 * Operations of the GPT-2 shape whose reverse pass is worth writing by hand: products with a bias, LayerNorm with an
 * optional bias, GELU by the hyperbolic tangent. Matrices are (N, C), one row per token.
 */
import {
  accumulate,
  add,
  differentiable,
  emit,
  emitMany,
  fixed,
  gemm,
  mul,
  type ProductOptions,
  reduceSum,
  reshape,
  scalar,
  scale,
  sub,
  type Tensor,
} from '../graph/index.ts';

/** x·W' + bias in one product; x (N, in), W' (in, out) after `transB`, bias (out). */
export function biasedProduct(x: Tensor, weight: Tensor, bias: Tensor, options: ProductOptions = {}): Tensor {
  const { transB = false } = options;
  const shape = [x.shape[0]!, weight.shape[transB ? 0 : 1]!];
  const y = emit('Gemm', [x, weight, bias], shape, { attributes: { transB: Number(transB) } });
  return differentiable(y, [x, weight, bias], (g) => [
    (sum) => gemm(g, weight, { transB: !transB }, sum),
    (sum) => (transB ? gemm(g, x, { transA: true }, sum) : gemm(x, g, { transA: true }, sum)),
    accumulate(() => reshape(reduceSum(g, [0]), bias.shape)),
  ]);
}

/** (x − mean) / √(variance + ε) · weight + bias over the last axis; x (N, C). After Ba, Kiros and Hinton (2016). */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor | undefined, epsilon: number): Tensor {
  const narrow = [...x.shape.slice(0, -1), 1];
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  const [y, mean, inverse] = emitMany('LayerNormalization', inputs, [x.shape, narrow, narrow], { attributes });
  const last = x.shape.length - 1;
  const width = fixed(x.shape, -1);
  return differentiable(y!, inputs, (g) => {
    const centred = mul(sub(x, mean!), inverse!); // (N, C)
    const toX = (): Tensor => {
      const gw = mul(g, weight);
      const pull = scale(reduceSum(mul(gw, centred), [last]), 1 / width); // (N, 1)
      const level = scale(reduceSum(gw, [last]), 1 / width); // (N, 1)
      return mul(sub(sub(gw, level), mul(centred, pull)), inverse!);
    };
    const overRows = (value: Tensor): Tensor => reshape(reduceSum(value, [0]), weight.shape);
    return [accumulate(toX), accumulate(() => overRows(mul(g, centred))), accumulate(() => overRows(g))];
  });
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
