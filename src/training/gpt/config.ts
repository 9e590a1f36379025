/** The shape of a GPT in the words of Hugging Face's Llama configuration, and its `config.json`. */
import { z } from 'zod';
import { refusal } from '../refusal.ts';

/** Sizes of a Llama-shaped GPT. Field names are those of `config.json`. */
export interface GptConfig {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  /** The longest sequence, in tokens. */
  readonly max_position_embeddings: number;
  readonly rms_norm_eps: number;
  readonly rope_theta: number;
  /** Whether the embedding is also the output layer. */
  readonly tie_word_embeddings: boolean;
}

/** What `gptConfig` needs; the rest has defaults. */
export type GptSizes = Pick<GptConfig, 'vocab_size'> & Partial<GptConfig>;

/** A configuration with the defaults of verse-zh: 6 layers of width 384, 6 heads, context 192. */
export function gptConfig(sizes: GptSizes): GptConfig {
  return checkConfig({
    hidden_size: 384,
    num_hidden_layers: 6,
    num_attention_heads: 6,
    intermediate_size: 1024,
    max_position_embeddings: 192,
    rms_norm_eps: 1e-5,
    rope_theta: 10000,
    tie_word_embeddings: true,
    ...sizes,
  });
}

/** Numbers in one attention head. */
export function headSize(config: GptConfig): number {
  return config.hidden_size / config.num_attention_heads;
}

const count = z.int().positive().max(1_000_000);
const CONFIG = z.object({
  model_type: z.literal('llama'),
  hidden_act: z.literal('silu').optional(),
  hidden_size: count,
  num_hidden_layers: count.max(1000),
  num_attention_heads: count,
  num_key_value_heads: count.optional(),
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

/** Reads the text of a `config.json`; throws `training/bad-config` for anything that is not a plain Llama. */
export function parseConfig(json: string, source = 'config.json'): GptConfig {
  const parsed = CONFIG.safeParse(parseJson(json, source));
  if (!parsed.success) throw badConfig(source, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
  const raw = parsed.data;
  const heads = raw.num_attention_heads;
  if ((raw.num_key_value_heads ?? heads) !== heads) throw badConfig(source, 'grouped key and value heads');
  if ((raw.head_dim ?? raw.hidden_size / heads) !== raw.hidden_size / heads)
    throw badConfig(source, 'its own head_dim');
  const scaled = raw.rope_scaling != null || (raw.rope_parameters?.rope_type ?? 'default') !== 'default';
  if (scaled) throw badConfig(source, 'scaled rotary positions');
  return checkConfig({
    hidden_size: raw.hidden_size,
    num_hidden_layers: raw.num_hidden_layers,
    num_attention_heads: heads,
    intermediate_size: raw.intermediate_size,
    vocab_size: raw.vocab_size,
    max_position_embeddings: raw.max_position_embeddings,
    rms_norm_eps: raw.rms_norm_eps,
    rope_theta: raw.rope_theta ?? raw.rope_parameters?.rope_theta ?? 10000,
    tie_word_embeddings: raw.tie_word_embeddings ?? false,
  });
}

/** The text of a `config.json` that transformers reads as LlamaForCausalLM. */
export function formatConfig(
  config: GptConfig,
  special: { readonly bos?: number; readonly eos?: number } = {},
): string {
  const llama = {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_act: 'silu',
    vocab_size: config.vocab_size,
    hidden_size: config.hidden_size,
    intermediate_size: config.intermediate_size,
    num_hidden_layers: config.num_hidden_layers,
    num_attention_heads: config.num_attention_heads,
    num_key_value_heads: config.num_attention_heads,
    max_position_embeddings: config.max_position_embeddings,
    rms_norm_eps: config.rms_norm_eps,
    rope_theta: config.rope_theta,
    tie_word_embeddings: config.tie_word_embeddings,
    head_dim: headSize(config),
    attention_bias: false,
    attention_dropout: 0,
    mlp_bias: false,
    initializer_range: 0.02,
    bos_token_id: special.bos ?? null,
    eos_token_id: special.eos ?? null,
    torch_dtype: 'float16',
    use_cache: true,
  };
  return `${JSON.stringify(llama, null, 2)}\n`;
}

/** Parses JSON from a file; throws `training/bad-config`. */
export function parseJson(json: string, source: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw badConfig(source, cause instanceof Error ? cause.message : 'not JSON');
  }
}

function checkConfig(config: GptConfig): GptConfig {
  const size = config.hidden_size / config.num_attention_heads;
  if (!Number.isInteger(size) || size % 2 !== 0) {
    throw badConfig(
      'config',
      `hidden_size ${config.hidden_size} over ${config.num_attention_heads} heads is not an even number`,
    );
  }
  return config;
}

function badConfig(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-config',
    {
      en: `'${source}' does not describe a model we can run: ${reason}.`,
      zh: `“${source}”描述的模型无法运行：${reason}。`,
    },
    {
      en: 'Use a plain Llama configuration (silu, no biases, no grouped heads, no rotary scaling).',
      zh: '请使用普通的 Llama 配置（silu、无偏置、无分组头、无旋转位置缩放）。',
    },
  );
}
