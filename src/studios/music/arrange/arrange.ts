/**
 * Arranging: a melody with chords becomes parts for a group of instruments.
 *
 *   melody ──▶ brought into each leader's range by octaves ──▶ melody, doubles (with 加花)
 *   chords ──▶ spans (thinned to the mode for Chinese groups) ──▶ bass ▸ inner lines ▸ figures ▸ pads
 *   metre  ──▶ drums
 *
 * Parts are written from the outside in: the tune and the bass first, inner lines then choose tones that are still free.
 */
import { createRandom, type Random } from '../../../core/index.ts';
import { findInstrument, type Instrument } from '../instruments/index.ts';
import {
  compareNotes,
  endOf,
  keyAt,
  midiOf,
  movePitch,
  type Note,
  type Part,
  type Score,
  spellingCentre,
  spellMidi,
} from '../score/index.ts';
import { type ChordSpan, chordSpans, spanAt, thinTo } from './chord-spans.ts';
import { counterMelody } from './counter-melody.ts';
import { decorateMelody, scaleOf } from './decorate.ts';
import drums from './drums.table.json' with { type: 'json' };
import type { Ensemble, Seat } from './ensembles.ts';
import { metreKind, patternInBar, playFigure, type RawNote, restrike } from './figure.ts';
import { nearestTone } from './voicing.ts';

/** Adds one part for a role to a score whose first part is the melody; the other parts stay as they are. */
export function addPart(
  score: Score,
  seat: Seat,
  { seed, language = 'en' }: { seed: string | number; language?: 'en' | 'zh' },
): Score {
  const desk = openDesk(score, { seed, pentatonic: false });
  for (const part of score.parts.slice(1)) {
    desk.taken.push(...part.notes.map(({ at, length, pitch }) => ({ at, length, key: midiOf(pitch) })));
  }
  const part = writePart(desk, seat, { index: score.parts.length, language });
  return { ...score, parts: [...score.parts, part] };
}

/** What the arranger has in view. */
interface Desk {
  readonly score: Score;
  readonly melody: Part;
  readonly spans: readonly ChordSpan[];
  readonly random: Random;
  /** Lowest melody key, beneath which accompaniment stays. */
  readonly ceiling: number;
  /** Keys that finished parts sound, for inner lines to avoid. */
  readonly taken: RawNote[];
}

/** Arranges the first part of a score (the melody) under its chords; the score keeps bars, tempo and chords. */
export function arrange(
  score: Score,
  ensemble: Ensemble,
  { seed, language = 'en' }: { seed: string | number; language?: 'en' | 'zh' },
): Score {
  const desk = openDesk(score, { seed, pentatonic: ensemble.pentatonic === true });
  const order = [...ensemble.seats.entries()].sort(
    ([, a], [, b]) => WRITTEN_FIRST.indexOf(a.role) - WRITTEN_FIRST.indexOf(b.role),
  );
  const parts = new Map(order.map(([i, seat]) => [i, writePart(desk, seat, { index: i, language })]));
  return { ...score, parts: sideBySide(ensemble.seats.map((_, i) => parts.get(i)!)) };
}

/** Players of one kind name no seat of their own: the stage sets them side by side. */
function sideBySide(parts: readonly Part[]): Part[] {
  const shared = (part: Part): boolean => parts.filter(({ instrument }) => instrument === part.instrument).length > 1;
  return parts.map((part) => {
    const { pan: _, ...anywhere } = part;
    return shared(part) ? anywhere : part;
  });
}

function openDesk(score: Score, { seed, pentatonic }: { seed: string | number; pentatonic: boolean }): Desk {
  const melody = score.parts[0]!;
  const spans = chordSpans(score).map((span) => (pentatonic ? thinTo(scaleOf(keyAt(score, span.from)), span) : span));
  const ceiling = melody.notes.reduce((least, { pitch }) => Math.min(least, midiOf(pitch)), 127);
  return { score, melody, spans, random: createRandom(`arrange/${seed}`), ceiling, taken: [] };
}

