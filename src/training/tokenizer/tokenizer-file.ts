/**
 * Hugging Face's `tokenizer.json` and `tokenizer_config.json`, read and written for our two kinds:
 *
 *   characters   model BPE without merges, no pre-tokeniser, decoder Fuse, unknown token <unk>
 *   byte pairs   model BPE with merges, pre-tokeniser and decoder ByteLevel, nothing unknown
 */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { type BytePairTokenizer, badTokenizer, createBytePairTokenizer } from './byte-pair-tokenizer.ts';
import { createCharacterTokenizer } from './character-tokenizer.ts';
import { isSpecial, type Tokenizer } from './tokenizer.ts';

const UNKNOWN = '<unk>';
const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/** Whether a tokeniser joins bytes by merges. */
export function isBytePair(tokenizer: Tokenizer): tokenizer is BytePairTokenizer {
  return 'merges' in tokenizer;
}

/** The text of a `tokenizer.json`. */
export function formatTokenizer(tokenizer: Tokenizer): string {
  const { vocabulary } = tokenizer;
  const merges = isBytePair(tokenizer) ? tokenizer.merges : undefined;
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
    pre_tokenizer: merges ? BYTE_LEVEL : null,
    post_processor: null,
    decoder: merges ? BYTE_LEVEL : { type: 'Fuse' },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: merges ? null : UNKNOWN,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: merges ?? [],
    },
  };
  return `${JSON.stringify(file, null, merges ? 0 : 1)}\n`;
}

/** The text of the `tokenizer_config.json` that transformers wants beside it. */
export function formatTokenizerConfig(tokenizer: Tokenizer, contextLength: number): string {
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

const MERGE = z.union([
  z.tuple([z.string(), z.string()]),
  z.string().transform((line): [string, string] => {
    const cut = line.indexOf(' ', 1);
    return [line.slice(0, cut), line.slice(cut + 1)];
  }),
]);
const FILE = z.object({
  model: z.object({
    type: z.literal('BPE'),
    vocab: z.record(z.string(), z.int().nonnegative()),
    merges: z.array(MERGE),
  }),
  pre_tokenizer: z.looseObject({ type: z.string(), add_prefix_space: z.boolean().optional() }).nullish(),
  added_tokens: z.array(z.object({ id: z.int().nonnegative(), content: z.string().min(1) })).default([]),
});

/** Reads the text of a `tokenizer.json` of either kind; throws `training/bad-tokenizer`. */
export function parseTokenizer(json: string, source = 'tokenizer.json'): Tokenizer {
  const parsed = FILE.safeParse(parseJson(json, source));
  if (!parsed.success) throw badTokenizer(source, 'it is not a BPE tokeniser');
  const { model, pre_tokenizer: before, added_tokens: added } = parsed.data;
  const vocabulary = listTokens(
    [...Object.entries(model.vocab), ...added.map((one) => [one.content, one.id] as const)],
    source,
  );
  if (!before && model.merges.length === 0) return createCharacterTokenizer(vocabulary, source);
  if (before?.type === 'ByteLevel' && !before.add_prefix_space) {
    return createBytePairTokenizer(vocabulary, model.merges, source);
  }
  throw badTokenizer(source, `its pre-tokeniser '${before?.type ?? 'none'}' is not one we know`);
}

function listTokens(entries: readonly (readonly [string, number])[], source: string): string[] {
  const vocabulary: string[] = [];
  for (const [token, id] of entries) {
    if (vocabulary[id] !== undefined && vocabulary[id] !== token) throw badTokenizer(source, `id ${id} has two tokens`);
    vocabulary[id] = token;
  }
  const gap = Array.from(vocabulary).indexOf(undefined as unknown as string);
  if (gap >= 0) throw badTokenizer(source, `id ${gap} has no token`);
  return vocabulary;
}
