/** What all parts share in a MIDI file, gathered from every track: tempos, metres, keys, chords, labels, the title. */
import type { Bar, Key, Score } from '../../score/index.ts';
import { keyOfFifths } from '../../score/index.ts';
import type { FormatWarning } from '../types.ts';
import { META, type MidiEvent, type MidiFile } from './midi-file.ts';
import { type BarRemark, parseRemark, type Remark } from './remark.ts';

/** A value that holds from a tick on. */
export interface From<T> {
  readonly at: number;
  readonly value: T;
}

/** See the file header; ticks are the file's, sorted. */
export interface Conductor {
  readonly tempos: Score['tempos'];
  readonly metres: From<Bar['metre']>[];
  readonly keys: From<Key>[];
  /** By tick. */
  readonly bars: Map<number, BarRemark>;
  readonly chords: Score['chords'];
  readonly labels: From<string>[];
  copyright?: string;
  /** Of a file of our own; then `end` is where its last bar ends. */
  head?: NonNullable<Remark['head']>;
  end: number;
}

const CHORD = /^[A-G][#b♯♭]?(?:maj|min|dim|aug|sus|add|alt|m|M|\+|°|o|ø|Δ|[-0-9()#b,])*(?:\/[A-G][#b♯♭]?)?$/;

/** Gathers the shared events of all tracks. */
export function gatherConductor(file: MidiFile, decode: (bytes: Uint8Array) => string): Conductor {
  const found: Conductor = { tempos: [], metres: [], keys: [], bars: new Map(), chords: [], labels: [], end: 0 };
  const texts: From<string>[] = [];
  for (const track of file.tracks) {
    const before = found.head;
    for (const event of track.events) {
      if (event.kind !== 'meta') continue;
      if (event.type === META.text) texts.push({ at: event.at, value: decode(event.data).trim() });
      else readEvent(found, event, file, decode);
    }
    if (found.head !== before) found.end = track.end;
  }
  for (const list of [found.tempos, found.metres, found.keys, found.labels, texts]) sortByTime(list);
  readChords(found, texts);
  return { ...found, tempos: soundTempos(found.tempos, file) };
}

type Meta = Extract<MidiEvent, { kind: 'meta' }>;

function readEvent(
  found: Conductor,
  { at, type, data, offset }: Meta,
  file: MidiFile,
  decode: (bytes: Uint8Array) => string,
): void {
  if (type === META.copyright) found.copyright ??= decode(data).trim().slice(0, 1000);
  else if (type === META.marker) found.labels.push({ at, value: decode(data).trim() });
  else if (type === META.tempo) found.tempos.push({ at, quarterBpm: tempoOf(data, offset, file.warnings) });
  else if (type === META.metre) {
    const metre = metreOf(data);
    if (metre) found.metres.push({ at, value: metre });
    else warn(file.warnings, offset, 'a metre that cannot be written', '无法书写的拍号');
  } else if (type === META.key) {
    const key = keyOf(data);
    if (key) found.keys.push({ at, value: key });
    else warn(file.warnings, offset, 'a key that cannot be written', '无法书写的调号');
  } else if (type === META.own) {
    const remark = parseRemark(data);
    if (remark?.head) found.head = remark.head;
    if (remark?.bar) found.bars.set(at, remark.bar);
    const tempo = found.tempos.at(-1);
    if (remark?.tempo && tempo?.at === at) tempo.text = remark.tempo;
  }
}

function warn(warnings: FormatWarning[], offset: number, en: string, zh: string): void {
  warnings.push({ place: `byte ${offset}`, message: { en: `${en}, left out`, zh: `${zh}，已略去` } });
}

/** Quarter notes a minute with the fewest decimals that give the same whole microseconds. */
function tempoOf(data: Uint8Array, offset: number, warnings: FormatWarning[]): number {
  const micros = ((data[0] ?? 0) << 16) | ((data[1] ?? 0) << 8) | (data[2] ?? 0);
  const exact = 60_000_000 / micros;
  if (!(exact >= 5 && exact <= 1000)) {
    const message = {
      en: `a quarter note of ${micros} microseconds; 120 a minute is taken`,
      zh: `四分音符 ${micros} 微秒，改用每分钟 120`,
    };
    warnings.push({ place: `byte ${offset}`, message });
    return 120;
  }
  for (let decimals = 0; decimals < 6; decimals++) {
    const rounded = Number(exact.toFixed(decimals));
    if (rounded >= 5 && rounded <= 1000 && Math.round(60_000_000 / rounded) === micros) return rounded;
  }
  return exact;
}

function metreOf(data: Uint8Array): Bar['metre'] | undefined {
  const [beats = 0, power = 99] = data;
  if (beats < 1 || beats > 64 || power > 6) return undefined;
  return [beats, (2 ** power) as Bar['metre'][1]];
}

function keyOf(data: Uint8Array): Key | undefined {
  const fifths = ((data[0] ?? 127) << 24) >> 24;
  return Math.abs(fifths) > 7 ? undefined : keyOfFifths(fifths, data[1] === 1 ? 'minor' : 'major');
}

function sortByTime(list: { readonly at: number }[]): void {
  list.sort((a, b) => a.at - b.at);
}

/** In our own files texts are chords; elsewhere those that look like one, or markers if most of them do. */
function readChords(found: Conductor, texts: readonly From<string>[]): void {
  const chords = texts.filter(({ value }) => value !== '' && value.length <= 40 && (found.head || CHORD.test(value)));
  const markers = found.labels.filter(({ value }) => CHORD.test(value));
  if (!found.head && chords.length === 0 && markers.length >= 4 && markers.length > 0.75 * found.labels.length) {
    chords.push(...markers);
    found.labels.splice(0, found.labels.length, ...found.labels.filter(({ value }) => !CHORD.test(value)));
  }
  for (const { at, value } of chords) if (found.chords.at(-1)?.at !== at) found.chords.push({ at, symbol: value });
}

/** One tempo per tick, the last said; the first at 0. */
function soundTempos(tempos: Score['tempos'], file: MidiFile): Score['tempos'] {
  if (file.secondsPerQuarter !== undefined) return [{ at: 0, quarterBpm: 60 / file.secondsPerQuarter }];
  const kept = tempos.filter(({ at }, i) => tempos[i + 1]?.at !== at);
  return kept[0]?.at === 0 ? kept : [{ at: 0, quarterBpm: 120 }, ...kept];
}
