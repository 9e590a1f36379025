/**
 * The files of some kinds under a folder as they lie there, each with its licence and SHA-256: for readers that live elsewhere.
 * Everything else is named with the reason it was left out; equal bytes are handed on once.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cancelled, type Sha256, sha256 } from '../../core/index.ts';
import { refusal } from '../refusal.ts';
import { type Licence, READ_LIMITS, type Skip, type SourceKind } from './document.ts';
import { createLicenceFinder, isAbout } from './find-licence.ts';
import { kindOf } from './read/read-source.ts';
import { diskReason, type FoundFile, walkFolder } from './walk-folder.ts';

/** A file that was found. */
export interface CollectedFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly kind: SourceKind;
  readonly bytes: number;
  readonly sha256: Sha256;
  readonly licence: Licence;
}

export interface FileCollection {
  /** Files under the folder, of any kind. */
  readonly found: number;
  readonly files: readonly CollectedFile[];
  readonly skipped: readonly Skip[];
}

export interface CollectFilesOptions {
  readonly kinds: readonly SourceKind[];
  /** The licence of the whole folder, when it is known. */
  readonly licence?: string;
  /** The largest file that is read, default 64 MiB. */
  readonly maxFileBytes?: number;
  readonly onFile?: (file: string, done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** All files together, at most. */
const MOST_BYTES = 2 ** 30;

/** Hands the bytes of each file to `keep`, in the order of their paths. Throws `training/corpus-missing`, `training/corpus-too-large`, `core/cancelled`. */
export async function collectFiles(
  folder: string,
  keep: (file: CollectedFile, bytes: Uint8Array) => Promise<void>,
  options: CollectFilesOptions,
): Promise<FileCollection> {
  const { maxFileBytes = READ_LIMITS.maxFileBytes } = options;
  const walked = await walkFolder(folder);
  const licenceOf = await createLicenceFinder(
    folder,
    walked.files.map(({ path }) => path),
  );
  const skipped: Skip[] = [...walked.skipped];
  const files = new Map<Sha256, CollectedFile>();
  let total = 0;
  for (const [i, file] of walked.files.entries()) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    options.onFile?.(file.path, i, walked.files.length);
    const skip = (en: string, zh: string): number => skipped.push({ source: file.path, reason: { en, zh } });
    const kind = kindOf(file.path);
    if (isAbout(file.path)) continue;
    if (!kind || !options.kinds.includes(kind)) {
      skip('a kind of file that is not read here', '此处不读的文件类型');
      continue;
    }
    if (file.bytes > maxFileBytes) {
      skip(`${file.bytes} bytes, more than ${maxFileBytes}`, `${file.bytes} 字节，超过 ${maxFileBytes}`);
      continue;
    }
    total += file.bytes;
    if (total > MOST_BYTES) throw tooLarge(folder);
    const bytes = await readOne(folder, file, skipped);
    if (!bytes) continue;
    const digest = sha256(bytes);
    const twin = files.get(digest);
    if (twin) {
      skip(`the same file as ${twin.path}`, `与 ${twin.path} 是同一个文件`);
      continue;
    }
    const licence: Licence = options.licence ? { name: options.licence, from: 'recipe' } : licenceOf(file.path);
    const found: CollectedFile = { path: file.path, kind, bytes: bytes.length, sha256: digest, licence };
    files.set(digest, found);
    await keep(found, bytes);
  }
  return { found: walked.files.length, files: [...files.values()], skipped };
}

/** How many files of each kind lie under a folder; files about the others (LICENSE, README) are not counted. Throws `training/corpus-missing`. */
export async function countKinds(folder: string): Promise<Partial<Record<SourceKind, number>>> {
  const counts: Partial<Record<SourceKind, number>> = {};
  for (const { path } of (await walkFolder(folder)).files) {
    const kind = isAbout(path) ? undefined : kindOf(path);
    if (kind) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

async function readOne(folder: string, { path }: FoundFile, skipped: Skip[]): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(folder, path));
  } catch (error) {
    const reason = diskReason(error);
    if (!reason) throw error;
    skipped.push({ source: path, reason });
    return undefined;
  }
}

function tooLarge(folder: string): Error {
  return refusal(
    'input',
    'training/corpus-too-large',
    {
      en: `'${folder}' holds more than ${MOST_BYTES} bytes of files.`,
      zh: `“${folder}”中的文件超过 ${MOST_BYTES} 字节。`,
    },
    { en: 'Train on a part of it; a smaller folder will do.', zh: '请只用其中一部分训练，换一个更小的文件夹。' },
  );
}
