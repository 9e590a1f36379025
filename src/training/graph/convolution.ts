/**
 * Convolutions of pictures x (N, C, H, W) and their gradients. Three maps, each linear in both of its arguments, and each
 * the gradient of the other two, so that derivatives of any order come out of the same three kernels:
 *
 *   conv2d          (x, w) ─▶ y      to x: convTranspose2d   to w: kernelGradient
 *   convTranspose2d (y, w) ─▶ x      to y: conv2d            to w: kernelGradient
 *   kernelGradient  (x, y) ─▶ w      to x: convTranspose2d   to y: conv2d
 */
import { accumulate, add } from './elementwise.ts';
import { differentiable, emit, integers, type Shape, shapeBug, type Tensor } from './graph.ts';
import { type ConvolutionSizes, kernelGradientOf } from './kernel-gradient.ts';
import { reshape } from './layout.ts';
import { fixed, reduceSum } from './reduce.ts';

/** Steps between outputs and zeros around the picture, the same for both axes. */
export interface ConvolutionOptions {
  /** Default 1. */
  readonly stride?: number;
  /** Default 0. */
  readonly padding?: number;
  /** One number for every output channel, (O). */
  readonly bias?: Tensor;
}

/** As `ConvolutionOptions`, and rows and columns added at the far end, which a stride leaves open; default 0. */
export interface TransposedConvolutionOptions extends ConvolutionOptions {
  readonly outputPadding?: number;
}

/** Slides w (O, C, kh, kw) over x (N, C, H, W) without turning it over: (N, O, H', W'), H' = ⌊(H + 2·padding − kh) / stride⌋ + 1. */
export function conv2d(x: Tensor, w: Tensor, options: ConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0, bias } = options;
  if (x.shape.length !== 4 || w.shape.length !== 4 || x.shape[1] !== w.shape[1]) {
    throw shapeBug('conv2d', `picture [${x.shape}] and kernel [${w.shape}]`);
  }
  const sizes = { stride, padding, picture: x.shape, kernel: w.shape };
  const y = emit('Conv', bias ? [x, w, bias] : [x, w], convolvedShape(sizes), { attributes: attributesOf(sizes) });
  return differentiable(y, bias ? [x, w, bias] : [x, w], (g) => [
    accumulate(() => spread(g, w, sizes)),
    accumulate(() => kernelGradient(x, g, sizes)),
    accumulate(() => sumOfChannels(g)),
  ]);
}

/**
 * The transpose of conv2d: each element of x (N, C, H, W) lays down w (C, O, kh, kw). Result (N, O, H', W') with
 * H' = (H − 1)·stride − 2·padding + kh + outputPadding.
 */
export function convTranspose2d(x: Tensor, w: Tensor, options: TransposedConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0, outputPadding = 0, bias } = options;
  if (x.shape[1] !== w.shape[0] || outputPadding >= stride) {
    throw shapeBug('convTranspose2d', `picture [${x.shape}], kernel [${w.shape}], output padding ${outputPadding}`);
  }
  const length = (axis: number): number =>
    (fixed(x.shape, axis) - 1) * stride - 2 * padding + fixed(w.shape, axis) + outputPadding;
  const picture = [x.shape[0]!, w.shape[1]!, length(2), length(3)];
  const y = spread(x, w, { stride, padding, picture, kernel: w.shape });
  return bias ? add(y, reshape(bias, [1, fixed(bias.shape, 0), 1, 1])) : y;
}

/** Gradient of a convolution for its picture: y (N, O, H', W') and w (O, C, kh, kw) ─▶ (N, C, H, W). */
function spread(y: Tensor, w: Tensor, sizes: ConvolutionSizes): Tensor {
  const x =
    sizes.stride === 1 && sizes.padding < fixed(w.shape, 2) ? flippedConvolution(y, w, sizes) : transposed(y, w, sizes);
  return differentiable(x, [y, w], (g) => [
    accumulate(() => conv2d(g, w, sizes)),
    accumulate(() => kernelGradient(g, y, sizes)),
  ]);
}

/** Gradient of a convolution for its kernel: x (N, C, H, W) and y (N, O, H', W') ─▶ (O, C, kh, kw). */
function kernelGradient(x: Tensor, y: Tensor, sizes: ConvolutionSizes): Tensor {
  return differentiable(kernelGradientOf(x, y, sizes), [x, y], (g) => [
    accumulate(() => spread(y, g, sizes)),
    accumulate(() => conv2d(x, g, sizes)),
  ]);
}

/** With stride 1 the spreading is itself a convolution, with the kernel turned over. */
function flippedConvolution(y: Tensor, w: Tensor, { padding, picture, kernel }: ConvolutionSizes): Tensor {
  const [o, c, kh, kw] = kernel.map((_, axis) => fixed(kernel, axis)) as [number, number, number, number];
  const { graph } = w;
  const swapped = emit('Transpose', [w], [c, o, kh, kw], { attributes: { perm: [1, 0, 2, 3] } });
  const backwards = [integers(graph, [-1, -1]), integers(graph, [-1 - kh, -1 - kw])];
  const flipped =
    kh * kw === 1
      ? swapped
      : emit('Slice', [swapped, ...backwards, integers(graph, [2, 3]), integers(graph, [-1, -1])], swapped.shape);
  const pads = [kh - 1 - padding, kw - 1 - padding];
  return emit('Conv', [y, flipped], picture, {
    attributes: { kernel_shape: [kh, kw], strides: [1, 1], pads: [...pads, ...pads] },
  });
}

function transposed(y: Tensor, w: Tensor, sizes: ConvolutionSizes): Tensor {
  const { stride, padding, picture, kernel } = sizes;
  const rest = [2, 3].map(
    (axis) => fixed(picture, axis) - ((fixed(y.shape, axis) - 1) * stride - 2 * padding + fixed(kernel, axis)),
  );
  return emit('ConvTranspose', [y, w], picture, { attributes: { ...attributesOf(sizes), output_padding: rest } });
}

function convolvedShape({ stride, padding, picture, kernel }: ConvolutionSizes): Shape {
  const length = (axis: number): number =>
    Math.floor((fixed(picture, axis) + 2 * padding - fixed(kernel, axis)) / stride) + 1;
  if (length(2) < 1 || length(3) < 1)
    throw shapeBug('conv2d', `picture [${picture}] is smaller than kernel [${kernel}]`);
  return [picture[0]!, kernel[0]!, length(2), length(3)];
}

function attributesOf({ stride, padding, kernel }: ConvolutionSizes) {
  return {
    kernel_shape: [fixed(kernel, 2), fixed(kernel, 3)],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
}

function sumOfChannels(g: Tensor): Tensor {
  return reshape(reduceSum(g, [0, 2, 3]), [g.shape[1]!]);
}
