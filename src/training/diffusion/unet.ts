/**
 * The U-Net of Ho et al. (2020) for small pictures, with the scale and shift of Dhariwal and Nichol (2021):
 *
 *   x ─▶ conv ─▶ level 0 ──────────────── skips ───────────────▶ level 0 ─▶ norm ─▶ conv ─▶ answer
 *                  └─halve─▶ level 1 ──── skips ────▶ level 1 ─double─┘
 *                              └─halve─▶ … middle … ─double─┘
 *
 * A level is a few residual blocks, some followed by self-attention; on the way up each block also sees the skip of its
 * twin on the way down. Halving is the mean of four pixels, doubling repeats pixels: neither has weights. A `patch` of
 * pixels may stand as channels of one; with `wrap` convolutions see across the left and right edges, so that whatever is
 * made goes round, and is as wide as its noise.
 */
import {
  add,
  averagePool,
  concat,
  conv2d,
  groupNorm,
  matmul,
  mul,
  reshape,
  scalar,
  silu,
  slice,
  softmax,
  type Tensor,
  transpose,
  upsampleNearest,
} from '../graph/index.ts';
import type { Parameter, Parts } from '../learn/index.ts';
import type { DiffusionConfig, UnetConfig } from './config.ts';
import {
  convolutionParameters,
  embed,
  embeddingParameters,
  linear,
  linearParameters,
  normParameters,
  ZERO,
} from './layers.ts';

const EPSILON = 1e-5;

/** One residual block and what stands around it. */
interface Block {
  readonly name: string;
  /** Channels that come in, a skip included, and go out. */
  readonly inputs: number;
  readonly outputs: number;
  readonly attention: boolean;
}

/** All blocks in the order they run; a level's blocks stand together. */
interface Plan {
  readonly down: readonly (readonly Block[])[];
  readonly middle: readonly [Block, Block];
  /** From the smallest level to the largest. */
  readonly up: readonly (readonly Block[])[];
}

function plan({ width, multipliers, blocks, attention }: UnetConfig): Plan {
  const widths = multipliers.map((multiplier) => width * multiplier);
  const smallest = widths.at(-1)!;
  const level = (way: string, i: number, inputs: (block: number) => number): Block[] =>
    Array.from({ length: blocks }, (_, block) => ({
      name: `${way}.${i}.${block}`,
      inputs: inputs(block),
      outputs: widths[i]!,
      attention: attention.includes(i),
    }));
  const down = widths.map((own, i) => level('down', i, (block) => (block === 0 ? (widths[i - 1] ?? width) : own)));
  const up = widths.map((own, i) => level('up', i, (block) => (block === 0 ? (widths[i + 1] ?? smallest) : own) + own));
  const middle = (block: number, attention: boolean): Block => ({
    name: `middle.${block}`,
    inputs: smallest,
    outputs: smallest,
    attention,
  });
  return { down, middle: [middle(0, true), middle(1, false)], up: up.toReversed() };
}

/** All parameters; names and shapes as in recipes/pytorch/unet.py. */
export function unetParameters(config: DiffusionConfig & { network: UnetConfig }): Parameter[] {
  const { network, picture } = config;
  const { down, middle, up } = plan(network);
  const numbers = picture.channels * (network.patch ?? 1) ** 2;
  const embedding = 4 * network.width;
  return [
    ...embeddingParameters(network.width, embedding, config),
    ...convolutionParameters('input', numbers, network.width, 3),
    ...[...down.flat(), ...middle, ...up.flat()].flatMap((block) => blockParameters(block, embedding)),
    ...normParameters('output.norm', network.width * network.multipliers[0]!),
    ...convolutionParameters('output.conv', network.width * network.multipliers[0]!, numbers, 3, ZERO),
  ];
}

function blockParameters({ name, inputs, outputs, attention }: Block, embedding: number): Parameter[] {
  return [
    ...normParameters(`${name}.norm1`, inputs),
    ...convolutionParameters(`${name}.conv1`, inputs, outputs, 3),
    ...linearParameters(`${name}.embed`, embedding, 2 * outputs),
    ...normParameters(`${name}.norm2`, outputs),
    ...convolutionParameters(`${name}.conv2`, outputs, outputs, 3, ZERO),
    ...(inputs === outputs ? [] : convolutionParameters(`${name}.skip`, inputs, outputs, 1)),
    ...(attention
      ? [
          ...normParameters(`${name}.attention.norm`, outputs),
          ...convolutionParameters(`${name}.attention.qkv`, outputs, 3 * outputs, 1),
          ...convolutionParameters(`${name}.attention.out`, outputs, outputs, 1, ZERO),
        ]
      : []),
  ];
}

