/**
 * The network over a batch of B rows of T tokens with fixed sizes. Several documents may share a row: a token sees
 * earlier tokens of its own segment only. Hidden states are taken only where a token is to be predicted, so that only
 * those are multiplied with the vocabulary.
 *
 *   ids, segments ─▶ network ─▶ hidden states (T·B, C) ─▶ those in `predicted` (R, C)
 *
 * Parameters are fed, not built in, so that the same arrays serve training and evaluation. Products that share an input stay
 * apart here, unlike in inference: joined, forward and backward took 6 to 8 % more (2,048 rows of 384; q, k, v 38.8 against
 * 36.0 ms, gate and up 71.0 against 66.7), since their results must be cut and their gradients joined.
 */
import {
  and,
  attention,
  cast,
  checkpoint,
  constant,
  equal,
  expand,
  fixed,
  gather,
  gemm,
  reshape,
  rotaryTable,
  scalar,
  slice,
  type Tensor,
  where,
} from '../graph/index.ts';
import type { InputSpec } from '../learn/index.ts';
import type { BatchShape } from './batch.ts';
import { type GptConfig, headSize } from './config.ts';
import { forward, outputTable } from './forward.ts';
import { biasName, type ForwardParts } from './network-parts.ts';
import { biasedProduct } from './operations.ts';

/** What the network over a batch is built from. */
export interface BatchNetworkParts {
  readonly config: GptConfig;
  readonly shape: BatchShape;
  readonly input: (name: string) => Tensor;
  readonly weight: (name: string) => Tensor;
  /** What a product is changed to, for adapters: gets the product, what went in, the weight's name and which piece. */
  readonly adapt?: (y: Tensor, x: Tensor, name: string, piece: number, pieces: number) => Tensor;
  /** Dropout at a site of the network. */
  readonly drop?: ForwardParts['drop'];
  /** Compute each layer again in the reverse pass. */
  readonly checkpointing?: boolean;
  /** Factors (B, H, T, T) on the attention of a layer, for dropout. */
  readonly attentionNoise?: (layer: number) => Tensor;
}

/** The inputs that every batch brings; `R` is how many tokens are predicted. */
export function batchInputs({ rows, length }: BatchShape): InputSpec[] {
  return [
    { name: 'ids', type: 'i32', shape: [rows * length] },
    { name: 'segments', type: 'i32', shape: [rows, length] },
    { name: 'predicted', type: 'i32', shape: ['R'] },
    { name: 'targets', type: 'i32', shape: ['R'] },
  ];
}

/** Hidden states (R, C) of the positions from which a token is predicted, and the vocabulary's table (V, C). */
export function batchNetwork(parts: BatchNetworkParts): { chosen: Tensor; table: Tensor } {
  const { config, shape, input, weight, drop, checkpointing } = parts;
  const { rows, length } = shape;
  const size = rows * length;
  const ids = input('ids');
  const places = BigInt64Array.from({ length: size }, (_, n) => BigInt(Math.floor(n / rows)));
  const hidden = forward({
    config,
    ids,
    positions: constant(ids.graph, 'i64', [size], places),
    rotary: rotaryTable(ids.graph, length, headSize(config), config.rope_theta),
    weight,
    linear: products(parts),
    attend: attend(parts, segmentBias(input('segments'), rows, length)),
    ...(drop ? { drop } : {}),
    ...(checkpointing ? { layer: again } : {}),
  });
  return { chosen: gather(hidden, input('predicted')), table: weight(outputTable(config)) };
}

/** A layer whose inner values are computed again when they are needed. */
function again(layer: (x: Tensor) => Tensor, x: Tensor): Tensor {
  return checkpoint(layer, [x]);
}

function products({ config, weight, adapt }: BatchNetworkParts): ForwardParts['linear'] {
  const cut = (tensor: Tensor, piece: number, pieces: number): Tensor => {
    const size = fixed(tensor.shape, 0) / pieces;
    return pieces === 1 ? tensor : slice(tensor, 0, piece * size, (piece + 1) * size);
  };
  return (x, names, pieces = 1) =>
    names.flatMap((name) =>
      Array.from({ length: pieces }, (_, piece) => {
        const w = cut(weight(name), piece, pieces);
        const y = config.bias
          ? biasedProduct(x, w, cut(weight(biasName(name)), piece, pieces))
          : gemm(x, w, { transB: true });
        return adapt ? adapt(y, x, name, piece, pieces) : y;
      }),
    );
}

function attend({ config, shape, attentionNoise }: BatchNetworkParts, bias: Tensor): ForwardParts['attend'] {
  const { rows, length } = shape;
  const { num_attention_heads: heads, num_key_value_heads: groups } = config;
  const d = headSize(config);
  const split = (x: Tensor): Tensor => reshape(x, [length, rows, heads, d]);
  const spread = (x: Tensor): Tensor => {
    if (groups === heads) return split(x);
    const narrow = reshape(x, [length * rows, groups, 1, d]);
    return split(expand(narrow, [length * rows, groups, heads / groups, d]));
  };
  return (q, k, v, layer) =>
    reshape(attention(split(q), spread(k), spread(v), bias, attentionNoise?.(layer)), [
      length * rows,
      config.hidden_size,
    ]);
}

/** 0 where a token may look, −1e9 elsewhere: (B, 1, T, T), causal and within segments. */
function segmentBias(segments: Tensor, rows: number, length: number): Tensor {
  const { graph } = segments;
  const causal = new Uint8Array(length * length);
  for (let t = 0; t < length; t++) causal.fill(1, t * length, t * length + t + 1);
  const same = equal(reshape(segments, [rows, 1, length, 1]), reshape(segments, [rows, 1, 1, length]));
  const earlier = cast(constant(graph, 'u8', [1, 1, length, length], causal), 'bool');
  return where(and(same, earlier), scalar(graph, 0), scalar(graph, -1e9));
}
