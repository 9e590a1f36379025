/** The gradient of a convolution for its kernel, as one matrix product for every place of the kernel. */
import type { ConvolutionSizes } from './convolution.ts';
import { emit, integers, type Tensor } from './graph.ts';
import { fusedMatmul } from './product.ts';
import { fixed } from './reduce.ts';

/**
 * x (N, C, H, W) and y (N, O, H', W') ─▶ (O, C, kh, kw). For each place (i, j) of the kernel, x is cut to what that place
 * saw, and multiplied with y. The textbook way, a Conv with batch and channels exchanged, reaches a third of the speed.
 */
export function kernelGradientOf(x: Tensor, y: Tensor, sizes: ConvolutionSizes): Tensor {
  const [o, c, kh, kw] = sizes.kernel.map((_, axis) => fixed(sizes.kernel, axis)) as [number, number, number, number];
  const places = fixed(y.shape, 2) * fixed(y.shape, 3);
  const seen = padded(x, sizes.padding);
  const flat = rows(y, o, places);
  const parts = Array.from({ length: kh * kw }, (_, at) => {
    const cut = rows(window(seen, y, Math.floor(at / kw), at % kw, sizes.stride), c, places);
    const each = fusedMatmul(flat, cut, { transB: true }); // (N, O, C)
    return emit('ReduceSum', [each, integers(x.graph, [0])], [1, o, c], { attributes: { keepdims: 1 } });
  });
  const joined = parts.length === 1 ? parts[0]! : emit('Concat', parts, [kh * kw, o, c], { attributes: { axis: 0 } });
  const last = emit('Transpose', [joined], [o, c, kh * kw], { attributes: { perm: [1, 2, 0] } });
  return emit('Reshape', [last, integers(x.graph, [o, c, kh, kw])], [o, c, kh, kw]);
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
