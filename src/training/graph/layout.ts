/** Operations that move elements without arithmetic: reshape, transpose, slice, concat, gather. */
import { accumulate, cast } from './elementwise.ts';
import {
  constant,
  type Dim,
  differentiable,
  emit,
  emitMany,
  integers,
  type Shape,
  shapeBug,
  type Tensor,
} from './graph.ts';
import { fixed } from './reduce.ts';

/** The same elements in another shape; at most one axis may have a name instead of a number. */
export function reshape(a: Tensor, shape: Shape): Tensor {
  const target = shape.map((dim) => (typeof dim === 'number' ? dim : -1));
  if (target.filter((dim) => dim === -1).length > 1) throw shapeBug('reshape', `[${shape}] has two unknown axes`);
  const y = emit('Reshape', [a, integers(a.graph, target)], shape);
  return differentiable(y, [a], (g) => [accumulate(() => reshape(g, a.shape))]);
}

/** The same elements in a shape given by the tensor `sizes` when the graph runs; `shape` only names it. No gradient. */
export function reshapeTo(a: Tensor, sizes: Tensor, shape: Shape): Tensor {
  return emit('Reshape', [a, sizes], shape);
}

/** Axes in another order: result axis i is input axis `order[i]`. */
export function transpose(a: Tensor, order: readonly number[]): Tensor {
  const y = emit(
    'Transpose',
    [a],
    order.map((axis) => a.shape[axis]!),
    { attributes: { perm: order } },
  );
  const back = order.map((_, axis) => order.indexOf(axis));
  return differentiable(y, [a], (g) => [accumulate(() => transpose(g, back))]);
}

/** The elements `from` ≤ i < `to` of one axis. */
export function slice(a: Tensor, axis: number, from: number, to: number): Tensor {
  const { graph } = a;
  const shape = a.shape.map((dim, i) => (i === axis ? to - from : dim));
  const y = emit('Slice', [a, integers(graph, [from]), integers(graph, [to]), integers(graph, [axis])], shape);
  return differentiable(y, [a], (g) => [accumulate(() => padAxis(g, axis, from, fixed(a.shape, axis) - to))]);
}

/** Zeros before and after the elements of one axis. */
export function padAxis(a: Tensor, axis: number, before: number, after: number): Tensor {
  const length = fixed(a.shape, axis);
  const shape = a.shape.map((dim, i) => (i === axis ? before + length + after : dim));
  const at = (count: number): number[] => shape.map((_, i) => (i === axis ? count : 0));
  const y = emit('Pad', [a, integers(a.graph, [...at(before), ...at(after)])], shape);
  return differentiable(y, [a], (g) => [accumulate(() => slice(g, axis, before, before + length))]);
}

/** Joins tensors along one axis. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const sizes = parts.map((part) => part.shape[axis]!);
  const whole: Dim = sizes.every((size) => typeof size === 'number')
    ? sizes.reduce((a, b) => a + b, 0)
    : sizes.join('+');
  const shape = parts[0]!.shape.map((dim, i) => (i === axis ? whole : dim));
  const y = emit('Concat', parts, shape, { attributes: { axis } });
  return differentiable(y, parts, (g) => {
    let offset = 0;
    return parts.map((part) => {
      const from = offset;
      offset += fixed(part.shape, axis);
      const to = offset;
      return accumulate(() => slice(g, axis, from, to));
    });
  });
}

/** Cuts the last axis into pieces of the given lengths, without a gradient. */
export function split(a: Tensor, lengths: readonly Dim[], axis: number, sizes: Tensor): Tensor[] {
  const shapes = lengths.map((length) => a.shape.map((dim, i) => (i === axis ? length : dim)));
  return emitMany('Split', [a, sizes], shapes, { attributes: { axis } });
}

/** Rows of a table (rows, C) by index (N): an embedding, (N, C). Indices may repeat. */
export function gather(table: Tensor, indices: Tensor): Tensor {
  const shape = [...indices.shape, ...table.shape.slice(1)];
  const y = emit('Gather', [table, indices], shape, { attributes: { axis: 0 } });
  return differentiable(y, [table], (g) => [(running) => scatterAdd(running ?? zeros(table), indices, g)]);
}

/** `into` with rows added at the given indices (N); repeated indices add up. */
export function scatterAdd(into: Tensor, indices: Tensor, rows: Tensor): Tensor {
  const where = reshape(cast(indices, 'i64'), [...indices.shape, 1]);
  const y = emit('ScatterND', [into, where, rows], into.shape, { attributes: { reduction: 'add' } });
  return differentiable(y, [into, rows], (g) => [accumulate(() => g), accumulate(() => gather(g, indices))]);
}

function zeros(like: Tensor): Tensor {
  const shape = like.shape.map((_, axis) => fixed(like.shape, axis));
  const target = constant(like.graph, 'i64', [shape.length], BigInt64Array.from(shape, BigInt));
  return emit('ConstantOfShape', [target], shape, { type: 'f32' });
}
