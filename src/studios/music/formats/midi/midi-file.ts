/**
 * The bytes of a Standard MIDI File as events: chunks, delta times, running status.
 *
 *   MThd  format, tracks, division        MTrk  (delta, event)*  …
 *
 * Only events that a score can use are kept (notes, pedal, volume, pan, programmes, texts, tempo, metre, key); the rest is
 * stepped over. A track that breaks off is read to its break, with a warning; bytes that cannot be events are refused with
 * their place. Notes are counted while reading, so a file of ten million is refused after the first 200,001.
 */
import { refusal } from '../../refusal.ts';
import { MOST_NOTES, tooManyNotes } from '../../score/index.ts';
import type { FormatWarning } from '../types.ts';

/** No file may hold more events of the kinds that are kept. */
export const MOST_EVENTS = 2_000_000;

/** Meta events that a score can use. */
export const META = {
  text: 1,
  copyright: 2,
  trackName: 3,
  instrumentName: 4,
  lyric: 5,
  marker: 6,
  port: 0x21,
  end: 0x2f,
  tempo: 0x51,
  metre: 0x58,
  key: 0x59,
  own: 0x7f,
} as const;
const KEPT_META: ReadonlySet<number> = new Set(Object.values(META));
/** Volume, pan, sustain pedal. */
const KEPT_CONTROLLERS: ReadonlySet<number> = new Set([7, 10, 64]);

export type MidiEvent =
  | {
      readonly kind: 'on' | 'off';
      readonly at: number;
      readonly channel: number;
      readonly key: number;
      readonly velocity: number;
    }
  | {
      readonly kind: 'control';
      readonly at: number;
      readonly channel: number;
      readonly control: number;
      readonly value: number;
    }
  | { readonly kind: 'programme'; readonly at: number; readonly channel: number; readonly programme: number }
  | {
      readonly kind: 'meta';
      readonly at: number;
      readonly type: number;
      readonly data: Uint8Array;
      readonly offset: number;
    };

/** A track: its events in order, times in ticks from the beginning; `end` is the time of its last event. */
export interface MidiTrack {
  readonly events: readonly MidiEvent[];
  readonly end: number;
}

/** A file taken apart. */
export interface MidiFile {
  readonly format: number;
  /** Ticks in a quarter note, or (`secondsPerQuarter` given) in one second of film time taken as a quarter. */
  readonly ticksPerQuarter: number;
  readonly secondsPerQuarter?: number;
  readonly tracks: readonly MidiTrack[];
  readonly warnings: FormatWarning[];
}

/** The error of every fault in a MIDI file; `offset` in bytes from the beginning of the file. */
export function badMidi(offset: number, en: string, zh: string): Error {
  return refusal(
    'input',
    'music/bad-midi',
    { en: `This is not a sound MIDI file: byte ${offset}: ${en}.`, zh: `MIDI 文件有误：第 ${offset} 字节：${zh}。` },
    {
      en: 'Export the file again from the program it comes from, as Standard MIDI File type 0 or 1.',
      zh: '请从原程序重新导出，选择标准 MIDI 文件类型 0 或 1。',
    },
    { offset },
  );
}

/** Takes a file apart; throws `music/bad-midi`, `music/midi-patterns` (format 2), `music/too-many-notes`. */
export function parseMidi(bytes: Uint8Array): MidiFile {
  const start = startOfFile(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < start + 14) throw badMidi(start, 'the header is cut off', '文件头不完整');
  const headerLength = view.getUint32(start + 4);
  if (headerLength < 6) throw badMidi(start + 4, `a header of ${headerLength} bytes`, `文件头长度为 ${headerLength}`);
  const format = view.getUint16(start + 8);
  if (format === 2) throw patterns();
  if (format > 2) throw badMidi(start + 8, `format ${format} does not exist`, `不存在格式 ${format}`);
  const warnings: FormatWarning[] = [];
  const count = { notes: 0, events: 0 };
  const tracks: MidiTrack[] = [];
  for (const chunk of chunksFrom(bytes, view, start + 8 + headerLength, warnings)) {
    tracks.push(new TrackReader(bytes, chunk, count, warnings).read());
  }
  const expected = view.getUint16(start + 10);
  if (tracks.length === 0) throw badMidi(start + 14, 'there is no track', '没有音轨');
  if (expected !== tracks.length) {
    const message = {
      en: `${expected} tracks announced, ${tracks.length} found`,
      zh: `声明 ${expected} 轨，实有 ${tracks.length} 轨`,
    };
    warnings.push({ place: `byte ${start + 10}`, message });
  }
  return { format, ...divisionOf(view.getInt16(start + 12), start + 12, warnings), tracks, warnings };
}

