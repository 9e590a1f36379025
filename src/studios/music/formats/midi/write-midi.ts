/**
 * A score as a Standard MIDI File, type 1: a conductor track, then one track for each part.
 *
 * The file is the score, not a performance: every note at its written time and length, repeats not unfolded, graces kept
 * as remarks. Where notes of one part would sound the same key at once, the second goes to a further track of that part,
 * so that every reader pairs the ends as we do. See `remark.ts` for what rides beside the music.
 */
import {
  type Bar,
  barIndexAt,
  commonResolution,
  endOf,
  fifthsOf,
  keyOfFifths,
  metreLength,
  midiOf,
  type Note,
  type Part,
  rescale,
  type Score,
  spellingCentre,
  spellMidi,
  tidyScore,
} from '../../score/index.ts';
import { programmeOf } from '../programme-of.ts';
import { formatLyric } from './lyric-text.ts';
import { META } from './midi-file.ts';
import { formatRemark, type NoteRemark, type Remark } from './remark.ts';
import { ORDER, TrackWriter } from './track-writer.ts';

/** The most ticks a quarter note may have in a MIDI file. */
const FINEST = 32767;
const USUAL = 480;

/** How a score becomes a MIDI file. */
export interface MidiWriteOptions {
  /** What MIDI has no event for, in events that other programs step over; default true. */
  readonly remarks?: boolean;
}

/**
 * Writes a score as MIDI. Rhythms finer than 1/32767 quarter note are rounded to it; all others are exact.
 * Velocities that the score does not give follow the dynamics.
 */
export function writeMidi(score: Score, { remarks = true }: MidiWriteOptions = {}): Uint8Array {
  const timed = atMidiResolution(score);
  const tracks = [conductorTrack(timed, remarks), ...partTracks(timed, remarks)];
  const header = new Uint8Array(14);
  header.set(new TextEncoder().encode('MThd'));
  const view = new DataView(header.buffer);
  view.setUint32(4, 6);
  view.setUint16(8, 1);
  view.setUint16(10, tracks.length);
  view.setUint16(12, timed.ticksPerQuarter);
  return concatenate([header, ...tracks]);
}

function atMidiResolution(score: Score): Score {
  const tidy = tidyScore(score);
  const smallest = tidy.ticksPerQuarter;
  if (smallest > FINEST) return roundTo(tidy, 10080);
  const usual = commonResolution(smallest, USUAL);
  return rescale(tidy, usual <= FINEST ? usual : smallest * Math.max(1, Math.floor(USUAL / smallest)));
}

/** Rounds every time; the ends of a note and of a bar that met still meet. */
function roundTo(score: Score, ticksPerQuarter: number): Score {
  const move = (tick: number): number => Math.round((tick * ticksPerQuarter) / score.ticksPerQuarter);
  const long = <T extends { at: number; length: number }>(item: T): T => ({
    ...item,
    at: move(item.at),
    length: Math.max(1, move(item.at + item.length) - move(item.at)),
  });
  const at = <T extends { at: number }>(item: T): T => ({ ...item, at: move(item.at) });
  return {
    ...score,
    ticksPerQuarter,
    bars: score.bars.map(long),
    tempos: score.tempos.map(at),
    chords: score.chords.map(at),
    parts: score.parts.map((part) => ({
      ...part,
      notes: part.notes.map(long),
      ...(part.marks && { marks: part.marks.map(at) }),
      ...(part.spans && { spans: part.spans.map((span) => ({ ...span, from: move(span.from), to: move(span.to) })) }),
    })),
  };
}

function conductorTrack(score: Score, remarks: boolean): Uint8Array {
  const track = new TrackWriter();
  const { subtitle, composer, lyricist, language, tuning } = score;
  track.text(0, META.trackName, score.title);
  if (remarks) {
    const head = {
      ...(subtitle !== undefined && { subtitle }),
      ...(composer !== undefined && { composer }),
      ...(lyricist !== undefined && { lyricist }),
      ...(language !== undefined && { language }),
      ...(tuning !== undefined && { tuning }),
    };
    track.meta(0, META.own, formatRemark({ head }));
  }
  if (score.copyright) track.text(0, META.copyright, score.copyright);
  writeBars(track, score, remarks);
  for (const { at, quarterBpm, text } of score.tempos) {
    const micros = Math.round(60_000_000 / quarterBpm);
    track.meta(at, META.tempo, Uint8Array.of(micros >> 16, micros >> 8, micros));
    if (text !== undefined && remarks) track.meta(at, META.own, formatRemark({ tempo: text }));
  }
  for (const { at, symbol } of score.chords) track.text(at, META.text, symbol);
  return track.finish(endOf(score));
}

