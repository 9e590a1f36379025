/**
 * A finished model is a folder in the Hugging Face layout:
 *
 *   config.json        sizes (LlamaForCausalLM or GPT2LMHeadModel)
 *   tokenizer.json     characters or byte pairs, special tokens   (+ tokenizer_config.json for transformers)
 *   model.safetensors  weights, usually F16
 *   card.json          what people should know
 */
import { join } from 'node:path';
import { hashJson, type Sha256, sha256 } from '../../core/index.ts';
import { formatConfig, type GptConfig, type GptSizes, gptConfig, parseConfig } from '../gpt/config.ts';
import { outputTable } from '../gpt/forward.ts';
import { createWeights, parameterCount, type Weights } from '../gpt/parameters.ts';
import { storeWeights, takeWeights } from '../gpt/stored-weights.ts';
import { refusal } from '../refusal.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { formatTokenizer, formatTokenizerConfig, parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { type ModelCard, parseCard } from './card.ts';
import { writeDurably } from './durable.ts';
import { readModelPart } from './read-part.ts';
import { formatSafetensors, type Precision, readSafetensors } from './safetensors.ts';

/** What a folder holds. */
const FILES = ['config.json', 'tokenizer.json', 'model.safetensors', 'card.json'];

/** A model in memory. */
export interface Model {
  readonly config: GptConfig;
  readonly tokenizer: Tokenizer;
  readonly weights: Weights;
  readonly card: ModelCard;
}

/** A model read from a folder. */
export interface LoadedModel extends Model {
  /** SHA-256 over the digests of config.json, tokenizer.json and model.safetensors. */
  readonly digest: Sha256;
}

/** Reads a model folder; throws `training/model-missing` or the error of the broken file. */
export async function loadModelFolder(folder: string): Promise<LoadedModel> {
  const [config, tokenizer, safetensors, card] = await Promise.all(
    FILES.map((file) => readModelPart(folder, file, FILES)),
  );
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
  const parsed = parseConfig(text(config), join(folder, 'config.json'));
  const tokens = parseTokenizer(text(tokenizer), join(folder, 'tokenizer.json'));
  if (tokens.vocabulary.length !== parsed.vocab_size) throw sizeMismatch(folder, tokens.vocabulary.length, parsed);
  const path = join(folder, 'model.safetensors');
  const stored = readSafetensors(safetensors!, path);
  return {
    config: parsed,
    tokenizer: tokens,
    weights: takeWeights(parsed, stored, path),
    card: parseCard(text(card), join(folder, 'card.json')),
    digest: digestOf(config!, tokenizer!, safetensors!),
  };
}

/** The card and digest of a model folder, without reading its numbers. Throws as `loadModelFolder`. */
export async function identifyModelFolder(folder: string): Promise<Pick<LoadedModel, 'card' | 'digest'>> {
  const [config, tokenizer, safetensors, card] = await Promise.all(
    FILES.map((file) => readModelPart(folder, file, FILES)),
  );
  const text = new TextDecoder().decode(card);
  return { card: parseCard(text, join(folder, 'card.json')), digest: digestOf(config!, tokenizer!, safetensors!) };
}

function digestOf(config: Uint8Array, tokenizer: Uint8Array, weights: Uint8Array): Sha256 {
  return hashJson({ config: sha256(config), tokenizer: sha256(tokenizer), weights: sha256(weights) });
}

/** Writes a model folder; the card comes last, so that a folder with a card is whole. Default precision F16. */
export async function saveModelFolder(
  folder: string,
  model: Model,
  options: { readonly precision?: Precision } = {},
): Promise<void> {
  const { config, tokenizer, weights, card } = model;
  const stored = storeWeights(config, weights);
  const [bos, eos] = [tokenizer.find('<s>'), tokenizer.find('</s>')];
  const special = { ...(bos === undefined ? {} : { bos }), ...(eos === undefined ? {} : { eos }) };
  const precision = options.precision ?? 'F16';
  await writeDurably(join(folder, 'model.safetensors'), formatSafetensors(stored, { precision }));
  await writeDurably(join(folder, 'tokenizer.json'), formatTokenizer(tokenizer));
  const length = config.max_position_embeddings;
  await writeDurably(join(folder, 'tokenizer_config.json'), formatTokenizerConfig(tokenizer, length));
  await writeDurably(join(folder, 'config.json'), formatConfig(config, special));
  const whole: ModelCard = { ...card, parameters: card.parameters ?? parameterCount(config) };
  await writeDurably(join(folder, 'card.json'), `${JSON.stringify(whole, null, 2)}\n`);
}

/** What a random model is made of. */
export interface RandomModelOptions extends Partial<Omit<GptSizes, 'vocab_size'>> {
  readonly vocabulary: readonly string[];
  /** Default 0. */
  readonly seed?: string | number;
  /** Deviation of the embedding; larger makes a more decided model. Default 0.02, as before training. */
  readonly boldness?: number;
}

/** Writes a model that has learned nothing: for tests, and as the start of training. Small unless told otherwise. */
export async function createRandomModelFolder(folder: string, options: RandomModelOptions): Promise<void> {
  const { vocabulary, seed = 0, boldness = 0.02, ...sizes } = options;
  const small = { hidden_size: 32, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 64 };
  const config = gptConfig({ ...small, ...sizes, vocab_size: vocabulary.length });
  const weights = createWeights(config, seed);
  const embedding = weights.get(outputTable(config))!;
  for (let i = 0; i < embedding.length; i++) embedding[i]! *= boldness / 0.02;
  const summary = { en: 'A model that has learned nothing.', zh: '尚未学习任何内容的模型。' };
  const card = { name: 'random', licence: 'Apache-2.0', summary };
  const tokenizer = createCharacterTokenizer(vocabulary);
  await saveModelFolder(folder, { config, tokenizer, weights, card }, { precision: 'F32' });
}

function sizeMismatch(folder: string, tokens: number, config: GptConfig): Error {
  return refusal(
    'input',
    'training/weights-mismatch',
    {
      en: `'${folder}': the tokeniser has ${tokens} tokens, config.json says ${config.vocab_size}.`,
      zh: `“${folder}”：分词器有 ${tokens} 个词元，而 config.json 写的是 ${config.vocab_size}。`,
    },
    { en: 'Take all files from the same model.', zh: '请使用同一个模型的全部文件。' },
  );
}
