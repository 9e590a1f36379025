/**
 * "Forget this": a document is taken out of a dataset, which becomes, byte for byte, the dataset that never held it; the
 * shards that differ are named, and so is the checkpoint from which each model must be trained again (SISA, Bourtoule et
 * al. 2021). The withdrawn text itself is kept nowhere; the record holds its id and digest.
 *
 * What this does not undo: a tokeniser that was learned from the text keeps its tokens, and paragraphs that were left out
 * of other documents because this one said them first stay out. Clean and tokenise anew, with the document unwanted, for that.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Json, Sha256 } from '../../core/index.ts';
import { refusal } from '../refusal.ts';
import { loadDataset } from './dataset.ts';
import { unpackDocument } from './pack-documents.ts';
import {
  type DatasetContents,
  PREPARATION,
  PROVENANCE,
  type PreparedDocument,
  type Provenance,
  prepareDataset,
} from './prepared-dataset.ts';
import { type ReadOrder, untaintedCheckpoints } from './shard-order.ts';
import type { SplitName } from './split-documents.ts';
import { applyWithdrawal, finishWithdrawal, WITHDRAWALS } from './withdrawal.ts';

/** A model that was trained on the dataset, and what it is known to have read. */
export interface TrainedRun extends ReadOrder {
  readonly model: string;
  /** Steps at which checkpoints are kept. */
  readonly checkpoints: readonly number[];
}

/** Who withdraws, when, and what was trained; passed in, for nothing here looks at a clock. */
export interface ForgetOptions {
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason?: string;
  readonly runs?: readonly TrainedRun[];
}

/** The record of a withdrawal, a line of withdrawals.jsonl. */
export interface Withdrawal {
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  readonly documents: readonly {
    readonly id: string;
    readonly source: string;
    readonly sha256: Sha256;
    readonly split: SplitName;
  }[];
  /** Training shards that are no longer the same. */
  readonly shards: readonly number[];
  /** Splits whose rows changed. */
  readonly splits: readonly SplitName[];
  readonly before: Sha256;
  readonly after: Sha256;
  /** Models that saw one of the shards; 0 means from the start. */
  readonly retrain: readonly {
    readonly model: string;
    readonly resumeFrom: number;
    readonly tainted: readonly number[];
  }[];
}

const DESCRIPTION = z.looseObject({
  digest: z.string(),
  preparation: PREPARATION,
  splits: z.record(z.string(), z.unknown()),
});

/**
 * Withdraws the documents with an id, or all of a source file, or with a SHA-256. Throws `training/dataset-missing`,
 * `training/bad-dataset`, `training/document-unknown`, `training/document-was-copy` and `training/nothing-would-remain`.
 */
export async function forgetDocument(folder: string, id: string, options: ForgetOptions): Promise<Withdrawal> {
  await finishWithdrawal(folder);
  const { description, provenance, prepared, vocabulary } = await readPrepared(folder);
  const gone = provenance.filter((line) => [line.id, line.source, line.sha256].includes(id));
  if (gone.length === 0) throw await notFound(folder, id, provenance);
  const kept = prepared.filter((document) => !gone.some((line) => line.id === document.id));
  const before = prepareDataset(prepared, vocabulary, description.preparation);
  if (before.digest !== description.digest) throw changedSince(folder);
  const after = prepareDataset(kept, vocabulary, description.preparation);
  if (!after.files.has('train.tokens.u16')) throw nothingLeft(folder, id);
  const record = recordOf(gone, before, after, options);
  const dropped = [...before.files.keys()].filter((file) => !after.files.has(file));
  await applyWithdrawal(folder, after.files, dropped, record as unknown as Json);
  return record;
}

/** All withdrawals of a dataset, oldest first. */
export async function listWithdrawals(folder: string): Promise<Withdrawal[]> {
  await finishWithdrawal(folder);
  const text = await readFile(join(folder, WITHDRAWALS), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Withdrawal);
}

async function readPrepared(folder: string) {
  const dataset = await loadDataset(folder);
  const text = await readFile(join(folder, 'dataset.json'), 'utf8');
  const description = DESCRIPTION.safeParse(JSON.parse(text));
  const lines = await readFile(join(folder, 'provenance.jsonl'), 'utf8').catch(() => undefined);
  if (!description.success || lines === undefined || !dataset.vocabulary) throw noProvenance(folder);
  const provenance = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => PROVENANCE.parse(JSON.parse(line)));
  const splits = new Map<string, Uint16Array>();
  for (const name of dataset.splitNames) splits.set(name, (await dataset.loadSplit(name)).tokens);
  const prepared = provenance.map((line): PreparedDocument => {
    const { split, shard: _, spans, prefix, ...facts } = line;
    return { ...facts, ...unpackDocument(splits.get(split)!, spans, prefix, dataset.contextLength) };
  });
  return { description: description.data, provenance, prepared, vocabulary: dataset.vocabulary };
}