function writeBars(track: TrackWriter, score: Score, remarks: boolean): void {
  let before: Bar | undefined;
  let whole = true;
  for (const bar of score.bars) {
    // A metre said again begins a bar, here and in other programs, wherever the bar before it ended.
    if (!before || !whole || String(before.metre) !== String(bar.metre)) {
      const [beats, unit] = bar.metre;
      track.meta(bar.at, META.metre, Uint8Array.of(beats, Math.log2(unit), 24, 8));
    }
    whole = bar.length === metreLength(bar.metre, score.ticksPerQuarter);
    const fifths = Math.max(-7, Math.min(7, fifthsOf(bar.key)));
    const mode = bar.key.mode === 'minor' ? 'minor' : 'major';
    if (!before || JSON.stringify(before.key) !== JSON.stringify(bar.key)) {
      track.meta(bar.at, META.key, Uint8Array.of(fifths, mode === 'minor' ? 1 : 0));
    }
    if (bar.label) track.text(bar.at, META.marker, bar.label);
    const remark = barRemark(bar, whole, keyOfFifths(fifths, mode));
    if (remarks && remark) track.meta(bar.at, META.own, formatRemark({ bar: remark }));
    before = bar;
  }
}

function barRemark(bar: Bar, whole: boolean, plainKey: Bar['key']): Remark['bar'] {
  const { at: _, label: __, length, metre, key, ...signs } = bar;
  const same = key.tonic === plainKey.tonic && key.mode === plainKey.mode && !key.alter;
  const remark = { ...signs, ...(!same && { key }), ...(!whole && { length, metre }) };
  return Object.keys(remark).length > 0 ? remark : undefined;
}

function* partTracks(score: Score, remarks: boolean): Generator<Uint8Array> {
  const melodic = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15];
  let next = 0;
  for (const part of score.parts) {
    const channel = part.percussion ? 9 : melodic[next % 15]!;
    const port = part.percussion ? 0 : Math.floor(next / 15);
    if (!part.percussion) next++;
    for (const [i, notes] of layersOf(part.notes).entries()) {
      yield partTrack(score, { ...part, notes }, { channel, port, first: i === 0, remarks });
    }
  }
}

interface Placement {
  readonly channel: number;
  readonly port: number;
  /** The first track of its part: it carries the part's marks and pedals. */
  readonly first: boolean;
  readonly remarks: boolean;
}

function partTrack(score: Score, part: Part, { channel, port, first, remarks }: Placement): Uint8Array {
  const track = new TrackWriter();
  const { name, notes, marks = [], spans = [], ...about } = part;
  track.text(0, META.trackName, name);
  const plain = notes.every(({ velocity }) => velocity === undefined);
  if (remarks) track.meta(0, META.own, formatRemark({ part: { ...about, ...(plain && { plain }) } }));
  if (port > 0) track.meta(0, META.port, Uint8Array.of(port));
  if (!part.percussion) track.add(0, ORDER.setting, [0xc0 | channel, programmeOf(part.instrument)]);
  if (part.gain !== undefined) track.add(0, ORDER.setting, [0xb0 | channel, 7, volumeOf(part.gain)]);
  if (part.pan !== undefined) track.add(0, ORDER.setting, [0xb0 | channel, 10, Math.round(64 + 63 * part.pan)]);
  if (first) {
    for (const { from, to } of spans.filter((span) => span.kind === 'pedal')) {
      track.add(from, ORDER.pedalDown, [0xb0 | channel, 64, 127]);
      track.add(to, ORDER.pedalUp, [0xb0 | channel, 64, 0]);
    }
    if (remarks) for (const { at, ...mark } of marks) track.meta(at, META.own, formatRemark({ mark }));
    if (remarks) {
      for (const { from, to, ...span } of spans)
        track.meta(from, META.own, formatRemark({ span: { ...span, length: to - from } }));
    }
  }
  const loudness = createLoudness(marks);
  for (const note of notes)
    writeNote(track, note, {
      score,
      channel,
      plain,
      remarks,
      percussion: part.percussion === true,
      loud: loudness(note.at),
    });
  return track.finish(endOf(score));
}

