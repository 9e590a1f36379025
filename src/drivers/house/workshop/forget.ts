/**
 * Withdrawing a document: the corpus without it goes on the shelf, every dataset on the shelf that held it is rebuilt
 * without it (byte for byte as if it had never been there), and the models that had read it are named.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, OsError } from '../../../core/index.ts';
import type { Made, Workshop } from '../../../kernel/index.ts';
import {
  type CleanDocument,
  forgetDocument,
  listWithdrawals,
  loadDataset,
  type Withdrawal,
} from '../../../training/index.ts';
import { countCharacters, digestOfDocuments } from './collect.ts';
import { findRun, runsOn } from './kept-run.ts';
import { runOfModel } from './retrain.ts';
import { readLines, writeLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

type ForgetRequest = Parameters<Workshop['forget']>[0];

export async function forget(surroundings: Surroundings, { corpus, document, at }: ForgetRequest): Promise<Made> {
  const { shelf } = surroundings;
  const path = join(shelf.find('corpus', corpus.digest), 'documents.jsonl');
  const documents = await readLines<CleanDocument>(path);
  const gone = documents.filter(({ id, source, sha256 }) => [id, source, sha256].includes(document));
  if (gone.length === 0) throw unknownDocument(document, documents);
  const kept = documents.filter((each) => !gone.includes(each));
  const digest = await shelf.keep('corpus', async (folder) => {
    await writeLines(join(folder, 'documents.jsonl'), kept);
    return digestOfDocuments(kept);
  });
  await withdrawFromCorpora(surroundings, gone);
  const withdrawals: Rebuilt[] = [];
  for (const each of gone) withdrawals.push(...(await withdrawEverywhere(surroundings, each, at)));
  const retrain = await modelsThatRead(surroundings, withdrawals);
  return {
    digest,
    from: corpus.digest,
    withdrawn: gone.map(({ id, sha256 }) => ({ id, sha256 })),
    documents: kept.length,
    characters: countCharacters(kept),
    datasets: withdrawals as unknown as Json,
    retrain,
    models: (await Promise.all(retrain.map((name) => placeOf(surroundings, name, withdrawals)))) as unknown as Json,
  };
}

/** No corpus on the shelf keeps the text: those that held it are kept without it, under the digest of what remains. */
async function withdrawFromCorpora({ shelf }: Surroundings, gone: readonly CleanDocument[]): Promise<void> {
  const names = new Set(gone.flatMap(({ id, sha256 }) => [id, sha256]));
  const sources = new Set(gone.map(({ source }) => source));
  // A file as it was read, before it was cut into chapters, holds the text too.
  const holds = ({ id, source, sha256 }: CleanDocument): boolean =>
    names.has(id) || names.has(sha256) || (id === source && sources.has(source));
  for (const folder of await shelf.list('corpus')) {
    const documents = await readLines<CleanDocument>(join(folder, 'documents.jsonl'));
    const kept = documents.filter((each) => !holds(each));
    if (kept.length === documents.length) continue;
    await shelf.keep('corpus', async (draft) => {
      await writeLines(join(draft, 'documents.jsonl'), kept);
      return digestOfDocuments(kept);
    });
    await rm(folder, { recursive: true });
  }
}

/** `known`: every digest the dataset has had, for cards name the one they were trained on. */
type Rebuilt = Pick<Withdrawal, 'before' | 'after' | 'shards' | 'retrain'> & { readonly known: readonly string[] };

/** All datasets on the shelf that hold the document, rebuilt under their new digest; the old ones go. */
async function withdrawEverywhere({ shelf }: Surroundings, document: CleanDocument, at: string): Promise<Rebuilt[]> {
  const rebuilt: Rebuilt[] = [];
  for (const folder of await shelf.list('dataset')) {
    const provenance = await readFile(join(folder, 'provenance.jsonl'), 'utf8').catch(() => '');
    if (!provenance.includes(document.sha256)) continue;
    const { digest: now, shardRows } = await loadDataset(folder);
    const earlier = (await listWithdrawals(folder)).map((one) => one.before);
    const runs = await runsOn(shelf, [...earlier, now], shardRows);
    const withdrawal = await forgetDocument(folder, document.sha256, { by: 'artist', at, runs });
    const { before, after, shards, retrain } = withdrawal;
    const known = [...earlier, before];
    await shelf.rename('dataset', before, after);
    rebuilt.push({ before, after, shards, known, retrain });
  }
  return rebuilt;
}

/** Models at hand whose card names one of the datasets. */
async function modelsThatRead({ home }: Surroundings, rebuilt: readonly Rebuilt[]): Promise<string[]> {
  const root = join(home, 'models');
  const names = await readdir(root).catch(() => []);
  const read = await Promise.all(
    names.map(async (name) => {
      const card = await readFile(join(root, name, 'card.json'), 'utf8').catch(() => '');
      return rebuilt.some(({ known }) => known.some((digest) => card.includes(digest))) ? [name] : [];
    }),
  );
  return read.flat();
}

/** From which step a model would be trained again: where several documents went, the earliest. */
async function placeOf(surroundings: Surroundings, name: string, rebuilt: readonly Rebuilt[]) {
  const out = await runOfModel(surroundings, name);
  const run = out === undefined ? undefined : await findRun(out);
  if (out === undefined || !run) return { name, order: null, from: null, steps: null };
  const places = rebuilt.flatMap(({ retrain }) => retrain.filter(({ model }) => model === out));
  const from = Math.min(run.steps, ...places.map(({ resumeFrom }) => resumeFrom));
  return { name, order: run.order, from, steps: run.steps };
}

function unknownDocument(document: string, documents: readonly CleanDocument[]): OsError {
  const some = documents
    .slice(0, 3)
    .map(({ id }) => id)
    .join(', ');
  return new OsError({
    kind: 'missing',
    code: 'house/document-unknown',
    message: `The corpus has no document '${document}'.`,
    hint: `Name it by id, file or SHA-256; the first are: ${some}.`,
    zh: { message: `语料中没有文档“${document}”。`, hint: `请用编号、文件名或 SHA-256 指明；最前面的是：${some}。` },
  });
}
