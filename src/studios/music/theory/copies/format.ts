/**
 * The file of a tune index, version 1. Numbers are little-endian.
 *
 *   0   8 × u8   magic `llmostun`
 *   8   u32      version, 1
 *   12  u32      CRC-32 of all bytes from 16 on
 *   16  u32      n, fingerprints of all tunes
 *   20  u32      t, tunes
 *   24  u32      b, bytes of the packed bars
 *   28  u32      m, bytes of the packed names
 *   32  n × u16  interval fingerprints, tune after tune
 *       n × u8   rhythm fingerprints
 *       b × u8   Brotli: for each fingerprint how many bars it begins after the one before it (255 for more), n × u8
 *       m × u8   Brotli: UTF-8, one line a tune: its number of fingerprints TAB source TAB title
 */
import { brotliCompressSync, brotliDecompressSync, crc32 } from 'node:zlib';
import { refusal } from '../../refusal.ts';
import { type Fingerprints, fingerprintsOf, type TuneNote } from './fingerprint.ts';

const MAGIC = 'llmostun';
const VERSION = 1;
const HEADER_BYTES = 32;

/** What a tune is called and where it was learned from. */
export interface TuneName {
  readonly title: string;
  /** The collection. */
  readonly source: string;
}

/** A training tune. */
export interface IndexedTune extends TuneName {
  readonly notes: readonly TuneNote[];
}

/** An index in memory. */
export interface TuneTables extends Fingerprints {
  /** Bar, counted from 0, in which each fingerprint begins. */
  readonly bars: Uint16Array;
  readonly tunes: readonly (TuneName & { readonly start: number; readonly count: number })[];
}

/** tunes → bytes of the index of their melodies. Equal tunes in equal order give equal bytes; tunes of under five notes are left out. */
export function buildTuneIndex(tunes: readonly IndexedTune[]): Uint8Array {
  const kept = tunes
    .map((tune) => ({ tune, prints: fingerprintsOf(tune.notes) }))
    .filter(({ prints }) => prints.intervals.length > 0);
  const total = kept.reduce((sum, { prints }) => sum + prints.intervals.length, 0);
  const intervals = new Uint8Array(2 * total);
  const rhythms = new Uint8Array(total);
  const steps = new Uint8Array(total);
  const view = new DataView(intervals.buffer);
  let next = 0;
  for (const { tune, prints } of kept) {
    let bar = 0;
    for (const [i, word] of prints.intervals.entries()) {
      view.setUint16(2 * next, word, true);
      rhythms[next] = prints.rhythms[i]!;
      const now = Math.floor(tune.notes[i]!.from + 1e-9);
      steps[next] = Math.min(255, Math.max(0, now - bar));
      bar += steps[next]!;
      next += 1;
    }
  }
  const names = kept.map(({ tune, prints }) => ({ ...tune, count: prints.intervals.length }));
  return assemble({ intervals, rhythms, steps, names });
}

/** An index with more tunes after its own. Throws `music/tune-index-broken`. */
export function extendTuneIndex(bytes: Uint8Array, tunes: readonly IndexedTune[]): Uint8Array {
  const both = [bytes, buildTuneIndex(tunes)].map(parseTuneIndex);
  const intervals = new Uint8Array(2 * both.reduce((sum, one) => sum + one.intervals.length, 0));
  const view = new DataView(intervals.buffer);
  for (const [i, word] of both.flatMap((one) => [...one.intervals]).entries()) view.setUint16(2 * i, word, true);
  return assemble({
    intervals,
    rhythms: Uint8Array.from(both.flatMap((one) => [...one.rhythms])),
    steps: Uint8Array.from(both.flatMap(stepsOf)),
    names: both.flatMap((one) => one.tunes),
  });
}

