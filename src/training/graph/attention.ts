/** Attention over heads that lie batch-major, as networks for pictures and encoders have them. */
import { add } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { matmul } from './product.ts';
import { fixed, softmax } from './reduce.ts';

/**
 * softmax(q·kᵀ / √D + bias)·v; q (B, H, T, D), k and v (B, H, S, D), result (B, H, T, D). `bias` broadcasts to (B, H, T, S):
 * −1e9 where nothing is to be seen, or learned. After Vaswani et al. (2017).
 */
export function attend(q: Tensor, k: Tensor, v: Tensor, bias?: Tensor): Tensor {
  const scores = matmul(q, k, { transB: true, alpha: 1 / Math.sqrt(fixed(q.shape, -1)) });
  return matmul(softmax(bias ? add(scores, bias) : scores), v);
}
