/**
 * The gradient of a convolution for its kernel, as one matrix product for every place of the kernel. Two ways, by size,
 * in GFLOP/s of processor time on one thread (batch 8, 3×3, PyTorch beside):
 *
 *                       64 ch, 32×32   128 ch, 16×16   192 ch, 8×8
 *   batched products    114            117              77
 *   channels last        78            124             120
 *   PyTorch             104            170             147
 *
 * Tried and slower: all cuts joined for one product (84, 97, 57), shifts of flattened rows channels last (80, 105, 81),
 * channel-major (114, 116, 89) and batched (115, 117, 75).
 */
import { emit, integers, type Shape, type Tensor } from './graph.ts';
import { fusedMatmul } from './product.ts';
import { fixed } from './reduce.ts';

/** The sizes that tie x, w and y together. */
export interface ConvolutionSizes {
  readonly stride: number;
  readonly padding: number;
  /** Shape of x, (N, C, H, W). */
  readonly picture: Shape;
  /** Shape of w, (O, C, kh, kw). */
  readonly kernel: Shape;
}

/** Up to so many pixels of y, channels last is faster. */
const FEW_PLACES = 256;

/**
 * x (N, C, H, W) and y (N, O, H', W') ─▶ (O, C, kh, kw). For each place (i, j) of the kernel, x is cut to what that place
 * saw, and multiplied with y. The textbook way, a Conv with batch and channels exchanged, reaches a third of the speed.
 */
export function kernelGradientOf(x: Tensor, y: Tensor, sizes: ConvolutionSizes): Tensor {
  const [o, c, kh, kw] = sizes.kernel.map((_, axis) => fixed(sizes.kernel, axis)) as [number, number, number, number];
  const places = fixed(y.shape, 2) * fixed(y.shape, 3);
  if (places <= FEW_PLACES && typeof x.shape[0] === 'number' && o > 1 && c > 1) return channelsLast(x, y, sizes);
  const seen = padded(x, sizes.padding);
  const flat = rows(y, o, places);
  const parts = Array.from({ length: kh * kw }, (_, at) => {
    const cut = rows(window(seen, y, Math.floor(at / kw), at % kw, sizes.stride), c, places);
    const each = fusedMatmul(flat, cut, { transB: true }); // (N, O, C)
    return emit('ReduceSum', [each, integers(x.graph, [0])], [1, o, c], { attributes: { keepdims: 1 } });
  });
  return kernelShaped(parts, [o, c, kh, kw]);
}

/** The same with channels last: batch and places are one long axis, and each place of the kernel one product over it. */
function channelsLast(x: Tensor, y: Tensor, { stride, padding, kernel }: ConvolutionSizes): Tensor {
  const [o, c, kh, kw] = kernel as [number, number, number, number];
  const [n, , h, w] = y.shape as [number, number, number, number];
  const [height, width] = [fixed(x.shape, 2), fixed(x.shape, 3)];
  const turned = emit('Transpose', [x], [n, height, width, c], { attributes: { perm: [0, 2, 3, 1] } });
  const pads = [0, padding, padding, 0, 0, padding, padding, 0];
  const around = [n, height + 2 * padding, width + 2 * padding, c];
  const seen = padding === 0 ? turned : emit('Pad', [turned, integers(x.graph, pads)], around);
  const last = emit('Transpose', [y], [n, h, w, o], { attributes: { perm: [0, 2, 3, 1] } });
  const flat = emit('Reshape', [last, integers(x.graph, [n * h * w, o])], [n * h * w, o]);
  const parts = Array.from({ length: kh * kw }, (_, at) => {
    const [i, j] = [Math.floor(at / kw), at % kw];
    const ends = [i + (h - 1) * stride + 1, j + (w - 1) * stride + 1];
    const bounds = [[i, j], ends, [1, 2], [stride, stride]].map((list) => integers(x.graph, list));
    const cut = emit('Slice', [seen, ...bounds], [n, h, w, c]);
    const rowsOfCut = emit('Reshape', [cut, integers(x.graph, [n * h * w, c])], [n * h * w, c]);
    const each = emit('Gemm', [flat, rowsOfCut], [o, c], { attributes: { transA: 1 } });
    return emit('Reshape', [each, integers(x.graph, [1, o, c])], [1, o, c]);
  });
  return kernelShaped(parts, [o, c, kh, kw]);
}

function kernelShaped(parts: readonly Tensor[], [o, c, kh, kw]: readonly [number, number, number, number]): Tensor {
  const { graph } = parts[0]!;
  const joined = parts.length === 1 ? parts[0]! : emit('Concat', parts, [kh * kw, o, c], { attributes: { axis: 0 } });
  const last = emit('Transpose', [joined], [o, c, kh * kw], { attributes: { perm: [1, 2, 0] } });
  return emit('Reshape', [last, integers(graph, [o, c, kh, kw])], [o, c, kh, kw]);
}

function padded(x: Tensor, padding: number): Tensor {
  if (padding === 0) return x;
  const pads = [0, 0, padding, padding, 0, 0, padding, padding];
  const shape = [x.shape[0]!, x.shape[1]!, fixed(x.shape, 2) + 2 * padding, fixed(x.shape, 3) + 2 * padding];
  return emit('Pad', [x, integers(x.graph, pads)], shape);
}

/** What place (i, j) of the kernel saw: (N, C, H', W'). */
function window(x: Tensor, y: Tensor, i: number, j: number, stride: number): Tensor {
  const [h, w] = [fixed(y.shape, 2), fixed(y.shape, 3)];
  if (i + j === 0 && stride === 1 && x.shape[2] === h && x.shape[3] === w) return x;
  const ends = [i + (h - 1) * stride + 1, j + (w - 1) * stride + 1];
  const from = [[i, j], ends, [2, 3], [stride, stride]].map((list) => integers(x.graph, list));
  return emit('Slice', [x, ...from], [x.shape[0]!, x.shape[1]!, h, w]);
}

function rows(x: Tensor, channels: number, places: number): Tensor {
  const shape = [x.shape[0]!, channels, places];
  return emit(
    'Reshape',
    [x, integers(x.graph, [typeof shape[0] === 'number' ? shape[0] : -1, channels, places])],
    shape,
  );
}
