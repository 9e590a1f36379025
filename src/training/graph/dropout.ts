/** Dropout with noise that is fed, so that a step can be repeated. */
import { add, cast, greater, mul, neg, scale } from './elementwise.ts';
import { scalar, type Tensor } from './graph.ts';

/** x / (1 − rate) where `noise` (the shape of x, even in [0, 1)) is at least `rate`, else 0. After Srivastava et al. (2014). */
export function dropout(x: Tensor, rate: number, noise: Tensor): Tensor {
  if (rate === 0) return x;
  const falls = cast(greater(scalar(x.graph, rate), noise), 'f32');
  return mul(x, scale(add(neg(falls), scalar(x.graph, 1)), 1 / (1 - rate)));
}