function recordOf(
  gone: readonly Provenance[],
  before: DatasetContents,
  after: DatasetContents,
  { by, at, reason, runs = [] }: ForgetOptions,
): Withdrawal {
  const differ = (split: SplitName): number[] =>
    before.shards[split].flatMap(({ digest }, i) => (after.shards[split][i]?.digest === digest ? [] : [i]));
  const shards = differ('train');
  const rows = rowsOf(before, shards);
  const splits = (['train', 'validation', 'test'] as const).filter((split) => differ(split).length > 0);
  const retrain = runs.flatMap((run) => {
    const { tainted, resumeFrom } = untaintedCheckpoints(run, rows, run.checkpoints);
    const saw = untaintedCheckpoints(run, rows, [run.steps]).tainted.length > 0;
    return saw ? [{ model: run.model, resumeFrom, tainted }] : [];
  });
  return {
    by,
    at,
    ...(reason ? { reason } : {}),
    documents: gone.map(({ id, source, sha256, split }) => ({ id, source, sha256, split })),
    shards,
    splits,
    before: before.digest,
    after: after.digest,
    retrain,
  };
}

/** All rows of the shards, since with one document gone the rest is packed anew. */
function rowsOf({ shards }: DatasetContents, chosen: readonly number[]): ReadonlySet<number> {
  const rows = new Set<number>();
  let first = 0;
  for (const [shard, facts] of shards.train.entries()) {
    if (chosen.includes(shard)) for (let row = first; row < first + facts.rows; row++) rows.add(row);
    first += facts.rows;
  }
  return rows;
}

async function notFound(folder: string, id: string, provenance: readonly Provenance[]): Promise<Error> {
  const original = provenance.find(({ copies }) => copies.includes(id));
  if (original) {
    return refusal(
      'conflict',
      'training/document-was-copy',
      {
        en: `'${id}' was left out as a copy of '${original.id}', whose text is in the dataset.`,
        zh: `“${id}”因与“${original.id}”重复而未收入，后者的文本在数据集中。`,
      },
      { en: `Withdraw '${original.id}' to have the text forgotten.`, zh: `要遗忘这段文本，请撤回“${original.id}”。` },
    );
  }
  const known = (await listWithdrawals(folder)).find(({ documents }) =>
    documents.some((one) => [one.id, one.source, one.sha256].includes(id)),
  );
  const [en, zh] = known ? [`: it was withdrawn on ${known.at}`, `：已于 ${known.at} 撤回`] : ['', ''];
  return refusal(
    'missing',
    'training/document-unknown',
    { en: `The dataset '${folder}' holds no document '${id}'${en}.`, zh: `数据集“${folder}”中没有文档“${id}”${zh}。` },
    {
      en: 'provenance.jsonl lists the documents by id, file and SHA-256.',
      zh: 'provenance.jsonl 按编号、文件和 SHA-256 列出全部文档。',
    },
  );
}

function nothingLeft(folder: string, id: string): Error {
  return refusal(
    'conflict',
    'training/nothing-would-remain',
    {
      en: `Without '${id}' nothing would be left to train on in '${folder}'.`,
      zh: `撤回“${id}”后，“${folder}”中没有可供训练的文本。`,
    },
    { en: 'Delete the dataset and the models trained on it instead.', zh: '请直接删除该数据集及用它训练的模型。' },
  );
}

function noProvenance(folder: string): Error {
  return refusal(
    'input',
    'training/bad-dataset',
    {
      en: `The dataset '${folder}' does not say which documents it holds.`,
      zh: `数据集“${folder}”没有记录其中的文档。`,
    },
    {
      en: 'Only datasets made by tokeniseDocuments can forget; prepare it again.',
      zh: '只有 tokeniseDocuments 生成的数据集可以遗忘；请重新准备。',
    },
  );
}

function changedSince(folder: string): Error {
  return refusal(
    'conflict',
    'training/bad-dataset',
    { en: `The rows of '${folder}' are not those its record describes.`, zh: `“${folder}”中的数据与记录不符。` },
    {
      en: 'A file was changed by hand or damaged; prepare the dataset again.',
      zh: '有文件被改动或损坏；请重新准备数据集。',
    },
  );
}
