/** Sizes of an encoder, in the words of a Hugging Face `config.json` of BertForMaskedLM. */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';

const CONFIG = z
  .object({
    architectures: z.array(z.string()).default(['BertForMaskedLM']),
    model_type: z.literal('bert').default('bert'),
    vocab_size: z.int().min(2).max(65_536),
    hidden_size: z.int().positive(),
    num_hidden_layers: z.int().positive(),
    num_attention_heads: z.int().positive(),
    intermediate_size: z.int().positive(),
    max_position_embeddings: z.int().positive(),
    type_vocab_size: z.int().positive().default(1),
    layer_norm_eps: z.number().positive().default(1e-12),
    hidden_act: z.literal('gelu').default('gelu'),
    position_embedding_type: z.literal('absolute').default('absolute'),
    pad_token_id: z.int().nonnegative().default(0),
    initializer_range: z.number().positive().default(0.02),
    tie_word_embeddings: z.literal(true).default(true),
  })
  .loose()
  .refine(({ hidden_size: c, num_attention_heads: h }) => c % h === 0, {
    message: 'hidden_size must be a multiple of num_attention_heads',
  });

/** A checked configuration. */
export type EncoderConfig = z.infer<typeof CONFIG>;

/** Completes and checks sizes; throws `training/bad-config`. */
export function encoderConfig(given: unknown, source = 'config.json'): EncoderConfig {
  const parsed = CONFIG.safeParse(given);
  if (parsed.success) return parsed.data;
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw refusal(
    'input',
    'training/bad-config',
    { en: `'${source}' does not describe an encoder: ${reason}`, zh: `“${source}”描述的不是可用的编码器：${reason}` },
    { en: 'Mend the field named here.', zh: '请修正上述字段。' },
  );
}

/** Reads the text of a `config.json`; throws `training/bad-config`. */
export function parseEncoderConfig(json: string, source = 'config.json'): EncoderConfig {
  return encoderConfig(parseJson(json, source), source);
}
