/**
 * A folder of an artist's files as documents, and a record of every file:
 *
 *   folder ─ walk ─▶ files ─ read by kind ─▶ documents (text) and works (pictures, scores)
 *                                      └──▶ report: sources with licence and SHA-256, skips with the reason
 *
 * One bad file never stops the others; what stops everything is a missing folder, a folder without any text or work, or
 * more text than memory should hold.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join, posix } from 'node:path';
import { cancelled, sha256 } from '../../core/index.ts';
import { refusal } from '../refusal.ts';
import {
  type Collection,
  type CorpusDocument,
  type Licence,
  type ListedWork,
  type Piece,
  READ_LIMITS,
  type ReadLimits,
  reasonOf,
  type Skip,
  type SourceKind,
  type SourceRecord,
} from './document.ts';
import { createLicenceFinder, isAbout } from './find-licence.ts';
import { JSONL_FIELDS, type JsonlFields } from './read/read-jsonl.ts';
import { kindOf, readSource } from './read/read-source.ts';
import { diskReason, type FoundFile, walkFolder } from './walk-folder.ts';

/** What may be told to the collection; everything has a default. */
export interface CollectOptions {
  /** Names of the fields of jsonl files; default text, title, author, book, chapter, licence. */
  readonly fields?: Partial<JsonlFields>;
  /** The licence of the whole folder, when the recipe knows it. */
  readonly licence?: string;
  readonly limits?: Partial<ReadLimits>;
  /** Put before every id and source, to tell several folders apart. */
  readonly prefix?: string;
  /** Takes these paths alone, default all. */
  readonly only?: ReadonlySet<string>;
  readonly onFile?: (file: string, done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

interface Found {
  readonly documents: readonly CorpusDocument[];
  readonly works: readonly ListedWork[];
  readonly source: SourceRecord;
}

/**
 * Reads all texts, pictures and scores under a folder. Throws `training/corpus-missing`, `training/corpus-empty`,
 * `training/corpus-too-large` and `core/cancelled`.
 */
export async function collectFolder(folder: string, options: CollectOptions = {}): Promise<Collection> {
  const { only } = options;
  const all = await walkFolder(folder);
  const walked = { ...all, files: only ? all.files.filter(({ path }) => only.has(path)) : all.files };
  const { maxCharacters } = { ...READ_LIMITS, ...options.limits };
  const licenceOf = await createLicenceFinder(
    folder,
    walked.files.map(({ path }) => path),
  );
  const skipped: Skip[] = [...walked.skipped];
  const found: Found[] = [];
  let characters = 0;
  for (const [i, file] of walked.files.entries()) {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    options.onFile?.(file.path, i, walked.files.length);
    const result = await readFound(folder, file, licenceOf, options);
    if ('reason' in result) skipped.push(result);
    else found.push(result);
    characters += 'source' in result && 'documents' in result ? result.source.characters : 0;
    if (characters > maxCharacters) throw tooLarge(folder, maxCharacters);
  }
  if (found.length === 0) throw empty(folder, skipped);
  return {
    documents: found.flatMap(({ documents }) => documents),
    works: found.flatMap(({ works }) => works),
    report: {
      folder,
      files: walked.files.length,
      sources: found.map(({ source }) => source),
      skipped: skipped.map((skip) => ({ ...skip, source: named(skip.source, options) })),
    },
  };
}

async function readFound(
  folder: string,
  file: FoundFile,
  licenceOf: (path: string) => Licence,
  options: CollectOptions,
): Promise<Found | Skip> {
  const kind = kindOf(file.path);
  if (isAbout(file.path)) return skip(file, 'it is about the others, not a text of its own', '是说明文件，不是作品');
  if (!kind) return skip(file, 'a kind of file that is not read', '不支持的文件类型');
  const path = join(folder, file.path);
  const near: Licence = options.licence ? { name: options.licence, from: 'recipe' } : licenceOf(file.path);
  try {
    const limits = { ...READ_LIMITS, ...options.limits };
    const reading = await readSource(path, kind, { ...JSONL_FIELDS, ...options.fields }, limits);
    const digest = await hashFile(path);
    const source = named(file.path, options);
    const pieces = reading.pieces.filter(({ text }) => text.trim() !== '');
    if (pieces.length === 0 && !reading.work) return skip(file, 'there is no text in it', '其中没有文字');
    const documents = pieces.map((piece) => createDocument(source, kind, piece, near));
    const works = reading.work ? [createWork(file, source, kind, reading.work, near, digest)] : [];
    const record: SourceRecord = {
      source,
      kind,
      bytes: file.bytes,
      sha256: digest,
      ...(reading.encoding ? { encoding: reading.encoding } : {}),
      documents: documents.length,
      characters: documents.reduce((sum, { text }) => sum + text.length, 0),
      licence: documents[0]?.licence ?? near,
      warnings: reading.warnings ?? [],
    };
    return { documents, works, source: record };
  } catch (error) {
    const reason = reasonOf(error) ?? diskReason(error);
    if (reason) return { source: file.path, reason };
    throw error;
  }
}

function createDocument(source: string, kind: SourceKind, piece: Piece, near: Licence): CorpusDocument {
  const { text, label, title, author, book, licence } = piece;
  const own: Licence = licence && near.from !== 'recipe' ? { name: licence, from: 'document' } : near;
  return {
    id: label === undefined ? source : `${source}#${label}`,
    source,
    kind,
    title: title?.trim() || posix.basename(source).replace(/\.[^.]+$/, ''),
    ...(author ? { author } : {}),
    ...(book ? { book } : {}),
    text,
    licence: own,
    bytes: Buffer.byteLength(text),
    sha256: sha256(text),
  };
}

function createWork(
  file: FoundFile,
  source: string,
  kind: SourceKind,
  work: { readonly title?: string; readonly facts: ListedWork['facts'] },
  licence: Licence,
  digest: string,
): ListedWork {
  return { id: source, source, kind: kind as ListedWork['kind'], ...work, licence, bytes: file.bytes, sha256: digest };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

const named = (path: string, { prefix }: CollectOptions): string => (prefix ? `${prefix}/${path}` : path);
const skip = (file: FoundFile, en: string, zh: string): Skip => ({ source: file.path, reason: { en, zh } });

function empty(folder: string, skipped: readonly Skip[]): Error {
  const told = skipped.slice(0, 3);
  const en = told.map(({ source, reason }) => `${source}: ${reason.en}`).join('; ');
  const zh = told.map(({ source, reason }) => `${source}：${reason.zh}`).join('；');
  return refusal(
    'input',
    'training/corpus-empty',
    {
      en: `'${folder}' holds nothing to learn from${en ? ` (${skipped.length} left out: ${en})` : ': it is empty'}.`,
      zh: `“${folder}”中没有可供学习的内容${zh ? `（略过 ${skipped.length} 项：${zh}）` : '：文件夹是空的'}。`,
    },
    {
      en: 'Put txt, md, epub, docx, html or jsonl files there; pictures and scores are read, too.',
      zh: '请放入 txt、md、epub、docx、html 或 jsonl 文件；也可以是图片和乐谱。',
    },
  );
}

function tooLarge(folder: string, most: number): Error {
  return refusal(
    'input',
    'training/corpus-too-large',
    { en: `'${folder}' holds more than ${most} characters of text.`, zh: `“${folder}”中的文字超过 ${most} 个字符。` },
    { en: 'Train on a part of it; a smaller folder will do.', zh: '请只用其中一部分训练，换一个更小的文件夹。' },
  );
}
