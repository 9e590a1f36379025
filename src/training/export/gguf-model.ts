/** A model as one GGUF file of the architecture 'llama' or 'gpt2', for llama.cpp and what is built on it. */
import { headSize } from '../gpt/config.ts';
import { sizeOf } from '../gpt/parameters.ts';
import { writeDurably } from '../model/durable.ts';
import type { Model } from '../model/model-folder.ts';
import { formatGguf, type GgufTensor, type GgufValue } from './gguf.ts';
import { packBlocks } from './gguf-blocks.ts';
import { dealRows, type GgufPlace, ggufPlaces } from './gguf-layout.ts';
import { ggufTokenizer } from './gguf-tokenizer.ts';

/** How matrices are stored; vectors are always F32. A matrix whose rows do not fill blocks of 32 stays F16 under Q8_0. */
export type GgufPrecision = 'F32' | 'F16' | 'Q8_0';

const FILE_TYPES: Readonly<Record<GgufPrecision, number>> = { F32: 0, F16: 1, Q8_0: 7 };

/** Writes the file; default precision F16. */
export async function exportGguf(
  path: string,
  model: Model,
  options: { readonly precision?: GgufPrecision } = {},
): Promise<void> {
  await writeDurably(path, ggufOf(model, options.precision ?? 'F16'));
}

/** The bytes of the file. */
export function ggufOf(model: Model, precision: GgufPrecision): Uint8Array {
  const { config, weights } = model;
  const tensors = ggufPlaces(config).map((place): [string, GgufTensor] => [
    place.theirs,
    storeTensor(place, weights.get(place.ours) ?? new Float32Array(sizeOf(place.shape)), precision),
  ]);
  return formatGguf({ metadata: facts(model, precision), tensors: new Map(tensors) });
}

function storeTensor({ ours, shape, dealt }: GgufPlace, values: Float32Array, precision: GgufPrecision): GgufTensor {
  const whole = shape.at(-1)! % 32 === 0;
  // llama.cpp adds these as they are, so that they must be plain floats.
  const plain = shape.length === 1 || ours === 'transformer.wpe.weight';
  const type = plain ? 'F32' : precision === 'Q8_0' && !whole ? 'F16' : precision;
  const rows = dealt > 0 ? dealRows(values, dealt, shape[1]!) : values;
  return { shape, type, bytes: packBlocks(type, rows) };
}

function facts({ config, tokenizer, card }: Model, precision: GgufPrecision): Map<string, GgufValue> {
  const name = config.model_type;
  const whole = (value: number): GgufValue => ({ type: 'u32', value });
  const float = (value: number): GgufValue => ({ type: 'f32', value: Math.fround(value) });
  const text = (value: string): GgufValue => ({ type: 'string', value });
  const rotary: [string, GgufValue][] = [
    ['llama.attention.layer_norm_rms_epsilon', float(config.rms_norm_eps)],
    ['llama.rope.dimension_count', whole(headSize(config))],
    ['llama.rope.freq_base', float(config.rope_theta)],
  ];
  return new Map([
    ['general.architecture', text(name)],
    ['general.name', text(card.name)],
    ['general.license', text(card.licence)],
    ['general.description', text(card.summary.en)],
    ['general.file_type', whole(FILE_TYPES[precision])],
    ['general.quantization_version', whole(2)],
    [`${name}.context_length`, whole(config.max_position_embeddings)],
    [`${name}.embedding_length`, whole(config.hidden_size)],
    [`${name}.block_count`, whole(config.num_hidden_layers)],
    [`${name}.feed_forward_length`, whole(config.intermediate_size)],
    [`${name}.attention.head_count`, whole(config.num_attention_heads)],
    [`${name}.attention.head_count_kv`, whole(config.num_key_value_heads)],
    [`${name}.vocab_size`, whole(config.vocab_size)],
    ...(name === 'llama'
      ? rotary
      : [['gpt2.attention.layer_norm_epsilon', float(config.rms_norm_eps)] as [string, GgufValue]]),
    ...ggufTokenizer(tokenizer),
  ]);
}
