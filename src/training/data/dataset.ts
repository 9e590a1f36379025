/**
 * A prepared dataset: a folder with `dataset.json` and, per split, three files of rows × contextLength cells:
 *
 *   train.tokens.u16     token numbers, little-endian
 *   train.segments.u8    0 = padding; documents in a row are numbered 1, 2, …
 *   train.predict.u8     1 where the token is to be predicted
 *   vocabulary.json      text of each token by number (optional)
 *
 * A dataset of the kind `stream` is one long text for each split, of which training sees random windows: only the tokens.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isTarget, type PackedRows, type TokenStream, type TrainingSplit, tokenStream } from '../gpt/batch.ts';
import { refusal } from '../refusal.ts';
import { finishWithdrawal } from './withdrawal.ts';

const SPLIT = z.object({
  rows: z.int().positive().optional(),
  tokens: z.int().positive(),
  shards: z.array(z.object({ rows: z.int().min(0) })).optional(),
});
const DESCRIPTION = z.looseObject({
  kind: z.enum(['rows', 'stream']).default('rows'),
  contextLength: z.int().min(2).max(65_536),
  vocabSize: z.int().min(2).max(65_536),
  splits: z.record(z.string().regex(/^[\w-]+$/), SPLIT),
  digest: z.string().min(1),
});

/** A dataset folder that was opened; splits are read when asked for. */
export interface Dataset {
  readonly folder: string;
  readonly contextLength: number;
  readonly vocabSize: number;
  /** What the preparation says it is; part of what a training run is known by. */
  readonly digest: string;
  readonly splitNames: readonly string[];
  /** Rows of each part of the training split that can be retrained on its own; one part where nothing is said. */
  readonly shardRows: readonly number[];
  /** Text of each token, when the folder has it. */
  readonly vocabulary: readonly string[] | undefined;
  /** Reads and checks a split of rows. Throws `training/bad-dataset`. */
  loadSplit(name: string): Promise<PackedRows>;
  /** Reads and checks a split of either kind. Throws `training/bad-dataset`. */
  loadText(name: string): Promise<TrainingSplit>;
}

/** Opens a dataset folder; throws `training/dataset-missing` and `training/bad-dataset`. */
export async function loadDataset(folder: string): Promise<Dataset> {
  await finishWithdrawal(folder);
  const description = parse(DESCRIPTION, await readText(folder, 'dataset.json'), join(folder, 'dataset.json'));
  const { kind, contextLength, vocabSize, splits, digest } = description;
  const vocabulary = await findVocabulary(folder);
  if (vocabulary && vocabulary.length !== vocabSize) {
    throw bad(folder, `vocabulary.json has ${vocabulary.length} tokens where dataset.json says ${vocabSize}`);
  }
  const find = (name: string): z.infer<typeof SPLIT> => {
    const split = splits[name];
    if (split) return split;
    throw bad(folder, `there is no split '${name}', only ${Object.keys(splits).join(', ')}`);
  };
  const loadSplit = async (name: string): Promise<PackedRows> => {
    const { rows } = find(name);
    if (kind === 'stream' || rows === undefined) throw bad(folder, `${name}: it has no rows`);
    return readSplit(folder, name, { rows, length: contextLength }, vocabSize);
  };
  return {
    folder,
    contextLength,
    vocabSize,
    digest,
    splitNames: Object.keys(splits),
    shardRows: splits.train?.shards?.map(({ rows }) => rows) ?? [splits.train?.rows ?? 0],
    vocabulary,
    loadSplit,
    loadText: (name) =>
      kind === 'rows' ? loadSplit(name) : readStream(folder, name, find(name).tokens, contextLength, vocabSize),
  };
}

async function readStream(
  folder: string,
  name: string,
  count: number,
  length: number,
  vocabSize: number,
): Promise<TokenStream> {
  if (count <= length) throw bad(folder, `${name}: ${count} tokens are too few for windows of ${length}`);
  const tokens = new Uint16Array((await readCells(folder, `${name}.tokens.u16`, 2 * count)).buffer);
  const wrong = tokens.findIndex((token) => token >= vocabSize);
  if (wrong >= 0) throw bad(folder, `${name}: token ${tokens[wrong]} at ${wrong}`);
  return tokenStream(tokens, length);
}

async function readSplit(
  folder: string,
  name: string,
  shape: { readonly rows: number; readonly length: number },
  vocabSize: number,
): Promise<PackedRows> {
  const cells = shape.rows * shape.length;
  const [tokens, segments, predict] = await Promise.all([
    readCells(folder, `${name}.tokens.u16`, 2 * cells),
    readCells(folder, `${name}.segments.u8`, cells),
    readCells(folder, `${name}.predict.u8`, cells),
  ]);
  const split: PackedRows = {
    ...shape,
    tokens: new Uint16Array(tokens!.buffer),
    segments: segments!,
    predict: predict!,
  };
  const wrong = split.tokens.findIndex((token) => token >= vocabSize);
  if (wrong >= 0) throw bad(folder, `${name}: token ${split.tokens[wrong]} in row ${Math.floor(wrong / shape.length)}`);
  const any = split.tokens.some((_, at) => at % shape.length > 0 && isTarget(split, at));
  if (!any) throw bad(folder, `${name}: no token is to be predicted`);
  return split;
}

async function readCells(folder: string, file: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(folder, file);
  if (bytes.length !== size) throw bad(folder, `${file} has ${bytes.length} bytes instead of ${size}`);
  return new Uint8Array(bytes); // a copy of its own, aligned for 16-bit numbers
}

async function findVocabulary(folder: string): Promise<string[] | undefined> {
  const path = join(folder, 'vocabulary.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parse(z.array(z.string()), text, path);
}

async function readText(folder: string, file: string): Promise<string> {
  return new TextDecoder().decode(await read(folder, file));
}

async function read(folder: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw refusal(
      'missing',
      'training/dataset-missing',
      { en: `The dataset folder '${folder}' has no ${file}.`, zh: `数据集文件夹“${folder}”缺少 ${file}。` },
      {
        en: 'Run the preparation script of the recipe first, or name another folder.',
        zh: '请先运行配方的准备脚本，或指定别的文件夹。',
      },
      cause,
    );
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, source: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw bad(source, cause instanceof Error ? cause.message : 'not JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw bad(source, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' '));
}

function bad(source: string, reason: string): Error {
  return refusal(
    'input',
    'training/bad-dataset',
    { en: `The dataset '${source}' cannot be used: ${reason}.`, zh: `数据集“${source}”无法使用：${reason}。` },
    {
      en: 'Prepare it again; its files must agree with dataset.json.',
      zh: '请重新准备数据集；各文件须与 dataset.json 一致。',
    },
  );
}
