/** Operations that gather along an axis: sums, means, softmax. */
import { accumulate, broadcastLike, mul, scale, sub } from './elementwise.ts';
import { differentiable, emit, integers, type Shape, shapeBug, type Tensor } from './graph.ts';

/** Sum over axes, which stay as length 1. */
export function reduceSum(a: Tensor, axes: readonly number[]): Tensor {
  const y = emit('ReduceSum', [a, integers(a.graph, axes)], reduced(a.shape, axes), { attributes: { keepdims: 1 } });
  return differentiable(y, [a], (g) => [accumulate(() => broadcastLike(g, a))]);
}

/** Mean over axes of fixed length, which stay as length 1. */
export function reduceMean(a: Tensor, axes: readonly number[]): Tensor {
  return scale(reduceSum(a, axes), 1 / axes.reduce((size, axis) => size * fixed(a.shape, axis), 1));
}

/** Sum of squares over everything, a scalar, without a gradient. */
export function sumOfSquares(a: Tensor): Tensor {
  return emit('ReduceSumSquare', [a], [], { attributes: { keepdims: 0 } });
}

/** Softmax over the last axis. */
export function softmax(a: Tensor): Tensor {
  const y = emit('Softmax', [a], a.shape, { attributes: { axis: -1 } });
  const last = a.shape.length - 1;
  return differentiable(y, [a], (g) => [accumulate(() => mul(y, sub(g, reduceSum(mul(g, y), [last]))))]);
}

/** Logarithm of softmax over the last axis, without a gradient. */
export function logSoftmax(a: Tensor): Tensor {
  return emit('LogSoftmax', [a], a.shape, { attributes: { axis: -1 } });
}

/** Repeats length-1 axes up to a fixed shape. */
export function expand(a: Tensor, shape: Shape): Tensor {
  if (a.shape.length === shape.length && a.shape.every((dim, i) => dim === shape[i])) return a;
  const target = shape.map((_, axis) => fixed(shape, axis));
  const y = emit('Expand', [a, integers(a.graph, target)], shape);
  const axes = shape.flatMap((dim, i) => (a.shape[i] === 1 && dim !== 1 ? [i] : []));
  return differentiable(y, [a], (g) => [accumulate(() => reduceSum(g, axes))]);
}

/** The length of an axis that must be a number. */
export function fixed(shape: Shape, axis: number): number {
  const dim = shape.at(axis);
  if (typeof dim !== 'number') throw shapeBug('fixed length', `axis ${axis} of [${shape}] is not a number`);
  return dim;
}

function reduced(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((dim, i) => (axes.includes(i) ? 1 : dim));
}