const WRITTEN_FIRST: readonly Seat['role'][] = [
  'melody',
  'solo',
  'double',
  'bass',
  'counter',
  'inner',
  'keyboard',
  'figure',
  'pad',
  'drums',
];

function writePart(desk: Desk, seat: Seat, { index, language }: { index: number; language: 'en' | 'zh' }): Part {
  const instrument = findInstrument(seat.instrument)!;
  const notes = notesOf(desk, seat, instrument).filter(({ at }) => at >= (seat.from ?? 0) * endOf(desk.score));
  desk.taken.push(...notes.map(({ at, length, pitch }) => ({ at, length, key: midiOf(pitch) })));
  const keepsMarks = seat.role === 'melody' || seat.role === 'solo';
  return {
    id: `p${index + 1}-${instrument.id}`.slice(0, 32),
    name: instrument.names[language],
    instrument: instrument.id,
    ...(instrument.percussion && { percussion: true }),
    ...(instrument.transposition && { transposition: instrument.transposition }),
    ...(instrument.staves === 2 && seat.role !== 'melody' && { staves: 2 }),
    notes: notes.sort(compareNotes),
    ...(keepsMarks && desk.melody.marks && { marks: desk.melody.marks }),
    ...(keepsMarks && desk.melody.spans && { spans: desk.melody.spans }),
    ...(seat.gain !== undefined && { gain: seat.gain }),
    pan: instrument.pan,
  };
}

function notesOf(desk: Desk, seat: Seat, instrument: Instrument): Note[] {
  switch (seat.role) {
    case 'melody':
      return leadingNotes(desk, seat, instrument);
    case 'double':
      return leadingNotes(desk, seat, instrument).map(({ lyrics: _, ...note }) => note);
    case 'solo':
      return [...leadingNotes(desk, seat, instrument), ...below(desk, seat, instrument)];
    case 'inner':
      return innerLine(desk, instrument);
    case 'counter':
      return counterNotes(desk, instrument);
    case 'bass':
      return spell(desk, bassNotes(desk, seat, instrument));
    case 'drums':
      return drumNotes(desk, seat);
    case 'pad':
      return spell(desk, restrike(desk.score, chordsIn(desk, { figure: 'held', instrument, tones: 4 })));
    default:
      return seat.role === 'keyboard'
        ? below(desk, seat, instrument)
        : spell(desk, chordsIn(desk, { figure: seat.figure ?? 'arpeggio', instrument, tones: 4 }));
  }
}

/** The tune, moved by octaves to where most of it lies comfortably. */
function leadingNotes(
  { score, melody, random }: Desk,
  { decorate = 0, instrument: id }: Seat,
  instrument: Instrument,
): Note[] {
  const [low, high] = instrument.range.map(midiOf) as [number, number];
  const [easyLow, easyHigh] = instrument.comfortable.map(midiOf) as [number, number];
  const misfit = (shift: number): number =>
    melody.notes.reduce((sum, { pitch }) => {
      const key = midiOf(pitch) + 12 * shift;
      return sum + (key < low || key > high ? 20 : key < easyLow || key > easyHigh ? 1 : 0);
    }, Math.abs(shift) * 0.5);
  const shift = [0, 1, -1, 2, -2, 3, -3].reduce((best, each) => (misfit(each) < misfit(best) ? each : best));
  const moved = melody.notes.map((note) => ({
    ...note,
    pitch: fit(movePitch(note.pitch, { steps: 7 * shift, semitones: 12 * shift }), low, high),
  }));
  return decorate > 0
    ? decorateMelody(score, moved, { share: decorate, random: random.fork(id), range: [low, high] })
    : moved;
}

/** A pitch outside a range, moved into it by octaves. */
function fit(pitch: string, low: number, high: number): string {
  if (midiOf(pitch) < low) return fit(movePitch(pitch, { steps: 7, semitones: 12 }), low, 127);
  return midiOf(pitch) > high && midiOf(pitch) - 12 >= low
    ? fit(movePitch(pitch, { steps: -7, semitones: -12 }), low, high)
    : pitch;
}

