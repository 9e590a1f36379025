/**
 * A score as a sheet, and a sheet as a score.
 *
 * What the tune language holds: bars, metres, keys, section labels, chord symbols, and per track onsets, lengths, spelled
 * pitches, ornaments and grace notes, exact on the grid of 24 ticks a quarter. Lyrics, dynamics, articulations and other
 * signs are not in it; who changes a score with the help of a model carries them over himself.
 */

import { refusal } from '../../refusal.ts';
import { type Bar, midiOf, type Note, type Part, type Score } from '../../score/index.ts';
import { chordTokens, symbolOfTokens } from './chord-tokens.ts';
import { barStarts, readNotes, type TuneNote, writeNotes } from './content.ts';
import { nameInKey, relativeName } from './relative-pitch.ts';
import { type Sheet, type SheetBar, tracksOf } from './sheet.ts';
import { fieldOf, GRID, LONGEST_BAR, METRES, SECTIONS, TRACKS, type Track } from './vocabulary.ts';

export interface SheetOptions {
  /** Which track each part plays; parts of two staves give `melody` or `accompaniment` and `bass`. Default: by place. */
  readonly tracks?: Readonly<Record<string, Track | readonly [Track, Track] | undefined>>;
  /** Moves times to the nearest tick of the grid instead of refusing. Default false. */
  readonly quantise?: boolean;
}

/** Reads a score. Throws `music/beyond-tune-language` for times off the grid, bars or metres that have no token. */
export function sheetOfScore(score: Score, options: SheetOptions = {}): Sheet {
  const time = createClock(score, options.quantise === true);
  const home = score.bars[0]!.key.tonic;
  const bars = score.bars.map((bar) => sheetBar(bar, home, time));
  const notes = new Map<Track, TuneNote[]>();
  for (const [part, track, staff] of assignTracks(score, options)) {
    const own = part.notes.filter((note) => staff === undefined || (note.staff ?? 1) === staff);
    notes.set(track, [...(notes.get(track) ?? []), ...own.map((note) => tuneNote(note, time))]);
  }
  const tracks: Partial<Record<Track, string[][]>> = {};
  if (score.chords.length > 0) tracks.chords = writeChords(score, bars, home, time);
  for (const [track, list] of notes) tracks[track] = writeNotes(tidy(list), bars, home);
  return { bars, tracks };
}

type Clock = (tick: number) => number;

function createClock({ ticksPerQuarter }: Score, quantise: boolean): Clock {
  return (tick) => {
    const exact = (tick * GRID) / ticksPerQuarter;
    if (Number.isInteger(exact) || quantise) return Math.round(exact);
    throw beyond(`tick ${tick} of ${ticksPerQuarter} a quarter`, `每拍 ${ticksPerQuarter} 中的第 ${tick} 刻`);
  };
}

function sheetBar({ at, length, metre, key, label }: Bar, home: string, time: Clock): SheetBar {
  const sign = metre.join('/');
  const ticks = time(at + length) - time(at);
  if (ticks > LONGEST_BAR || ticks < 1 || !METRES.includes(sign as (typeof METRES)[number])) {
    throw beyond(`a bar of ${sign}`, `${sign} 拍的小节`);
  }
  const section = SECTIONS.find((each) => each === label);
  return {
    length: ticks,
    metre: sign,
    mode: key.mode,
    key: relativeName(key.tonic, home),
    ...(section === undefined ? {} : { section }),
  };
}

/** Parts with the tracks they play. The first part leads; a keyboard below it gives accompaniment and bass. */
function assignTracks(score: Score, { tracks }: SheetOptions): [Part, Track, number?][] {
  const pitched = score.parts.filter(({ percussion }) => percussion !== true);
  return pitched.flatMap((part, i): [Part, Track, number?][] => {
    const isTrack = TRACKS.find((track) => track === part.id && track !== 'chords');
    const chosen = tracks ? tracks[part.id] : (isTrack ?? usualTrack(part, i, pitched));
    if (chosen === undefined) return [];
    return typeof chosen === 'string'
      ? [[part, chosen]]
      : [
          [part, chosen[0], 1],
          [part, chosen[1], 2],
        ];
  });
}

function usualTrack(part: Part, i: number, parts: readonly Part[]): Track | readonly [Track, Track] {
  if ((part.staves ?? 1) > 1) return [i === 0 ? 'melody' : 'accompaniment', 'bass'];
  if (i === 0) return 'melody';
  return i === parts.length - 1 && parts.length > 1 ? 'bass' : 'inner';
}

function tuneNote({ at, length, pitch, graces, ornaments }: Note, time: Clock): TuneNote {
  return {
    at: time(at),
    length: Math.max(1, time(at + length) - time(at)),
    pitch,
    ...(graces && graces.length > 0 ? { graces } : {}),
    ...(ornaments && ornaments.length > 0 ? { ornaments } : {}),
  };
}

