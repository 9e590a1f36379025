/**
 * The encoder: a BERT, with the names of Hugging Face's BertForMaskedLM (Devlin and others, 2019).
 *
 *   ids ─▶ words + places + type ─▶ norm ─▶ [ attend ─(+)─▶ norm ─▶ gelu ─(+)─▶ norm ] × layers ─▶ hidden (B·T, C)
 *   hidden at masked places ─▶ dense ─▶ gelu ─▶ norm ─▶ · words + bias = logits
 *
 * Every token sees every token of its own segment, before and after it.
 */
import { biasedProduct } from '../gpt/operations.ts';
import {
  add,
  attend,
  concat,
  equal,
  gather,
  gelu,
  layerNorm,
  reshape,
  scalar,
  scale,
  slice,
  stopGradient,
  type Tensor,
  transpose,
  where,
} from '../graph/index.ts';
import type { Parameter, Parts } from '../learn/index.ts';
import type { EncoderConfig } from './config.ts';

/** Sizes of a batch. */
export interface EncoderShape {
  /** Sequences, B. */
  readonly rows: number;
  /** Tokens in each, T. */
  readonly length: number;
}

const EMBEDDINGS = 'bert.embeddings';
const WORDS = `${EMBEDDINGS}.word_embeddings.weight`;
const PLACES = `${EMBEDDINGS}.position_embeddings.weight`;
const TYPES = `${EMBEDDINGS}.token_type_embeddings.weight`;
const HEAD = 'cls.predictions';

/** Numbers under which nothing is seen. */
const UNSEEN = -1e9;

/** Hidden states (B·T, C); inputs `ids` (B·T) i32 and `segments` (B, T) i32, where 0 is padding. */
export function encode({ input, weight }: Parts, config: EncoderConfig, { rows, length }: EncoderShape): Tensor {
  const { hidden_size: c, num_hidden_layers: layers } = config;
  const places = slice(weight(PLACES), 0, 0, length);
  const words = reshape(gather(weight(WORDS), input('ids')), [rows, length, c]);
  const type = slice(weight(TYPES), 0, 0, 1);
  const embedded = reshape(add(words, add(places, type)), [rows * length, c]);
  const bias = seen(input('segments'), rows, length);
  let x = norm(weight, embedded, `${EMBEDDINGS}.LayerNorm`, config);
  for (let i = 0; i < layers; i++) {
    const name = (part: string): string => `bert.encoder.layer.${i}.${part}`;
    const heads = (part: string): Tensor =>
      toHeads(linear(weight, x, name(`attention.self.${part}`)), config, { rows, length });
    const mixed = attend(heads('query'), heads('key'), heads('value'), bias); // (B, H, T, D)
    const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [rows * length, c]);
    const attended = add(x, linear(weight, joined, name('attention.output.dense')));
    x = norm(weight, attended, name('attention.output.LayerNorm'), config);
    const inner = gelu(linear(weight, x, name('intermediate.dense')));
    x = norm(weight, add(x, linear(weight, inner, name('output.dense'))), name('output.LayerNorm'), config);
  }
  return x;
}

/**
 * What is multiplied to give logits: x (R, C + 1) and table (V, C + 1), whose last columns are 1 and the bias of each word;
 * so the loss over the vocabulary needs no bias of its own.
 */
export function wordScores({ weight }: Parts, config: EncoderConfig, chosen: Tensor): { x: Tensor; table: Tensor } {
  const dense = gelu(linear(weight, chosen, `${HEAD}.transform.dense`));
  const x = norm(weight, dense, `${HEAD}.transform.LayerNorm`, config);
  const ones = add(scale(slice(stopGradient(x), 1, 0, 1), 0), scalar(x.graph, 1));
  const bias = reshape(weight(`${HEAD}.bias`), [config.vocab_size, 1]);
  return { x: concat([x, ones], 1), table: concat([weight(WORDS), bias], 1) };
}

/** All weights in a fixed order. */
export function encoderParameters(config: EncoderConfig): Parameter[] {
  const { hidden_size: c, intermediate_size: m, initializer_range: deviation } = config;
  const table = (name: string, rows: number): Parameter => ({
    name,
    shape: [rows, c],
    start: { kind: 'normal', deviation },
    kind: 'embedding',
  });
  const vector = (name: string, size: number, value = 0): Parameter => ({
    name,
    shape: [size],
    start: { kind: 'constant', value },
    kind: 'vector',
  });
  const dense = (name: string, from: number, to: number): Parameter[] => [
    { name: `${name}.weight`, shape: [to, from], start: { kind: 'normal', deviation }, kind: 'matrix' },
    vector(`${name}.bias`, to),
  ];
  const normed = (name: string): Parameter[] => [vector(`${name}.weight`, c, 1), vector(`${name}.bias`, c)];
  const layer = (i: number): Parameter[] => {
    const name = (part: string): string => `bert.encoder.layer.${i}.${part}`;
    return [
      ...['query', 'key', 'value'].flatMap((part) => dense(name(`attention.self.${part}`), c, c)),
      ...dense(name('attention.output.dense'), c, c),
      ...normed(name('attention.output.LayerNorm')),
      ...dense(name('intermediate.dense'), c, m),
      ...dense(name('output.dense'), m, c),
      ...normed(name('output.LayerNorm')),
    ];
  };
  return [
    table(WORDS, config.vocab_size),
    table(PLACES, config.max_position_embeddings),
    table(TYPES, config.type_vocab_size),
    ...normed(`${EMBEDDINGS}.LayerNorm`),
    ...Array.from({ length: config.num_hidden_layers }, (_, i) => layer(i)).flat(),
    vector(`${HEAD}.bias`, config.vocab_size),
    ...dense(`${HEAD}.transform.dense`, c, c),
    ...normed(`${HEAD}.transform.LayerNorm`),
  ];
}

/** Learned numbers in all. */
export function encoderParameterCount(config: EncoderConfig): number {
  return encoderParameters(config).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}

type Weight = Parts['weight'];

function linear(weight: Weight, x: Tensor, name: string): Tensor {
  return biasedProduct(x, weight(`${name}.weight`), weight(`${name}.bias`));
}

function norm(weight: Weight, x: Tensor, name: string, config: EncoderConfig): Tensor {
  return layerNorm(x, weight(`${name}.weight`), weight(`${name}.bias`), config.layer_norm_eps);
}

/** (B·T, C) to (B, H, T, D). */
function toHeads(x: Tensor, config: EncoderConfig, { rows, length }: EncoderShape): Tensor {
  const heads = config.num_attention_heads;
  return transpose(reshape(x, [rows, length, heads, config.hidden_size / heads]), [0, 2, 1, 3]);
}

/** 0 where two tokens lie in one segment, (B, 1, T, T). */
function seen(segments: Tensor, rows: number, length: number): Tensor {
  const same = equal(reshape(segments, [rows, 1, length, 1]), reshape(segments, [rows, 1, 1, length]));
  return where(same, scalar(segments.graph, 0), scalar(segments.graph, UNSEEN));
}