/** How many bars each fingerprint begins after the one before it in its tune. */
function stepsOf({ bars, tunes }: TuneTables): number[] {
  return tunes.flatMap(({ start, count }) =>
    Array.from({ length: count }, (_, i) => bars[start + i]! - (i === 0 ? 0 : bars[start + i - 1]!)),
  );
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const pack = (bytes: Uint8Array): Uint8Array => brotliCompressSync(bytes);

/** The tables of a file, before they are packed. */
interface LooseTables {
  readonly intervals: Uint8Array;
  readonly rhythms: Uint8Array;
  readonly steps: Uint8Array;
  readonly names: readonly (TuneName & { readonly count: number })[];
}

function assemble({ intervals, rhythms, steps, names }: LooseTables): Uint8Array {
  const lines = names.map(({ count, source, title }) => `${count}\t${oneLine(source)}\t${oneLine(title)}`);
  const parts = [intervals, rhythms, pack(steps), pack(new TextEncoder().encode(lines.join('\n')))] as const;
  const bytes = new Uint8Array(HEADER_BYTES + parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC), 0);
  for (const [i, word] of [VERSION, 0, rhythms.length, names.length, parts[2].length, parts[3].length].entries()) {
    view.setUint32(8 + 4 * i, word, true);
  }
  let at = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  view.setUint32(12, crc32(bytes.subarray(16)), true);
  return bytes;
}

/** Opens an index; throws `music/tune-index-broken` when the bytes are not a whole one of this version. */
export function parseTuneIndex(bytes: Uint8Array): TuneTables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== MAGIC) {
    throw broken('it does not begin as one', '文件头不符');
  }
  const [version, sum, total, count, barBytes, nameBytes] = [0, 1, 2, 3, 4, 5].map((i) =>
    view.getUint32(8 + 4 * i, true),
  ) as [number, number, number, number, number, number];
  if (version !== VERSION) throw broken(`it is of version ${version}`, `版本为 ${version}`);
  const barsAt = HEADER_BYTES + 3 * total;
  if (barsAt + barBytes + nameBytes !== bytes.length) throw broken('it is cut off', '文件不完整');
  if (crc32(bytes.subarray(16)) !== sum) throw broken('its checksum does not match', '校验和不符');
  const intervals = new Uint16Array(total);
  for (let i = 0; i < total; i++) intervals[i] = view.getUint16(HEADER_BYTES + 2 * i, true);
  const steps = unpack(bytes.subarray(barsAt, barsAt + barBytes), total);
  const rows = new TextDecoder().decode(unpack(bytes.subarray(barsAt + barBytes), 1 << 28)).split('\n');
  const tunes = tunesOf(rows, count, total);
  const rhythms = bytes.slice(HEADER_BYTES + 2 * total, barsAt);
  return { intervals, rhythms, bars: barsOf(steps, tunes), tunes };
}

function unpack(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch {
    throw broken('it cannot be unpacked', '无法解压');
  }
}

function tunesOf(rows: readonly string[], count: number, total: number): TuneTables['tunes'] {
  let start = 0;
  const tunes = (count === 0 ? [] : rows).map((row) => {
    const [places = '', source = '', title = ''] = row.split('\t');
    const tune = { title, source, start, count: Number(places) };
    start += tune.count;
    return tune;
  });
  if (tunes.length !== count || start !== total) throw broken('its names do not fit its tunes', '曲名与曲数不符');
  return tunes;
}

function barsOf(steps: Uint8Array, tunes: TuneTables['tunes']): Uint16Array {
  const bars = new Uint16Array(steps.length);
  for (const { start, count } of tunes) {
    let bar = 0;
    for (let i = start; i < start + count; i++) {
      bar += steps[i]!;
      bars[i] = bar;
    }
  }
  return bars;
}

function broken(en: string, zh: string): Error {
  return refusal(
    'unavailable',
    'music/tune-index-broken',
    { en: `The index of training tunes is not whole: ${en}.`, zh: `训练曲目索引损坏：${zh}。` },
    {
      en: 'Restore the model folder from the release (git checkout).',
      zh: '请从发行版恢复模型文件夹（git checkout）。',
    },
  );
}