/** Whether bytes begin as a MIDI file does, bare or in a RIFF box. */
export function looksLikeMidi(bytes: Uint8Array): boolean {
  return ascii(bytes, 0, 4) === 'MThd' || (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 8) === 'RMIDdata');
}

function startOfFile(bytes: Uint8Array): number {
  if (!looksLikeMidi(bytes)) throw badMidi(0, "it does not begin with 'MThd'", '开头不是 MThd');
  const start = ascii(bytes, 0, 4) === 'RIFF' ? 20 : 0;
  if (ascii(bytes, start, 4) !== 'MThd') throw badMidi(start, "'MThd' is missing", '缺少 MThd');
  return start;
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

function patterns(): Error {
  return refusal(
    'input',
    'music/midi-patterns',
    {
      en: 'This MIDI file is of format 2: a set of separate patterns, not one piece.',
      zh: '这是格式 2 的 MIDI 文件：若干独立片段，而非一首作品。',
    },
    { en: 'Export each pattern as a file of its own, type 0 or 1.', zh: '请把每个片段各存为一个文件，类型 0 或 1。' },
  );
}

function divisionOf(
  division: number,
  offset: number,
  warnings: FormatWarning[],
): Pick<MidiFile, 'ticksPerQuarter' | 'secondsPerQuarter'> {
  if (division > 0) return { ticksPerQuarter: division };
  if (division === 0) throw badMidi(offset, 'a quarter note of 0 ticks', '四分音符为 0 个时钟');
  const frames = -(division >> 8);
  const perFrame = division & 0xff;
  if (![24, 25, 29, 30].includes(frames) || perFrame === 0) {
    throw badMidi(
      offset,
      `${frames} film frames a second, ${perFrame} ticks each`,
      `时间码 ${frames} 帧，每帧 ${perFrame}`,
    );
  }
  warnings.push({
    place: `byte ${offset}`,
    message: {
      en: 'times are in film frames, not beats: one second is read as a quarter note',
      zh: '时间以影片帧计而非以拍计：每秒读作一个四分音符',
    },
  });
  const drop = frames === 29;
  return { ticksPerQuarter: (drop ? 30 : frames) * perFrame, secondsPerQuarter: drop ? 1.001 : 1 };
}

interface Chunk {
  readonly from: number;
  readonly to: number;
}

function* chunksFrom(bytes: Uint8Array, view: DataView, start: number, warnings: FormatWarning[]): Generator<Chunk> {
  let at = start;
  while (at + 8 <= bytes.length) {
    const name = ascii(bytes, at, 4);
    const end = at + 8 + view.getUint32(at + 4);
    if (end > bytes.length) {
      warnings.push({
        place: `byte ${at}`,
        message: { en: `chunk '${name}' is cut off`, zh: `数据块“${name}”不完整` },
      });
    }
    if (name === 'MTrk') yield { from: at + 8, to: Math.min(end, bytes.length) };
    at = end;
  }
}

const DATA_BYTES: Readonly<Record<number, number>> = { 8: 2, 9: 2, 10: 2, 11: 2, 12: 1, 13: 1, 14: 2 };

/** Reads the events of one chunk; the position moves on with every byte. */
class TrackReader {
  readonly #bytes: Uint8Array;
  readonly #to: number;
  readonly #count: { notes: number; events: number };
  readonly #warnings: FormatWarning[];
  readonly #events: MidiEvent[] = [];
  #position: number;
  #status = 0;
  #at = 0;

  constructor(bytes: Uint8Array, chunk: Chunk, count: { notes: number; events: number }, warnings: FormatWarning[]) {
    this.#bytes = bytes;
    this.#position = chunk.from;
    this.#to = chunk.to;
    this.#count = count;
    this.#warnings = warnings;
  }

  read(): MidiTrack {
    while (this.#position < this.#to) {
      if (!this.#readEvent()) break;
    }
    return { events: this.#events, end: this.#at };
  }

  /** False at the end of the track, whether announced or broken off. */
  #readEvent(): boolean {
    const from = this.#position;
    const delta = this.#varying();
    const status = delta === undefined ? undefined : this.#nextStatus();
    if (delta === undefined || status === undefined) return this.#brokenOff(from);
    this.#at += delta;
    if (status === 0xff) return this.#meta(from);
    if (status >= 0xf0) return this.#system(status, from);
    const first = this.#byte();
    const second = DATA_BYTES[status >> 4] === 2 ? this.#byte() : 0;
    if (first === undefined || second === undefined) return this.#brokenOff(from);
    if ((first | second) & 0x80) throw badMidi(this.#position - 1, 'a data byte above 127', '数据字节大于 127');
    this.#channelEvent(status, first, second);
    return true;
  }

  #nextStatus(): number | undefined {
    const byte = this.#bytes[this.#position];
    if (this.#position >= this.#to || byte === undefined) return undefined;
    if (byte < 0x80) {
      if (this.#status === 0) throw badMidi(this.#position, 'an event without a kind', '事件没有状态字节');
      return this.#status;
    }
    this.#position++;
    // Running status holds for channel events; system and meta events end it.
    this.#status = byte < 0xf0 ? byte : 0;
    return byte;
  }

  #channelEvent(status: number, first: number, second: number): void {
    const at = this.#at;
    const channel = status & 15;
    const kind = status >> 4;
    if (kind === 9 && second > 0) {
      if (++this.#count.notes > MOST_NOTES) throw tooManyNotes(this.#count.notes);
      this.#keep({ kind: 'on', at, channel, key: first, velocity: second });
    } else if (kind === 8 || kind === 9) this.#keep({ kind: 'off', at, channel, key: first, velocity: second });
    else if (kind === 12) this.#keep({ kind: 'programme', at, channel, programme: first });
    else if (kind === 11 && KEPT_CONTROLLERS.has(first)) {
      this.#keep({ kind: 'control', at, channel, control: first, value: second });
    }
  }

  #keep(event: MidiEvent): void {
    if (++this.#count.events > MOST_EVENTS) {
      throw badMidi(this.#position, `more than ${MOST_EVENTS} events`, `事件超过 ${MOST_EVENTS} 个`);
    }
    this.#events.push(event);
  }

  #meta(from: number): boolean {
    const type = this.#byte();
    const length = this.#varying();
    if (type === undefined || length === undefined || this.#position + length > this.#to) return this.#brokenOff(from);
    const offset = this.#position;
    this.#position += length;
    if (type === META.end) return false;
    if (KEPT_META.has(type)) {
      this.#keep({ kind: 'meta', at: this.#at, type, data: this.#bytes.subarray(offset, offset + length), offset });
    }
    return true;
  }

  /** System messages are stepped over; exclusive ones carry their length. */
  #system(status: number, from: number): boolean {
    const length = status === 0xf0 || status === 0xf7 ? this.#varying() : ({ 241: 1, 242: 2, 243: 1 }[status] ?? 0);
    if (length === undefined || this.#position + length > this.#to) return this.#brokenOff(from);
    this.#position += length;
    return true;
  }

  #byte(): number | undefined {
    return this.#position < this.#to ? this.#bytes[this.#position++] : undefined;
  }

  /** A number of up to four bytes, seven bits each; undefined where the track ends within it. */
  #varying(): number | undefined {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const byte = this.#byte();
      if (byte === undefined) return undefined;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw badMidi(this.#position - 4, 'a number longer than four bytes', '变长数超过四个字节');
  }

  #brokenOff(from: number): false {
    this.#warnings.push({ place: `byte ${from}`, message: { en: 'the track breaks off here', zh: '音轨在此中断' } });
    return false;
  }
}
