/** Pictures (N, C, H, W) made larger or smaller by a whole factor. */
import { accumulate, scale } from './elementwise.ts';
import { constant, differentiable, emit, type Graph, type Shape, shapeBug, type Tensor } from './graph.ts';
import { fixed } from './reduce.ts';

/** Every pixel becomes factor × factor equal ones: (N, C, H·factor, W·factor). */
export function upsampleNearest(x: Tensor, factor: number): Tensor {
  const scales = constant(x.graph, 'f32', [4], Float32Array.of(1, 1, factor, factor));
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
  const y = emit('Resize', [x, undefined, scales], resized(x.shape, factor, factor), { attributes });
  return differentiable(y, [x], (g) => [accumulate(() => scale(averagePool(g, factor), factor * factor))]);
}

/** The mean of every factor × factor square: (N, C, H / factor, W / factor). Throws when the sizes do not divide. */
export function averagePool(x: Tensor, factor: number): Tensor {
  const shape = resized(x.shape, 1 / factor, 1 / factor);
  if (!shape.slice(2).every(Number.isInteger)) throw shapeBug('averagePool', `[${x.shape}] by ${factor}`);
  const attributes = { kernel_shape: [factor, factor], strides: [factor, factor] };
  const y = emit('AveragePool', [x], shape, { attributes });
  return differentiable(y, [x], (g) => [accumulate(() => scale(upsampleNearest(g, factor), 1 / (factor * factor)))]);
}

/** Linear interpolation between pixel centres, the border repeated (PyTorch's align_corners=False): (N, C, H·factor, W·factor). */
export function upsampleBilinear(x: Tensor, factor: number): Tensor {
  const [h, w] = [fixed(x.shape, 2), fixed(x.shape, 3)];
  return interpolate(x, interpolation(h, factor), interpolation(w, factor));
}

/** Every size × size square becomes the channels of one pixel, ordered (row, column, channel): (N, size²·C, H / size, W / size). */
export function spaceToDepth(x: Tensor, size: number): Tensor {
  const shape = resized(x.shape, 1 / size, 1 / size);
  if (!shape.slice(2).every(Number.isInteger)) throw shapeBug('spaceToDepth', `[${x.shape}] by ${size}`);
  const channels = fixed(x.shape, 1) * size * size;
  const y = emit('SpaceToDepth', [x], [shape[0]!, channels, shape[2]!, shape[3]!], { attributes: { blocksize: size } });
  return differentiable(y, [x], (g) => [accumulate(() => depthToSpace(g, size))]);
}

/** The inverse of `spaceToDepth`: (N, C / size², H·size, W·size). */
export function depthToSpace(x: Tensor, size: number): Tensor {
  const shape = resized(x.shape, size, size);
  const channels = fixed(x.shape, 1) / (size * size);
  if (!Number.isInteger(channels)) throw shapeBug('depthToSpace', `[${x.shape}] by ${size}`);
  const y = emit('DepthToSpace', [x], [shape[0]!, channels, shape[2]!, shape[3]!], { attributes: { blocksize: size } });
  return differentiable(y, [x], (g) => [accumulate(() => spaceToDepth(g, size))]);
}

/** Rows of a matrix, one for every output pixel. */
type Matrix = readonly (readonly number[])[];

/** rows · x · columnsᵀ for every channel; its own gradient with the matrices transposed. */
function interpolate(x: Tensor, rows: Matrix, columns: Matrix): Tensor {
  const left = matrix(x.graph, rows);
  const right = matrix(x.graph, transposed(columns));
  const [n, c, , w] = x.shape as [number, number, number, number];
  const tall = emit('MatMul', [left, x], [n, c, rows.length, w]);
  const y = emit('MatMul', [tall, right], [n, c, rows.length, columns.length]);
  return differentiable(y, [x], (g) => [accumulate(() => interpolate(g, transposed(rows), transposed(columns)))]);
}

/** Weights of `size` pixels for each of size · factor. */
function interpolation(size: number, factor: number): Matrix {
  return Array.from({ length: size * factor }, (_, i) => {
    const at = Math.max(0, (i + 0.5) / factor - 0.5);
    const [low, share] = [Math.floor(at), at - Math.floor(at)];
    const weights = new Array<number>(size).fill(0);
    weights[low]! += 1 - share;
    weights[Math.min(low + 1, size - 1)]! += share;
    return weights;
  });
}

function transposed(rows: Matrix): Matrix {
  return rows[0]!.map((_, j) => rows.map((row) => row[j]!));
}

function matrix(graph: Graph, rows: Matrix): Tensor {
  return constant(graph, 'f32', [rows.length, rows[0]!.length], Float32Array.from(rows.flat()));
}

function resized(shape: Shape, byHeight: number, byWidth: number): Shape {
  return [shape[0]!, shape[1]!, fixed(shape, 2) * byHeight, fixed(shape, 3) * byWidth];
}
