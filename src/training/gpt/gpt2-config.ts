/** `config.json` of the GPT-2 shape, as transformers writes and reads it; `bias: false` is ours (nanoGPT's models). */
import { z } from 'zod';
import type { ConfigReading, GptConfig } from './sizes.ts';

const count = z.int().positive().max(1_000_000);
const CONFIG = z.object({
  activation_function: z.literal('gelu_new').default('gelu_new'),
  n_embd: count,
  n_layer: count.max(1000),
  n_head: count,
  n_inner: count.nullish(),
  n_positions: count,
  vocab_size: count,
  layer_norm_epsilon: z.number().positive().default(1e-5),
  scale_attn_weights: z.literal(true).default(true),
  scale_attn_by_inverse_layer_idx: z.literal(false).default(false),
  add_cross_attention: z.literal(false).default(false),
  tie_word_embeddings: z.literal(true).default(true),
  bias: z.boolean().default(true),
});

/** The sizes in a parsed `config.json`. */
export function readGpt2Config(json: unknown): ConfigReading {
  const parsed = CONFIG.safeParse(json);
  if (!parsed.success) return { reason: z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ') };
  const raw = parsed.data;
  const sizes: GptConfig = {
    model_type: 'gpt2',
    hidden_size: raw.n_embd,
    num_hidden_layers: raw.n_layer,
    num_attention_heads: raw.n_head,
    num_key_value_heads: raw.n_head,
    intermediate_size: raw.n_inner ?? 4 * raw.n_embd,
    vocab_size: raw.vocab_size,
    max_position_embeddings: raw.n_positions,
    rms_norm_eps: raw.layer_norm_epsilon,
    rope_theta: 10000,
    tie_word_embeddings: true,
    bias: raw.bias,
  };
  return { sizes };
}

/** The fields that GPT2LMHeadModel is built from. */
export function formatGpt2Config(config: GptConfig): Record<string, unknown> {
  return {
    architectures: ['GPT2LMHeadModel'],
    model_type: 'gpt2',
    activation_function: 'gelu_new',
    vocab_size: config.vocab_size,
    n_embd: config.hidden_size,
    n_inner: config.intermediate_size,
    n_layer: config.num_hidden_layers,
    n_head: config.num_attention_heads,
    n_positions: config.max_position_embeddings,
    n_ctx: config.max_position_embeddings,
    layer_norm_epsilon: config.rms_norm_eps,
    attn_pdrop: 0,
    embd_pdrop: 0,
    resid_pdrop: 0,
    tie_word_embeddings: true,
    initializer_range: 0.02,
    ...(config.bias ? {} : { bias: false }),
  };
}
