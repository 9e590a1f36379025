/**
 * Files that the artist brings: a melody, a sketch, a manuscript. Each becomes a work of the medium `file`, which an op of
 * some studio then reads. Nothing made it here, so there is nothing to replay; its lineage begins with it.
 */
import { OsError, sha256 } from '../core/index.ts';
import type { Kernel } from './kernel.ts';
import { hashRecord, type OpRecord } from './record.ts';
import { nameWork, type Work } from './work.ts';

/** The op that stands in the record of a brought work; no studio has one of that name. */
export const BROUGHT = 'artist/bring';

/** Bytes that a brought file may have: 256 MiB. */
export const LARGEST_FILE = 256 * 2 ** 20;

/** A file at the door. */
export interface BroughtFile {
  /** File name without folders; it becomes the title. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly actor?: string;
}

/** Keeps a file as a work; the same file under the same name is the same work. Throws `kernel/empty-file`, `kernel/file-too-large`. */
export async function bringFile(kernel: Kernel, { name, mime, bytes, actor = 'artist' }: BroughtFile): Promise<Work> {
  refuseSize(name, bytes.length);
  const content = sha256(bytes);
  const record: OpRecord = { op: BROUGHT, version: 1, inputs: [], options: { name, content }, seed: 0, model: null };
  const work = nameWork({
    medium: 'file',
    title: name,
    content,
    mime,
    size: bytes.length,
    parents: [],
    record,
    place: 0,
    measures: {},
    createdAt: new Date(kernel.clock.now()).toISOString(),
  });
  const outcome = { recordHash: hashRecord(record), works: [work.id], report: null };
  const facts = { work: work.id, name, content, size: bytes.length };
  await kernel.storage.commit({ blobs: [bytes], works: [work], outcome, ledger: [{ actor, act: 'brought', facts }] });
  return kernel.storage.works.get(work.id);
}

function refuseSize(name: string, size: number): void {
  if (size === 0) {
    throw new OsError({
      kind: 'input',
      code: 'kernel/empty-file',
      message: `The file '${name}' is empty.`,
      hint: 'Choose a file with something in it.',
      zh: { message: `文件“${name}”是空的。`, hint: '请选择有内容的文件。' },
    });
  }
  if (size <= LARGEST_FILE) return;
  const mebibytes = Math.round(size / 2 ** 20);
  throw new OsError({
    kind: 'input',
    code: 'kernel/file-too-large',
    message: `The file '${name}' has ${mebibytes} MiB; at most ${LARGEST_FILE / 2 ** 20} can be brought.`,
    hint: 'Bring a part of it, or a smaller version.',
    zh: {
      message: `文件“${name}”有 ${mebibytes} MiB，最多 ${LARGEST_FILE / 2 ** 20} MiB。`,
      hint: '请只带入一部分，或更小的版本。',
    },
  });
}
