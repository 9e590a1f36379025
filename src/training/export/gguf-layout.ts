/**
 * How llama.cpp names and lays out the weights of a Llama and of a GPT-2. Its rotary turn pairs neighbours (2i, 2i + 1) where Hugging
 * Face pairs halves (i, i + D/2), so the rows of q and k are dealt out differently within each head:
 *
 *   ours    0 1 2 … D/2−1 │ D/2 … D−1         theirs    0 D/2 1 D/2+1 2 …
 */
import type { GptConfig } from '../gpt/config.ts';
import { parameterShapes } from '../gpt/parameters.ts';

/** One weight: our name, theirs, its shape, and in how many heads its rows are dealt out (0: they are not). */
export interface GgufPlace {
  readonly ours: string;
  readonly theirs: string;
  readonly shape: readonly number[];
  readonly dealt: number;
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
  ln_1: 'attn_norm',
  'attn.c_attn': 'attn_qkv',
  'attn.c_proj': 'attn_output',
  ln_2: 'ffn_norm',
  'mlp.c_fc': 'ffn_up',
  'mlp.c_proj': 'ffn_down',
};

const OUTSIDE: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
  'transformer.wte': 'token_embd',
  'transformer.wpe': 'position_embd',
  'transformer.ln_f': 'output_norm',
};

/** Where each weight of a model goes; a GPT-2 without biases gets biases, which llama.cpp asks for. */
export function ggufPlaces(config: GptConfig): GgufPlace[] {
  const whole = config.model_type === 'gpt2' ? { ...config, bias: true } : config;
  return parameterShapes(whole).map(({ name, shape }) => {
    const [, layer, part, kind] = /^(?:model\.layers|transformer\.h)\.(\d+)\.(.+)\.(weight|bias)$/.exec(name) ?? [];
    const [, outside, end] = /^(.+)\.(weight|bias)$/.exec(name)!;
    const theirs = part === undefined ? `${OUTSIDE[outside!]}.${end}` : `blk.${layer}.${PARTS[part]}.${kind}`;
    const heads = { 'self_attn.q_proj': config.num_attention_heads, 'self_attn.k_proj': config.num_key_value_heads };
    return { ours: name, theirs, shape, dealt: heads[part as keyof typeof heads] ?? 0 };
  });
}

/** Rows (heads · D, width) of q or k from our order to theirs. */
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
