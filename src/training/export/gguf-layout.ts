/**
 * How llama.cpp names and lays out the weights of a Llama. Its rotary turn pairs neighbours (2i, 2i + 1) where Hugging
 * Face pairs halves (i, i + D/2), so the rows of q and k are dealt out differently within each head:
 *
 *   ours    0 1 2 … D/2−1 │ D/2 … D−1         theirs    0 D/2 1 D/2+1 2 …
 */
import type { GptConfig } from '../gpt/config.ts';
import { parameterShapes } from '../gpt/parameters.ts';

/** One weight: our name, theirs, its shape, and whether its rows are dealt out. */
export interface GgufPlace {
  readonly ours: string;
  readonly theirs: string;
  readonly shape: readonly number[];
  readonly dealt: boolean;
}

const PARTS: Readonly<Record<string, string>> = {
  input_layernorm: 'attn_norm',
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  post_attention_layernorm: 'ffn_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
};

const OUTSIDE: Readonly<Record<string, string>> = {
  'model.embed_tokens.weight': 'token_embd.weight',
  'model.norm.weight': 'output_norm.weight',
  'lm_head.weight': 'output.weight',
};

/** Where each weight of a model goes. */
export function ggufPlaces(config: GptConfig): GgufPlace[] {
  return parameterShapes(config).map(({ name, shape }) => {
    const [, layer, part] = /^model\.layers\.(\d+)\.(.+)\.weight$/.exec(name) ?? [];
    const theirs = part === undefined ? OUTSIDE[name]! : `blk.${layer}.${PARTS[part]}.weight`;
    return { ours: name, theirs, shape, dealt: part === 'self_attn.q_proj' || part === 'self_attn.k_proj' };
  });
}

/** Rows (C, C) of q or k from our order to theirs. */
export function dealRows(values: Float32Array, heads: number, width: number): Float32Array {
  return moveRows(values, heads, width, (size, row) => (row % 2) * (size / 2) + (row >> 1));
}

/** Rows of q or k from their order to ours. */
export function gatherRows(values: Float32Array, heads: number, width: number): Float32Array {
  return moveRows(values, heads, width, (size, row) => (row < size / 2 ? 2 * row : 2 * (row - size / 2) + 1));
}

/** New row r of each head is old row `from(size, r)`. */
function moveRows(
  values: Float32Array,
  heads: number,
  width: number,
  from: (size: number, row: number) => number,
): Float32Array {
  const size = values.length / width / heads;
  const moved = new Float32Array(values.length);
  for (let row = 0; row < heads * size; row++) {
    const old = Math.floor(row / size) * size + from(size, row % size);
    moved.set(values.subarray(old * width, (old + 1) * width), row * width);
  }
  return moved;
}
