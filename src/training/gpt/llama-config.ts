/** `config.json` of the Llama shape, as transformers writes and reads it. */
import { z } from 'zod';
import type { ConfigReading, GptConfig } from './sizes.ts';

const count = z.int().positive().max(1_000_000);
const CONFIG = z.object({
  hidden_act: z.literal('silu').optional(),
  hidden_size: count,
  num_hidden_layers: count.max(1000),
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  intermediate_size: count,
  vocab_size: count,
  max_position_embeddings: count,
  rms_norm_eps: z.number().positive(),
  rope_theta: z.number().positive().optional(),
  rope_parameters: z.object({ rope_type: z.string(), rope_theta: z.number().positive() }).loose().nullish(),
  rope_scaling: z.unknown().optional(),
  attention_bias: z.literal(false).optional(),
  mlp_bias: z.literal(false).optional(),
  tie_word_embeddings: z.boolean().optional(),
});

/** The sizes in a parsed `config.json`. */
export function readLlamaConfig(json: unknown): ConfigReading {
  const parsed = CONFIG.safeParse(json);
  if (!parsed.success) return { reason: z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ') };
  const raw = parsed.data;
  const heads = raw.num_attention_heads;
  if ((raw.head_dim ?? raw.hidden_size / heads) !== raw.hidden_size / heads) return { reason: 'its own head_dim' };
  const scaled = raw.rope_scaling != null || (raw.rope_parameters?.rope_type ?? 'default') !== 'default';
  if (scaled) return { reason: 'scaled rotary positions' };
  const sizes: GptConfig = {
    model_type: 'llama',
    hidden_size: raw.hidden_size,
    num_hidden_layers: raw.num_hidden_layers,
    num_attention_heads: heads,
    num_key_value_heads: raw.num_key_value_heads ?? heads,
    intermediate_size: raw.intermediate_size,
    vocab_size: raw.vocab_size,
    max_position_embeddings: raw.max_position_embeddings,
    rms_norm_eps: raw.rms_norm_eps,
    rope_theta: raw.rope_theta ?? raw.rope_parameters?.rope_theta ?? 10000,
    tie_word_embeddings: raw.tie_word_embeddings ?? false,
    bias: false,
  };
  return { sizes };
}

/** The fields that LlamaForCausalLM is built from. */
export function formatLlamaConfig(config: GptConfig): Record<string, unknown> {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_act: 'silu',
    vocab_size: config.vocab_size,
    hidden_size: config.hidden_size,
    intermediate_size: config.intermediate_size,
    num_hidden_layers: config.num_hidden_layers,
    num_attention_heads: config.num_attention_heads,
    num_key_value_heads: config.num_key_value_heads,
    max_position_embeddings: config.max_position_embeddings,
    rms_norm_eps: config.rms_norm_eps,
    rope_theta: config.rope_theta,
    tie_word_embeddings: config.tie_word_embeddings,
    head_dim: config.hidden_size / config.num_attention_heads,
    attention_bias: false,
    attention_dropout: 0,
    mlp_bias: false,
    initializer_range: 0.02,
  };
}
