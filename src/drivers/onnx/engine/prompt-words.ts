/**
 * Words as CLIP's text encoder reads them. Exports carry tokenizer.json, or only the older vocab.json and merges.txt, out of
 * which the same tokeniser is put together.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { HandlerFault } from '../../../isolation/index.ts';

export interface WeightedWords {
  readonly text: string;
  readonly weight: number;
}

export interface PromptWords {
  /** Ids of full length, and how much each token shall count. Throws `context-full`. */
  read(parts: readonly WeightedWords[]): { readonly ids: readonly number[]; readonly weights: readonly number[] };
  readonly length: number;
}

/** Reads a tokenizer/ folder. */
export function readPromptWords(folder: string): PromptWords {
  const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const settings = existsSync(join(folder, 'tokenizer_config.json')) ? json('tokenizer_config.json') : {};
  const file = existsSync(join(folder, 'tokenizer.json')) ? json('tokenizer.json') : fromOlderFiles(folder, settings);
  const tokenizer = new Tokenizer(file, settings);
  const idOf = (key: string, fallback: string): number => tokenizer.token_to_id(tokenOf(settings[key], fallback)) ?? 0;
  const [begin, end] = [idOf('bos_token', '<|startoftext|>'), idOf('eos_token', '<|endoftext|>')];
  const pad = idOf('pad_token', '<|endoftext|>');
  const length = Math.min(Number(settings.model_max_length ?? 77), 512);
  return {
    length,
    read: (parts) => {
      const [ids, weights] = [[begin], [1]];
      parts.forEach(({ text, weight }, i) => {
        const found = tokenizer.encode(i < parts.length - 1 ? `${text},` : text, { add_special_tokens: false }).ids;
        ids.push(...found);
        weights.push(...found.map(() => weight));
      });
      if (ids.length + 1 > length) {
        const count = ids.length - 1;
        throw new HandlerFault(
          'context-full',
          `${count} of ${length - 2} tokens`,
          `${count} 个词元，上限 ${length - 2}`,
        );
      }
      ids.push(end);
      const padding = new Array(length - ids.length).fill(pad);
      return { ids: [...ids, ...padding], weights: [...weights, 1, ...padding.map(() => 1)] };
    },
  };
}

/** Settings name a token by its text, or by an object that holds it. */
function tokenOf(setting: unknown, fallback: string): string {
  if (typeof setting === 'string') return setting;
  const content = (setting as { readonly content?: unknown } | undefined)?.content;
  return typeof content === 'string' ? content : fallback;
}

/** What a tokenizer.json of CLIP says, around its own vocabulary and merges. */
function fromOlderFiles(folder: string, settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const vocab = JSON.parse(readFileSync(join(folder, 'vocab.json'), 'utf8')) as Record<string, number>;
  const lines = readFileSync(join(folder, 'merges.txt'), 'utf8').split('\n');
  const specials = ['<|startoftext|>', '<|endoftext|>'].filter((token) => token in vocab);
  return {
    version: '1.0',
    added_tokens: specials.map((content) => ({
      id: vocab[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        {
          type: 'Split',
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          behavior: 'Removed',
          invert: true,
        },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      unk_token: tokenOf(settings.unk_token, '<|endoftext|>'),
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges: lines.filter((line) => line !== '' && !line.startsWith('#version')).map((line) => line.trim()),
    },
  };
}