/** Tones for a figure: below the tune where the instrument can. */
function chordsIn(
  { score, spans, ceiling }: Desk,
  { figure, instrument, tones }: { figure: string; instrument: Instrument; tones: number },
): RawNote[] {
  const [low, high] = instrument.comfortable.map(midiOf) as [number, number];
  const top = Math.max(Math.min(high, ceiling + 4), low + 14);
  return playFigure(score, spans, { figure, low: Math.max(low, Math.min(48, top - 19)), high: top, tones });
}

/** Left hand of a keyboard or zither: on the lower staff, under the tune. */
function below(desk: Desk, { figure = 'broken' }: Seat, instrument: Instrument): Note[] {
  const top = Math.max(52, desk.ceiling - 1);
  const low = Math.max(midiOf(instrument.range[0]), 38);
  const raw = playFigure(desk.score, desk.spans, { figure, low, high: top, tones: 5 });
  return spell(desk, raw).map((note) => ({ ...note, voice: 2, ...(instrument.staves === 2 && { staff: 2 }) }));
}

function bassNotes({ score, spans }: Desk, { figure = 'held' }: Seat, instrument: Instrument): RawNote[] {
  const [low] = instrument.comfortable.map(midiOf) as [number, number];
  const lines = spans.map(({ from, to, classes, root }) => {
    if (classes.length === 0) return { from, to, classes, root };
    const fifth = (root + 7) % 12;
    return { from, to, root, classes: classes.includes(fifth) && classes[0] === root ? [root, fifth] : [classes[0]!] };
  });
  const raw = playFigure(score, lines, { figure, low, high: low + 19, tones: figure === 'walking' ? 3 : 2 });
  const single =
    figure === 'held'
      ? raw.filter(({ at, key }, _, all) => !all.some((other) => other.at === at && other.key < key))
      : raw;
  return restrike(score, single);
}

function counterNotes(desk: Desk, instrument: Instrument): Note[] {
  const [low, high] = instrument.comfortable.map(midiOf) as [number, number];
  const top = Math.max(low + 14, Math.min(high, desk.ceiling + 7));
  const { score, melody, spans } = desk;
  const random = desk.random.fork(`counter/${instrument.id}`);
  return counterMelody(score, melody.notes, { spans, low: Math.max(low, top - 19), high: top, random });
}

/** One line of chord tones, each as near as can be to the one before, choosing what the others have not got. */
function innerLine(desk: Desk, instrument: Instrument): Note[] {
  const [low, high] = instrument.comfortable.map(midiOf) as [number, number];
  const top = Math.max(low + 12, Math.min(high, desk.ceiling + 7));
  let last = (low + top) / 2;
  const raw: RawNote[] = [];
  for (const { from, to, classes } of desk.spans) {
    if (classes.length === 0) continue;
    const avoid = desk.taken.filter((note) => note.at <= from && from < note.at + note.length).map(({ key }) => key);
    const key = nearestTone(classes, {
      from: last,
      low,
      high: top,
      avoid: [...avoid, ...avoid.map((each) => each % 12)],
    });
    if (key === undefined) continue;
    raw.push({ at: from, length: to - from, key });
    last = key;
  }
  return spell(desk, restrike(desk.score, raw));
}

function drumNotes({ score }: Desk, { figure = 'bodhran' }: Seat): Note[] {
  const table = drums[figure as keyof typeof drums] ?? drums.bodhran;
  return score.bars.flatMap((bar) =>
    [...patternInBar(score, bar, table[metreKind(bar.metre)] as [number, string][])].map(
      ({ at, unit, event: [, pitch] }) => ({
        at,
        length: Math.max(1, Math.min(unit, bar.at + bar.length - at)),
        pitch,
      }),
    ),
  );
}

function spell({ score, spans }: Desk, raw: readonly RawNote[]): Note[] {
  return raw
    .filter(({ length, at }) => length > 0 && spanAt(spans, at) !== undefined)
    .map(({ at, length, key }) => ({ at, length, pitch: spellMidi(key, spellingCentre(keyAt(score, at))) }));
}
