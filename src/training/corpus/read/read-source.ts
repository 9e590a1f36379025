/** One file to a reading: the ending of its name chooses the reader, its bytes must agree. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { type Reading, type ReadLimits, type SourceKind, unreadable } from '../document.ts';
import { decodeText, nameOfBinary } from '../encoding/decode-text.ts';
import { markupText } from './markup-text.ts';
import { readDocx } from './read-docx.ts';
import { readEpub } from './read-epub.ts';
import { type JsonlFields, readJsonl } from './read-jsonl.ts';
import { readMarkdown } from './read-markdown.ts';
import { readAbc, readMidi, readMusicXml } from './read-score.ts';

const KINDS: Readonly<Record<string, SourceKind>> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  epub: 'epub',
  docx: 'docx',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  abc: 'abc',
  mid: 'midi',
  midi: 'midi',
  musicxml: 'musicxml',
  mxl: 'musicxml',
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  webp: 'picture',
  gif: 'picture',
  avif: 'picture',
};

/** The kind of a file by its name, `.gz` of text kinds included; undefined for files that are none of ours. */
export function kindOf(name: string): SourceKind | undefined {
  const packed = /\.gz$/i.test(name);
  const ending = /\.([a-z0-9]+)$/i.exec(packed ? name.slice(0, -3) : name)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS[ending];
  return packed && kind !== 'text' && kind !== 'jsonl' && kind !== 'markdown' && kind !== 'abc' ? undefined : kind;
}

/** Reads a file of a kind. Throws the refusal of the file; errors of the disk pass. */
export async function readSource(
  path: string,
  kind: SourceKind,
  fields: JsonlFields,
  limits: ReadLimits,
): Promise<Reading> {
  const packed = /\.gz$/i.test(path);
  if (kind === 'jsonl') return readJsonl(streamOf(path, packed), fields, limits);
  if (kind === 'picture') return readPicture(path);
  const bytes = await readBounded(path, packed, limits.maxFileBytes);
  if (bytes.length === 0) throw unreadable('the file is empty', '文件是空的');
  if (kind === 'epub') return readEpub(bytes, limits);
  if (kind === 'docx') return readDocx(bytes, limits);
  if (kind === 'midi') return readMidi(bytes);
  if (kind === 'musicxml') return readMusicXml(bytes, limits);
  const { text, encoding, warnings } = decodeText(bytes);
  return { pieces: piecesOf(text, kind), encoding, warnings };
}

function piecesOf(text: string, kind: SourceKind): Reading['pieces'] {
  if (kind === 'markdown') return [readMarkdown(text)];
  if (kind === 'abc') return readAbc(text);
  if (kind !== 'html') return [{ text }];
  const { text: body, title, heading, author } = markupText(text);
  return [{ text: body, title: title ?? heading, author }];
}

/** The first bytes tell a picture; they and the name must agree that it is one. */
async function readPicture(path: string): Promise<Reading> {
  await using file = await open(path);
  const head = new Uint8Array(16);
  const { bytesRead } = await file.read(head, 0, 16, 0);
  const marks = String.fromCharCode(...head.subarray(0, bytesRead));
  const format =
    nameOfBinary(head) ??
    (/^RIFF.{4}WEBP/s.test(marks) ? 'WebP' : /^.{4}ftypavi[fs]/s.test(marks) ? 'AVIF' : undefined);
  if (format && ['PNG', 'JPEG', 'GIF', 'WebP', 'AVIF'].includes(format))
    return { pieces: [], work: { facts: { format } } };
  throw unreadable('not a picture, whatever its name says', '虽以图片命名，但不是图片');
}

async function readBounded(path: string, packed: boolean, most: number): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > most) {
    throw unreadable(
      `${size} bytes in one file, more than the ${most} that are read at once; split it by chapters or use jsonl`,
      `单个文件 ${size} 字节，超过一次可读的 ${most} 字节；请按章节拆分或改用 jsonl`,
    );
  }
  await using file = await open(path);
  const bytes = await file.readFile();
  return packed ? gunzip(bytes, most) : bytes;
}

function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw unreadable(`it unpacks to more than ${most} bytes (a bomb?)`, `解压后超过 ${most} 字节（可能是压缩炸弹）`);
    }
    throw unreadable('the gzip data is damaged', 'gzip 数据已损坏', cause);
  }
}

async function* streamOf(path: string, packed: boolean): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 2 ** 20 });
  if (!packed) {
    yield* file;
    return;
  }
  const unpacked = createGunzip({ chunkSize: 2 ** 20 });
  file.on('error', (error) => unpacked.destroy(error));
  try {
    yield* file.pipe(unpacked);
  } catch (cause) {
    if (String((cause as { code?: string }).code).startsWith('Z_'))
      throw unreadable('the gzip data is damaged', 'gzip 数据已损坏', cause);
    throw cause;
  } finally {
    file.destroy();
  }
}
