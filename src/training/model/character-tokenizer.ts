/**
 * A tokeniser that gives every character its own token, kept as a Hugging Face `tokenizer.json`: a BPE without merges,
 * with special tokens such as `<s>` or `<title>` as added tokens. Ids are dense and are the places in the vocabulary.
 */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';

export interface CharacterTokenizer {
  /** Text of each token by id. */
  readonly vocabulary: readonly string[];
  /** The id of a token's text, or undefined. */
  find(token: string): number | undefined;
  /** Ids of a text; special tokens written in it are recognised, unknown characters become `<unk>`. */
  encode(text: string): number[];
  /** The text of ids, special tokens included. */
  decode(ids: readonly number[]): string;
}

const UNKNOWN = '<unk>';

/** Whether a token is a special one, by its shape `<…>`. */
export function isSpecial(token: string): boolean {
  return /^<[^<>]+>$/.test(token);
}

/** A tokeniser over a vocabulary; it must hold `<unk>`, single characters and special tokens, none twice. */
export function createCharacterTokenizer(vocabulary: readonly string[], source = 'vocabulary'): CharacterTokenizer {
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  const unknown = ids.get(UNKNOWN);
  if (unknown === undefined) throw badTokenizer(source, `it has no ${UNKNOWN}`);
  if (ids.size !== vocabulary.length) throw badTokenizer(source, 'it holds a token twice');
  const odd = vocabulary.find((token) => !isSpecial(token) && [...token].length !== 1);
  if (odd !== undefined) throw badTokenizer(source, `'${odd}' is neither one character nor a special token`);
  return {
    vocabulary,
    find: (token) => ids.get(token),
    encode: (text) => {
      const parts = text.match(/<[^<>]+>|./gsu) ?? [];
      return parts.flatMap((part) => (ids.has(part) ? [part] : [...part])).map((part) => ids.get(part) ?? unknown);
    },
    decode: (tokens) => tokens.map((id) => vocabulary[id] ?? UNKNOWN).join(''),
  };
}

/** The text of a `tokenizer.json`. */
export function formatTokenizer(tokenizer: CharacterTokenizer): string {
  const { vocabulary } = tokenizer;
  const added = vocabulary.flatMap((content, id) =>
    isSpecial(content)
      ? [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }]
      : [],
  );
  const file = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: UNKNOWN,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: [],
    },
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The text of the `tokenizer_config.json` that transformers wants beside it. */
export function formatTokenizerConfig(tokenizer: CharacterTokenizer, contextLength: number): string {
  const named = { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>', unk_token: UNKNOWN };
  const known = Object.fromEntries(Object.entries(named).filter(([, token]) => tokenizer.find(token) !== undefined));
  const settings = {
    ...known,
    model_max_length: contextLength,
    clean_up_tokenization_spaces: false,
    tokenizer_class: 'PreTrainedTokenizerFast',
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

const FILE = z.object({
  model: z.object({
    type: z.literal('BPE'),
    vocab: z.record(z.string(), z.int().nonnegative()),
    merges: z.array(z.unknown()).max(0),
  }),
  added_tokens: z.array(z.object({ id: z.int().nonnegative(), content: z.string().min(1) })).default([]),
});

/** Reads the text of a `tokenizer.json` of this kind; throws `training/bad-tokenizer`. */
export function parseTokenizer(json: string, source = 'tokenizer.json'): CharacterTokenizer {
  const parsed = FILE.safeParse(parseJson(json, source));
  if (!parsed.success) throw badTokenizer(source, 'it is not a character tokeniser (BPE without merges)');
  const { model, added_tokens: added } = parsed.data;
  const vocabulary: string[] = [];
  for (const [token, id] of [...Object.entries(model.vocab), ...added.map((one) => [one.content, one.id] as const)]) {
    if (vocabulary[id] !== undefined && vocabulary[id] !== token) throw badTokenizer(source, `id ${id} has two tokens`);
    vocabulary[id] = token;
  }
  const gap = Array.from(vocabulary).indexOf(undefined as unknown as string);
  if (gap >= 0) throw badTokenizer(source, `id ${gap} has no token`);
  return createCharacterTokenizer(vocabulary, source);
}

function badTokenizer(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-tokenizer',
    { en: `'${source}' cannot serve as a tokeniser: ${reason}.`, zh: `“${source}”不能用作分词器：${reason}。` },
    {
      en: "Use the tokenizer.json that came with the model, or make one with 'createCharacterTokenizer'.",
      zh: '请使用随模型附带的 tokenizer.json，或用 createCharacterTokenizer 生成。',
    },
  );
}
