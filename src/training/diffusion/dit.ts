/**
 * The diffusion Transformer of Peebles and Xie (2023), adaLN-zero:
 *
 *   picture ─▶ patches ─▶ linear + positions ─▶ [ attention ─▶ feed-forward ] × depth ─▶ norm ─▶ linear ─▶ picture
 *   time, condition ─▶ embedding ─▶ shift, scale and gate of every norm, all gates 0 at the start
 *
 * Tokens are rows (B·T, width); shift, scale and gate are (B, 1, width), one for each picture.
 */
import {
  add,
  constant,
  type Graph,
  gelu,
  layerNorm,
  matmul,
  mul,
  reshape,
  scalar,
  silu,
  slice,
  softmax,
  type Tensor,
  transpose,
} from '../graph/index.ts';
import type { Parameter, Parts } from '../learn/index.ts';
import type { DiffusionConfig, DitConfig } from './config.ts';
import { embed, embeddingParameters, linear, linearParameters, ZERO } from './layers.ts';

const EPSILON = 1e-6;
/** Numbers that tell the time. */
const FEATURES = 128;
const MLP_RATIO = 4;

type Config = DiffusionConfig & { readonly network: DitConfig };

/** All parameters; names and shapes as in recipes/pytorch/dit.py. */
export function ditParameters(config: Config): Parameter[] {
  const { network, picture } = config;
  const { width, depth, patch, shared } = network;
  const numbers = picture.channels * patch * patch;
  return [
    ...embeddingParameters(FEATURES, width, config),
    ...linearParameters('input', numbers, width),
    ...(shared ? linearParameters('modulate', width, 6 * width, ZERO) : []),
    ...Array.from({ length: depth }, (_, i): Parameter[] => [
      ...linearParameters(`blocks.${i}.qkv`, width, 3 * width),
      ...linearParameters(`blocks.${i}.out`, width, width),
      ...linearParameters(`blocks.${i}.up`, width, MLP_RATIO * width),
      ...linearParameters(`blocks.${i}.down`, MLP_RATIO * width, width),
      ...(shared
        ? [{ name: `blocks.${i}.modulate`, shape: [6 * width], start: ZERO, kind: 'vector' } as const]
        : linearParameters(`blocks.${i}.modulate`, width, 6 * width, ZERO)),
    ]).flat(),
    ...linearParameters('output.modulate', width, 2 * width, ZERO),
    ...linearParameters('output.linear', width, numbers, ZERO),
  ];
}

/** The network's answer (B, C, H, W) for noisy pictures x of the same shape. */
export function dit(parts: Parts, x: Tensor, config: Config): Tensor {
  const { network, picture } = config;
  const { width, depth, patch, shared } = network;
  const batch = Number(x.shape[0]);
  const [rows, columns] = [picture.height / patch, picture.width / patch];
  const tokens = rows * columns;
  const embedding = silu(embed(parts, FEATURES, config)); // (B, width)
  const common = shared ? linear(parts, 'modulate', embedding) : undefined; // (B, 6·width)
  const places = positions(x.graph, rows, columns, width);
  let h = add(reshape(linear(parts, 'input', toPatches(x, patch)), [batch, tokens, width]), places); // (B, T, width)
  for (let i = 0; i < depth; i++) {
    const name = `blocks.${i}.modulate`;
    const told = common ? add(common, parts.weight(name)) : linear(parts, name, embedding);
    h = block(parts, network, `blocks.${i}`, h, apart(told, 6));
  }
  const [shift, scale] = apart(linear(parts, 'output.modulate', embedding), 2);
  const flat = reshape(normed(h, shift!, scale!), [batch * tokens, width]);
  return fromPatches(linear(parts, 'output.linear', flat), x, patch);
}

/** x + gate · attention(norm(x)), then the same with the feed-forward network. */
function block(parts: Parts, { heads }: DitConfig, name: string, x: Tensor, told: readonly Tensor[]): Tensor {
  const [b, t, c] = x.shape as [number, number, number];
  const [shift1, scale1, gate1, shift2, scale2, gate2] = told;
  const seen = reshape(normed(x, shift1!, scale1!), [b * t, c]);
  const heard = attention(linear(parts, `${name}.qkv`, seen), [b, t, c], heads);
  const after = add(x, mul(gate1!, reshape(linear(parts, `${name}.out`, heard), [b, t, c])));
  const wide = gelu(linear(parts, `${name}.up`, reshape(normed(after, shift2!, scale2!), [b * t, c])));
  return add(after, mul(gate2!, reshape(linear(parts, `${name}.down`, wide), [b, t, c])));
}

/** Tokens (B·T, 3·C) to what each heard from all of its picture, (B·T, C). */
function attention(qkv: Tensor, [b, t, c]: readonly [number, number, number], heads: number): Tensor {
  const size = c / heads;
  const parted = transpose(reshape(qkv, [b, t, 3 * heads, size]), [0, 2, 1, 3]); // (B, 3·heads, T, D)
  const [q, k, v] = [0, 1, 2].map((i) => slice(parted, 1, i * heads, (i + 1) * heads));
  const shares = softmax(matmul(q!, k!, { transB: true, alpha: 1 / Math.sqrt(size) })); // (B, heads, T, T)
  return reshape(transpose(matmul(shares, v!), [0, 2, 1, 3]), [b * t, c]);
}

/** What is told to a block (B, count·width) as vectors (B, 1, width). */
function apart(told: Tensor, count: number): Tensor[] {
  const [batch, width] = told.shape as [number, number];
  const all = reshape(told, [batch, count, width / count]);
  return Array.from({ length: count }, (_, i) => slice(all, 1, i, i + 1));
}

/** A norm without weights of its own, scaled and shifted for each picture. */
function normed(x: Tensor, shift: Tensor, scale: Tensor): Tensor {
  const { graph } = x;
  const width = Number(x.shape.at(-1));
  const fill = (value: number): Tensor => constant(graph, 'f32', [width], new Float32Array(width).fill(value));
  return add(mul(layerNorm(x, fill(1), fill(0), EPSILON), add(scale, scalar(graph, 1))), shift);
}

/** (B, C, H, W) to rows (B·T, C·patch·patch), tokens row by row. */
function toPatches(x: Tensor, patch: number): Tensor {
  const [b, c, h, w] = x.shape as [number, number, number, number];
  const cut = transpose(reshape(x, [b, c, h / patch, patch, w / patch, patch]), [0, 2, 4, 1, 3, 5]);
  return reshape(cut, [(b * h * w) / (patch * patch), c * patch * patch]);
}

function fromPatches(rows: Tensor, like: Tensor, patch: number): Tensor {
  const [b, c, h, w] = like.shape as [number, number, number, number];
  const laid = reshape(rows, [b, h / patch, w / patch, c, patch, patch]);
  return reshape(transpose(laid, [0, 3, 1, 4, 2, 5]), [b, c, h, w]);
}

/** Fixed places of tokens, (T, width): half of the numbers tell the row, half the column, as sines and cosines. */
function positions(graph: Graph, rows: number, columns: number, width: number): Tensor {
  const quarter = width / 4;
  const out = new Float32Array(rows * columns * width);
  for (let token = 0; token < rows * columns; token++) {
    const at = [Math.floor(token / columns), token % columns];
    for (let i = 0; i < width; i++) {
      const angle = at[i < width / 2 ? 0 : 1]! / 10000 ** ((i % quarter) / quarter);
      out[token * width + i] = Math.floor(i / quarter) % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return constant(graph, 'f32', [rows * columns, width], out);
}
