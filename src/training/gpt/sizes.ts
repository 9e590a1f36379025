/**
 * The sizes of a GPT, in one set of words for both shapes we define:
 *
 *   llama   RMSNorm, rotary positions, gated feed-forward (SwiGLU), no biases
 *   gpt2    LayerNorm, learned positions, GELU, biases
 *
 * Field names are those of Llama's `config.json`; config.ts reads and writes the files of both.
 */
import { refusal } from '../refusal.ts';

/** Sizes of a GPT. */
export interface GptConfig {
  readonly model_type: 'llama' | 'gpt2';
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  /** Heads of keys and values; fewer than `num_attention_heads` means that several queries share one. `gpt2`: equal. */
  readonly num_key_value_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  /** The longest sequence, in tokens. */
  readonly max_position_embeddings: number;
  /** What every norm adds to the variance, RMSNorm and LayerNorm alike. */
  readonly rms_norm_eps: number;
  /** Base of the rotary angles; without meaning for `gpt2`. */
  readonly rope_theta: number;
  /** Whether the embedding is also the output layer; always so for `gpt2`. */
  readonly tie_word_embeddings: boolean;
  /** Whether products and norms of `gpt2` have biases; always false for `llama`. */
  readonly bias: boolean;
}

/** What `gptConfig` needs; the rest has defaults. */
export type GptSizes = Pick<GptConfig, 'vocab_size'> & Partial<GptConfig>;

/** A configuration with the defaults of verse-zh: 6 layers of width 384, 6 heads, context 192; `gpt2`: 4 · width inside. */
export function gptConfig(sizes: GptSizes): GptConfig {
  const shape = sizes.model_type ?? 'llama';
  const width = sizes.hidden_size ?? 384;
  const heads = sizes.num_attention_heads ?? 6;
  return checkConfig({
    model_type: shape,
    hidden_size: width,
    num_hidden_layers: 6,
    num_attention_heads: heads,
    num_key_value_heads: heads,
    intermediate_size: shape === 'gpt2' ? 4 * width : 1024,
    max_position_embeddings: 192,
    rms_norm_eps: 1e-5,
    rope_theta: 10000,
    tie_word_embeddings: true,
    bias: shape === 'gpt2',
    ...sizes,
  });
}

/** Numbers in one attention head. */
export function headSize(config: GptConfig): number {
  return config.hidden_size / config.num_attention_heads;
}

/** Numbers in the keys (or values) of one token in one layer. */
export function keyWidth(config: GptConfig): number {
  return config.num_key_value_heads * headSize(config);
}

/** What the reader of one shape's `config.json` says: the sizes, or why they cannot be run. */
export type ConfigReading = { readonly sizes: GptConfig } | { readonly reason: string };

/** The configuration itself, if its sizes fit together; throws `training/bad-config`. */
export function checkConfig(config: GptConfig, source = 'config'): GptConfig {
  const { hidden_size: width, num_attention_heads: heads, num_key_value_heads: groups } = config;
  const size = width / heads;
  if (!Number.isInteger(size) || size % 2 !== 0) {
    throw badConfig(source, `hidden_size ${width} over ${heads} heads is not an even number`);
  }
  if (!Number.isInteger(heads / groups))
    throw badConfig(source, `${heads} heads do not share ${groups} key heads evenly`);
  const plain = groups === heads && config.tie_word_embeddings;
  if (config.model_type === 'gpt2' && !plain) throw badConfig(source, 'a GPT-2 with shared key heads or untied output');
  if (config.model_type === 'llama' && config.bias) throw badConfig(source, 'a Llama with biases');
  return config;
}

/** The error of a configuration that we cannot run. */
export function badConfig(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-config',
    {
      en: `'${source}' does not describe a model we can run: ${reason}.`,
      zh: `“${source}”描述的模型无法运行：${reason}。`,
    },
    {
      en: 'Use a plain Llama configuration (silu, no biases, no rotary scaling) or a plain GPT-2 (gelu_new, tied embeddings).',
      zh: '请使用普通的 Llama 配置（silu、无偏置、无旋转位置缩放）或普通的 GPT-2 配置（gelu_new、共享词嵌入）。',
    },
  );
}
