/**
 * Layers that bring a group of numbers to mean 0 and deviation 1. Reverse passes share one shape: with x̂ = (x − mean)·r and
 * g′ = g·weight, dx = r·(g′ − mean(g′) − x̂·mean(g′·x̂)), written out so that the picture-sized work is one product each
 * for g and x. When the reverse pass is itself recorded, mean and r are built again from differentiable operations.
 */
import { accumulate, add, div, mul, neg, scale, sqrt, sub } from './elementwise.ts';
import { differentiable, emit, emitMany, integers, scalar, shapeBug, type Tensor } from './graph.ts';
import { reshape } from './layout.ts';
import { fixed, reduceMean, reduceSum } from './reduce.ts';
import { unrecorded } from './unrecorded.ts';

/** (x − mean) / √(variance + ε) · weight + bias over the last axis; x (…, C), weight and bias, if any, (C). After Ba, Kiros and Hinton (2016). */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor | undefined, epsilon: number): Tensor {
  const last = x.shape.length - 1;
  const narrow = [...x.shape.slice(0, -1), 1];
  const attributes = { axis: -1, epsilon: { float: epsilon } };
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const [y, mean, inverse] = emitMany('LayerNormalization', inputs, [x.shape, narrow, narrow], { attributes });
  const rows = x.shape.slice(0, -1).map((_, axis) => axis);
  const toVector = (full: Tensor): Tensor => reshape(reduceSum(full, rows), weight.shape);
  return differentiable(y!, inputs, (g) => {
    const { mean: m, inverse: r } = x.graph.recording
      ? statistics(x, last, epsilon)
      : { mean: mean!, inverse: inverse! };
    const straight = mul(sub(x, m), r); // x̂
    const toX = (): Tensor => {
      const gw = mul(g, weight);
      const pull = reduceMean(mul(gw, straight), [last]);
      return mul(sub(sub(gw, reduceMean(gw, [last])), mul(straight, pull)), r);
    };
    return [accumulate(toX), accumulate(() => toVector(mul(g, straight))), accumulate(() => toVector(g))];
  });
}

/**
 * Every picture's channels in `groups` equal groups, each brought to mean 0 and deviation 1, then · weight + bias by channel;
 * x (N, C, H, W), weight and bias (C). After Wu and He (2018).
 */
export function groupNorm(x: Tensor, groups: number, weight: Tensor, bias: Tensor, epsilon: number): Tensor {
  const [n, c, h, w] = x.shape.map((_, axis) => fixed(x.shape, axis)) as [number, number, number, number];
  if (c % groups !== 0) throw shapeBug('groupNorm', `${c} channels in ${groups} groups`);
  const sizes: GroupSizes = { n, c, h, w, groups };
  const found = unrecorded(x.graph, () => groupStatistics(x, sizes, epsilon));
  const y = unrecorded(x.graph, () => {
    const slope = mul(found.inverse, byGroup(weight, sizes)); // (N, G, C/G)
    const start = sub(byGroup(bias, sizes), mul(slope, found.mean));
    return add(mul(x, byChannel(slope, sizes)), byChannel(start, sizes));
  });
  return differentiable(y, [x, weight, bias], (g) => {
    const { mean, inverse } = x.graph.recording ? groupStatistics(x, sizes, epsilon) : found;
    const sum = channelSums(g, sizes); // (N, G, C/G)
    const straight = mul(sub(channelSums(mul(g, x), sizes), mul(sum, mean)), inverse); // Σ g·x̂ by channel
    const toVector = (sums: Tensor): Tensor => reshape(reduceSum(sums, [0]), [c]);
    return [
      accumulate(() => groupNormToPicture(x, g, { weight, mean, inverse, sum, straight, sizes })),
      accumulate(() => toVector(straight)),
      accumulate(() => toVector(sum)),
    ];
  });
}

interface GroupSizes {
  readonly n: number;
  readonly c: number;
  readonly h: number;
  readonly w: number;
  readonly groups: number;
}

interface GroupBackward {
  readonly weight: Tensor;
  readonly mean: Tensor;
  readonly inverse: Tensor;
  /** Σ g and Σ g·x̂ over each channel of each picture, (N, G, C/G). */
  readonly sum: Tensor;
  readonly straight: Tensor;
  readonly sizes: GroupSizes;
}

/** dx = g·(r·weight) + x·a + b with a and b one number for each group. */
function groupNormToPicture(x: Tensor, g: Tensor, parts: GroupBackward): Tensor {
  const { weight, mean, inverse, sum, straight, sizes } = parts;
  const size = (sizes.c / sizes.groups) * sizes.h * sizes.w;
  const weights = byGroup(weight, sizes);
  const middle = scale(reduceSum(mul(sum, weights), [2]), 1 / size); // mean of g′, (N, G, 1)
  const pull = scale(reduceSum(mul(straight, weights), [2]), 1 / size); // mean of g′·x̂
  const onPicture = neg(mul(mul(inverse, inverse), pull));
  const rest = neg(add(mul(onPicture, mean), mul(inverse, middle)));
  const flat = reshape(x, [sizes.n, sizes.groups, size]);
  const ofGroups = reshape(add(mul(flat, onPicture), rest), [sizes.n, sizes.c, sizes.h, sizes.w]);
  return add(mul(g, byChannel(mul(inverse, weights), sizes)), ofGroups);
}

function groupStatistics(x: Tensor, { n, c, h, w, groups }: GroupSizes, epsilon: number) {
  return statistics(reshape(x, [n, groups, (c / groups) * h * w]), 2, epsilon); // (N, G, 1)
}

function channelSums(x: Tensor, { n, c, groups }: GroupSizes): Tensor {
  return reshape(reduceSum(x, [2, 3]), [n, groups, c / groups]);
}

function byGroup(vector: Tensor, { c, groups }: GroupSizes): Tensor {
  return reshape(vector, [1, groups, c / groups]);
}

function byChannel(values: Tensor, { n, c }: GroupSizes): Tensor {
  return reshape(values, [n, c, 1, 1]);
}

/** Mean and 1 / √(variance + ε) over one axis, which stays as length 1. */
function statistics(x: Tensor, axis: number, epsilon: number): { mean: Tensor; inverse: Tensor } {
  const mean = reduceMean(x, [axis]);
  const centred = sub(x, mean);
  const variance = x.graph.recording ? reduceMean(mul(centred, centred), [axis]) : meanOfSquares(centred, axis);
  return { mean, inverse: div(scalar(x.graph, 1), sqrt(add(variance, scalar(x.graph, epsilon)))) };
}

/** As `reduceMean` of the squares, in one pass and without a gradient. */
function meanOfSquares(x: Tensor, axis: number): Tensor {
  const shape = x.shape.map((dim, i) => (i === axis ? 1 : dim));
  const sum = emit('ReduceSumSquare', [x, integers(x.graph, [axis])], shape, { attributes: { keepdims: 1 } });
  return scale(sum, 1 / fixed(x.shape, axis));
}