interface NoteContext {
  readonly score: Score;
  readonly channel: number;
  readonly plain: boolean;
  readonly remarks: boolean;
  readonly percussion: boolean;
  readonly loud: number;
}

function writeNote(
  track: TrackWriter,
  note: Note,
  { score, channel, plain, remarks, percussion, loud }: NoteContext,
): void {
  const key = Math.max(0, Math.min(127, midiOf(note.pitch)));
  const first = note.lyrics?.find(({ verse }) => (verse ?? 1) === 1);
  const head = score.bars[barIndexAt(score.bars, note.at)]!.key;
  const usual = spellMidi(key, percussion ? undefined : spellingCentre(head));
  const remark = noteRemark(note, usual, plain);
  const events: [number, number[] | Uint8Array][] = [];
  if (remarks && remark) events.push([META.own, formatRemark({ note: remark })]);
  if (first) events.push([META.lyric, new TextEncoder().encode(formatLyric(first))]);
  track.noteOn(note.at, [0x90 | channel, key, note.velocity ?? loud], events);
  track.add(note.at + note.length, ORDER.off, [0x80 | channel, key, 64]);
}

/** What the events of a note do not say; undefined when they say all. */
function noteRemark(note: Note, usual: string, plain: boolean): NoteRemark | undefined {
  const { at: _, length: __, velocity, pitch, lyrics, ...rest } = note;
  const said = lyrics?.length === 1 && lyrics[0]!.verse === undefined && isPlainLyric(lyrics[0]!);
  const remark: NoteRemark = {
    ...rest,
    ...(pitch !== usual && { pitch }),
    ...(lyrics && !said && { lyrics }),
    ...(!plain && velocity === undefined && { plain: true }),
  };
  return Object.keys(remark).length > 0 ? remark : undefined;
}

/** Whether reading the lyric event alone gives the same syllable. */
function isPlainLyric({ text, syllabic }: NonNullable<Note['lyrics']>[number]): boolean {
  return (
    text !== '' &&
    text === text.trim() &&
    !/-$|^[/\\]|\p{Cc}/u.test(text) &&
    (syllabic === undefined || syllabic === 'begin')
  );
}

/** Notes in as few layers as keep two soundings of one key apart; at least one layer. */
function layersOf(notes: readonly Note[]): Note[][] {
  const layers: { notes: Note[]; ends: Map<number, number> }[] = [{ notes: [], ends: new Map() }];
  for (const note of notes) {
    const key = midiOf(note.pitch);
    let layer = layers.find(({ ends }) => (ends.get(key) ?? 0) <= note.at);
    if (!layer) {
      layer = { notes: [], ends: new Map() };
      layers.push(layer);
    }
    layer.notes.push(note);
    layer.ends.set(key, note.at + note.length);
  }
  return layers.map((layer) => layer.notes);
}

const VELOCITIES: Readonly<Record<string, number>> = {
  pppp: 10,
  ppp: 20,
  pp: 35,
  p: 50,
  mp: 65,
  mf: 80,
  f: 95,
  ff: 110,
  fff: 120,
  ffff: 127,
  sf: 110,
  sfz: 112,
  fp: 90,
};

/** The velocity that the dynamics ask at a tick; ticks must rise. Default mf. */
function createLoudness(marks: readonly { kind: string; at: number; value: string }[]): (tick: number) => number {
  const dynamics = marks.filter(({ kind }) => kind === 'dynamic').sort((a, b) => a.at - b.at);
  let next = 0;
  let loud = 80;
  return (tick) => {
    while (next < dynamics.length && dynamics[next]!.at <= tick) loud = VELOCITIES[dynamics[next++]!.value]!;
    return loud;
  };
}

/** Channel volume for a gain in decibels: 100 at 0, by the square law of General MIDI. */
function volumeOf(gain: number): number {
  return Math.max(0, Math.min(127, Math.round(100 * 10 ** (gain / 40))));
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