/** Sorted by onset and pitch; of two equal pitches at once the longer. */
function tidy(notes: readonly TuneNote[]): TuneNote[] {
  const sorted = [...notes].sort((a, b) => a.at - b.at || midiOf(a.pitch) - midiOf(b.pitch) || b.length - a.length);
  return sorted.filter((note, i) => i === 0 || note.at !== sorted[i - 1]!.at || note.pitch !== sorted[i - 1]!.pitch);
}

function writeChords(score: Score, bars: readonly SheetBar[], home: string, time: Clock): string[][] {
  const starts = barStarts(bars);
  const contents: string[][] = bars.map(() => []);
  let bar = 0;
  for (const { at, symbol } of score.chords) {
    const tick = time(at);
    if (tick >= starts.at(-1)!) break;
    while (starts[bar + 1]! <= tick) bar++;
    contents[bar]!.push(`<at:${tick - starts[bar]!}>`, ...chordTokens(symbol, home));
  }
  return contents;
}

/** What a sheet does not say of a score. */
export interface ScoreSetting {
  readonly tonic: string;
  readonly quarterBpm: number;
  /** Default empty. */
  readonly title?: string;
  /** By track; default the piano, an erhu for the melody of nothing else. */
  readonly instruments?: Readonly<Partial<Record<Track, string>>>;
}

const PART_NAMES: Readonly<Record<Track, string>> = {
  chords: 'Chords · 和弦',
  melody: 'Melody · 旋律',
  inner: 'Inner voice · 内声部',
  accompaniment: 'Accompaniment · 伴奏',
  bass: 'Bass · 低音',
};

/** Writes a score: one part for each track. */
export function scoreOfSheet(sheet: Sheet, setting: ScoreSetting): Score {
  const starts = barStarts(sheet.bars);
  const bars = sheet.bars.map((bar, i): Bar => scoreBar(bar, starts[i]!, setting.tonic));
  const last = bars.at(-1);
  if (last) bars[bars.length - 1] = { ...last, line: 'final' };
  const sounding = tracksOf(sheet).filter((track) => track !== 'chords');
  const parts = (sounding.length > 0 ? sounding : (['melody'] as const)).map(
    (track): Part => ({
      id: track,
      name: PART_NAMES[track],
      instrument: setting.instruments?.[track] ?? 'piano',
      notes: withVoices(readNotes(sheet.tracks[track] ?? [], sheet.bars, setting.tonic)),
    }),
  );
  return {
    version: 1,
    title: setting.title ?? '',
    ticksPerQuarter: GRID,
    bars,
    tempos: [{ at: 0, quarterBpm: setting.quarterBpm }],
    chords: sheet.tracks.chords ? readChords(sheet, setting.tonic) : [],
    parts: cutAtEnd(parts, starts.at(-1)!),
  };
}

function scoreBar(bar: SheetBar, at: number, home: string): Bar {
  const [beats, unit] = bar.metre.split('/').map(Number) as [number, Bar['metre'][1]];
  const tonic = nameInKey(bar.key, home);
  return {
    at,
    length: bar.length,
    metre: [beats, unit],
    key: { tonic, mode: bar.mode },
    ...(bar.section === undefined ? {} : { label: bar.section }),
  };
}

/** Notes that overlap another onset of their voice go to the next voice. */
function withVoices(notes: readonly TuneNote[]): Note[] {
  const voices: { at: number; end: number }[] = [];
  return notes.map((note): Note => {
    const end = note.at + note.length;
    let voice = voices.findIndex((own) => own.end <= note.at || (own.at === note.at && own.end === end));
    if (voice < 0) voice = Math.min(voices.length, 15);
    voices[voice] = { at: note.at, end };
    return voice === 0 ? { ...note } : { ...note, voice: voice + 1 };
  });
}

function readChords({ bars, tracks }: Sheet, tonic: string): Score['chords'] {
  const starts = barStarts(bars);
  return tracks.chords!.flatMap((tokens, bar) =>
    tokens.flatMap((token, i) => {
      const at = fieldOf('at', token);
      return at === undefined
        ? []
        : [{ at: starts[bar]! + Number(at), symbol: symbolOfTokens(tokens.slice(i + 1, i + 4), tonic) }];
    }),
  );
}

function cutAtEnd(parts: readonly Part[], end: number): Part[] {
  return parts.map((part) => ({
    ...part,
    notes: part.notes
      .filter(({ at }) => at < end)
      .map((note) => ({ ...note, length: Math.min(note.length, end - note.at) })),
  }));
}

function beyond(en: string, zh: string): Error {
  return refusal(
    'input',
    'music/beyond-tune-language',
    { en: `The tune model has no word for ${en}.`, zh: `曲调模型无法表示${zh}。` },
    {
      en: 'It knows 24 ticks to a quarter note, the usual metres and bars up to two whole notes; quantise or rebar the score.',
      zh: '模型以四分音符为 24 刻，认识常用拍号，小节不超过两个全音符；请量化或重新划分小节。',
    },
  );
}