/** The network's answer (B, C, H, W) for noisy pictures x of the same shape. */
export function unet(parts: Parts, x: Tensor, config: DiffusionConfig & { network: UnetConfig }): Tensor {
  const { network } = config;
  const { down, middle, up } = plan(network);
  const patch = network.patch ?? 1;
  const embedding = silu(embed(parts, network.width, config)); // (B, 4·width)
  const run = (block: Block, h: Tensor): Tensor => residual(parts, network, block, h, embedding);
  const skips: Tensor[] = [];
  let h = convolve(parts, network, 'input', folded(x, patch));
  down.forEach((level, i) => {
    if (i > 0) h = averagePool(h, 2);
    for (const block of level) {
      h = run(block, h);
      skips.push(h);
    }
  });
  for (const block of middle) h = run(block, h);
  up.forEach((level, i) => {
    if (i > 0) h = upsampleNearest(h, 2);
    for (const block of level) h = run(block, concat([h, skips.pop()!], 1));
  });
  return unfolded(convolve(parts, network, 'output.conv', silu(norm(parts, network, 'output.norm', h))), patch);
}

/** norm ─▶ SiLU ─▶ conv ─▶ norm, scaled and shifted by the embedding ─▶ SiLU ─▶ conv, added to x; then attention. */
function residual(parts: Parts, network: UnetConfig, block: Block, x: Tensor, embedding: Tensor): Tensor {
  const { name, inputs, outputs } = block;
  const within = convolve(parts, network, `${name}.conv1`, silu(norm(parts, network, `${name}.norm1`, x)));
  const told = reshape(linear(parts, `${name}.embed`, embedding), [x.shape[0]!, 2 * outputs, 1, 1]);
  const factor = add(slice(told, 1, 0, outputs), scalar(x.graph, 1));
  const turned = add(mul(norm(parts, network, `${name}.norm2`, within), factor), slice(told, 1, outputs, 2 * outputs));
  const past = inputs === outputs ? x : convolve(parts, network, `${name}.skip`, x);
  const y = add(past, convolve(parts, network, `${name}.conv2`, silu(turned)));
  return block.attention ? attended(parts, network, `${name}.attention`, y) : y;
}

/** x plus what its pixels (T of them) say to each other; channel-major, so that nothing is transposed. */
function attended(parts: Parts, network: UnetConfig, name: string, x: Tensor): Tensor {
  const [b, c, h, w] = x.shape as [number, number, number, number];
  const { heads } = network;
  const all = reshape(convolve(parts, network, `${name}.qkv`, norm(parts, network, `${name}.norm`, x)), [
    b,
    3 * heads,
    c / heads,
    h * w,
  ]);
  const [q, k, v] = [0, 1, 2].map((i) => slice(all, 1, i * heads, (i + 1) * heads)); // (B, heads, D, T)
  const shares = softmax(matmul(q!, k!, { transA: true, alpha: 1 / Math.sqrt(c / heads) })); // (B, heads, T, T)
  const heard = matmul(v!, shares, { transB: true }); // (B, heads, D, T)
  return add(x, convolve(parts, network, `${name}.out`, reshape(heard, [b, c, h, w])));
}

function norm({ weight }: Parts, { groups }: UnetConfig, name: string, x: Tensor): Tensor {
  return groupNorm(x, groups, weight(`${name}.weight`), weight(`${name}.bias`), EPSILON);
}

function convolve({ weight }: Parts, { wrap }: UnetConfig, name: string, x: Tensor): Tensor {
  const kernel = weight(`${name}.weight`);
  const padding = (Number(kernel.shape[2]) - 1) / 2;
  const options = { padding, bias: weight(`${name}.bias`) };
  if (!wrap || padding === 0) return conv2d(x, kernel, options);
  const width = Number(x.shape[3]);
  const round = concat([slice(x, 3, width - padding, width), x, slice(x, 3, 0, padding)], 3);
  return slice(conv2d(round, kernel, options), 3, padding, width + padding);
}

/** (B, C, H, W) to (B, C·patch·patch, H / patch, W / patch), and back. */
function folded(x: Tensor, patch: number): Tensor {
  if (patch === 1) return x;
  const [b, c, h, w] = x.shape as [number, number, number, number];
  const cut = transpose(reshape(x, [b, c, h / patch, patch, w / patch, patch]), [0, 1, 3, 5, 2, 4]);
  return reshape(cut, [b, c * patch * patch, h / patch, w / patch]);
}

function unfolded(x: Tensor, patch: number): Tensor {
  if (patch === 1) return x;
  const [b, c, h, w] = x.shape as [number, number, number, number];
  const laid = transpose(reshape(x, [b, c / patch ** 2, patch, patch, h, w]), [0, 1, 4, 2, 5, 3]);
  return reshape(laid, [b, c / patch ** 2, h * patch, w * patch]);
}
