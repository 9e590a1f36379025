/**
 * The file of a novelty index, version 1. All numbers are little-endian; every part starts at a multiple of 4 bytes.
 *
 *   0   8 × u8   magic `llmosnov`
 *   8   u32      version, 1
 *   12  u32      CRC-32 of all bytes from 16 on
 *   16  u32      n, number of different lines
 *   20  u32      p, number of poems
 *   24  u32      w, bits of one poem ordinal
 *   28  u32      m, bytes of the packed names
 *   32  n × u32  the rests of the fingerprints, bucket by bucket, ascending within a bucket
 *       w·n bits the ordinal of the first poem that holds each line, least significant bit first, then 4 to 7 zero bytes
 *       2^18 × u8 how many lines each bucket holds
 *       m × u8   Brotli: UTF-8, first line all characters of the indexed lines, then `author TAB title` of each poem
 *
 * The names are a seventh of the file and are unpacked only when something was found.
 */
import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import { OsError } from '../../../../core/index.ts';
import { BUCKETS } from './fingerprint.ts';

const MAGIC = 'llmosnov';
const VERSION = 1;
const HEADER_BYTES = 32;

/** Who wrote a poem, and its title. */
export interface PoemName {
  readonly author: string;
  readonly title: string;
}

/** What the names part holds. */
export interface NoveltyNames {
  /** All characters of the indexed lines, each once. */
  readonly characters: string;
  /** By poem ordinal. */
  readonly poems: readonly PoemName[];
}

/** The parts of an index in memory; `names` unpacks on its first call. */
export interface NoveltyTables {
  readonly lineCount: number;
  readonly poemCount: number;
  /** (n) */
  readonly rests: Uint32Array;
  /** (2^18) lines in each bucket */
  readonly counts: Uint8Array;
  /** Poem ordinal of the line at an index of `rests`. */
  ordinal(index: number): number;
  names(): NoveltyNames;
}

/** What `formatNoveltyIndex` writes: `ordinals[i]` belongs to `rests[i]`. */
export interface NoveltyParts {
  readonly rests: Uint32Array;
  readonly ordinals: Uint32Array;
  readonly counts: Uint8Array;
  readonly names: NoveltyNames;
}

/** The bytes of an index file. */
export function formatNoveltyIndex({ rests, ordinals, counts, names }: NoveltyParts): Uint8Array {
  const width = Math.max(1, 32 - Math.clz32(Math.max(0, names.poems.length - 1)));
  const packed = packNames(names);
  const at = layout(rests.length, width, packed.length);
  const bytes = new Uint8Array(at.end);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  const header = [VERSION, 0, rests.length, names.poems.length, width, packed.length];
  for (const [i, word] of header.entries()) view.setUint32(8 + 4 * i, word, true);
  bytes.set(new Uint8Array(rests.buffer, rests.byteOffset, rests.byteLength), at.rests);
  writeOrdinals(view, at.ordinals, ordinals, width);
  bytes.set(counts, at.counts);
  bytes.set(packed, at.names);
  view.setUint32(12, crc32(bytes.subarray(16)), true);
  return bytes;
}

/**
 * Opens an index without copying it. Throws `verse/novelty-index-broken` when the bytes are not a whole index of this version;
 * `name` is what the message calls it.
 */
export function parseNoveltyIndex(bytes: Uint8Array, name: string): NoveltyTables {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  checkHeader(whole, view, name);
  const word = (i: number): number => view.getUint32(16 + 4 * i, true);
  const [lineCount, poemCount, width, packedBytes] = [word(0), word(1), word(2), word(3)];
  const at = layout(lineCount, width, packedBytes);
  if (width < 1 || width > 24 || at.end !== whole.length) {
    throw broken(name, `its header announces ${at.end} bytes, the file has ${whole.length}`);
  }
  if (crc32(whole.subarray(16)) !== view.getUint32(12, true)) throw broken(name, 'its checksum does not match');
  const counts = whole.subarray(at.counts, at.counts + BUCKETS);
  const filled = counts.reduce((sum, count) => sum + count, 0);
  if (filled !== lineCount) throw broken(name, `its buckets hold ${filled} lines instead of ${lineCount}`);
  const mask = 2 ** width - 1;
  let names: NoveltyNames | undefined;
  return {
    lineCount,
    poemCount,
    rests: new Uint32Array(whole.buffer, whole.byteOffset + at.rests, lineCount),
    counts,
    ordinal: (index) => {
      const bit = index * width;
      return (view.getUint32(at.ordinals + (bit >>> 3), true) >>> (bit & 7)) & mask;
    },
    names: () => {
      names ??= unpackNames(whole.subarray(at.names, at.end), poemCount, name);
      return names;
    },
  };
}

interface Layout {
  readonly rests: number;
  readonly ordinals: number;
  readonly counts: number;
  readonly names: number;
  readonly end: number;
}

function layout(lines: number, width: number, packedBytes: number): Layout {
  const ordinals = HEADER_BYTES + 4 * lines;
  const ordinalBytes = 4 * Math.ceil((lines * width) / 32) + 4;
  const counts = ordinals + ordinalBytes;
  const names = counts + BUCKETS;
  return { rests: HEADER_BYTES, ordinals, counts, names, end: names + packedBytes };
}

function writeOrdinals(view: DataView, start: number, ordinals: Uint32Array, width: number): void {
  for (const [i, ordinal] of ordinals.entries()) {
    const bit = i * width;
    const offset = start + (bit >>> 3);
    view.setUint32(offset, (view.getUint32(offset, true) | (ordinal << (bit & 7))) >>> 0, true);
  }
}

function packNames({ characters, poems }: NoveltyNames): Uint8Array {
  const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
  const rows = poems.map(({ author, title }) => `${oneLine(author)}\t${oneLine(title)}`);
  const text = Buffer.from([characters, ...rows].join('\n'), 'utf8');
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}

function unpackNames(packed: Uint8Array, poemCount: number, name: string): NoveltyNames {
  let text: string;
  try {
    text = brotliDecompressSync(packed).toString('utf8');
  } catch (cause) {
    throw broken(name, 'its names cannot be unpacked', cause);
  }
  const [characters = '', ...rows] = text.split('\n');
  if (rows.length !== poemCount) throw broken(name, `it names ${rows.length} poems instead of ${poemCount}`);
  const poems = rows.map((row) => {
    const [author = '', title = ''] = row.split('\t');
    return { author, title };
  });
  return { characters, poems };
}

function checkHeader(bytes: Uint8Array, view: DataView, name: string): void {
  if (bytes.length < HEADER_BYTES + BUCKETS) throw broken(name, `it has only ${bytes.length} bytes`);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC) throw broken(name, 'it does not begin as one');
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw broken(name, `it is of version ${version}, this program reads version ${VERSION}`);
}

function broken(name: string, why: string, cause?: unknown): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'verse/novelty-index-broken',
    message: `${name} is not a whole novelty index: ${why}.`,
    hint: 'Restore the file from the release (git checkout), or build it again with recipes/verse-zh/build-novelty-index.ts.',
    zh: {
      message: `${name} 不是完整的查重索引（损坏或版本不符）：${why}。`,
      hint: '请从发行版恢复该文件（git checkout），或用 recipes/verse-zh/build-novelty-index.ts 重新生成。',
    },
    details: { file: name },
    cause,
  });
}
