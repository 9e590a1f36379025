/**
 * The change of a dataset folder by a withdrawal, all or nothing: the new files are laid beside the old ones, then a note of
 * what is to be done is written, and only then are they moved. Whoever opens the folder after a crash finishes the note.
 */
import { appendFile, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, type Json } from '../../core/index.ts';
import { syncFolder, writeDurably } from '../model/durable.ts';

const NOTE = 'withdrawal.pending.json';
/** The record of withdrawals, a line each, only ever added to. */
export const WITHDRAWALS = 'withdrawals.jsonl';

interface Note {
  readonly replace: readonly string[];
  readonly remove: readonly string[];
  readonly record: Json;
}

/** Replaces and removes files and adds the record. */
export async function applyWithdrawal(
  folder: string,
  files: ReadonlyMap<string, Uint8Array | string>,
  remove: readonly string[],
  record: Json,
): Promise<void> {
  for (const [file, content] of files) await writeDurably(join(folder, `${file}.next`), content);
  const note: Note = { replace: [...files.keys()], remove, record };
  await writeDurably(join(folder, NOTE), canonicalJson(note as unknown as Json));
  await finishWithdrawal(folder);
}

/** Finishes what an interrupted withdrawal began; does nothing where there is none. */
export async function finishWithdrawal(folder: string): Promise<void> {
  const text = await readFile(join(folder, NOTE), 'utf8').catch(ignoreMissing);
  if (text === undefined) return;
  const { replace, remove, record } = JSON.parse(text) as Note;
  for (const file of replace) await rename(join(folder, `${file}.next`), join(folder, file)).catch(ignoreMissing);
  for (const file of remove) await rm(join(folder, file), { force: true });
  await addLine(join(folder, WITHDRAWALS), canonicalJson(record));
  await syncFolder(folder);
  await rm(join(folder, NOTE));
}

/** A record carries the digest it left behind, so that adding it twice can be told and is not done. */
async function addLine(path: string, line: string): Promise<void> {
  const known = (await readFile(path, 'utf8').catch(ignoreMissing)) ?? '';
  if (known.endsWith(`${line}\n`)) return;
  await appendFile(path, `${known === '' || known.endsWith('\n') ? '' : '\n'}${line}\n`);
  await using file = await open(path, 'r+');
  await file.sync();
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
