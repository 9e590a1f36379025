/**
 * Harmony of the Chinese modes, reasoned from their theory and not learned: there are no open charts to learn from. The
 * weights are in pentatonic.table.json.
 *
 *   chords     made of the five tones alone: triads on 宫 and 羽, open fifths, chords of fourths and with an added second
 *              on 商 角 徵; no dominant with a leading note
 *   motion     roots by fifth, fourth, third and second are all at home; the tonic and its fifth (or fourth) hold the mode
 *   closes     phrases rest on the tonic or its support, the piece ends on the tonic: 徵 on 徵, 羽 on 羽
 *   notes      strong notes want to be tones of the chord; 偏音 (清角, 变宫 …) pass over any of them
 *
 * After Li Yinghai's practice of harmonising Han modes (汉族调式及其和声, 1959) in its plainest form.
 */
import { type Mode, scaleDegrees } from '../score/index.ts';
import type { ChordModel } from './chord-model.ts';
import type { DegreeChord } from './chord-space.ts';
import type { NextChord } from './n-gram.ts';
import TABLE from './pentatonic.table.json' with { type: 'json' };

/** Semitones of 宫 above the tonic of each mode. */
const GONG: Readonly<Partial<Record<Mode, number>>> = { gong: 0, shang: 10, jue: 8, zhi: 5, yu: 3 };

/** The Chinese mode with the tonic and nearest tones of a Western one. */
const NEAREST: Readonly<Partial<Record<Mode, Mode>>> = {
  major: 'gong',
  lydian: 'gong',
  dorian: 'shang',
  phrygian: 'jue',
  locrian: 'jue',
  mixolydian: 'zhi',
  minor: 'yu',
};

/** The Chinese mode meant by a key's mode: itself, or the nearest (major 宫, minor 羽). */
export function chineseModeOf(mode: Mode): Mode {
  return NEAREST[mode] ?? mode;
}

type Relation = keyof typeof TABLE.home;

const known = new Map<Mode, ChordModel>();

/** The model of a Chinese mode; a Western one is heard as the nearest. */
export function loadPentatonicModel(mode: Mode): ChordModel {
  const model = known.get(mode) ?? createModel(mode);
  known.set(mode, model);
  return model;
}

function createModel(asked: Mode): ChordModel {
  const mode = chineseModeOf(asked);
  const gong = GONG[mode]!;
  const entries = Object.values(TABLE.chords);
  const chords = entries.map(({ above, intervals }): DegreeChord => ({ degree: (above + gong) % 12, intervals }));
  const relations = chords.map(({ degree }) => relationOf(degree, mode));
  const weights = entries.map(({ weight }, i) => weight * TABLE.home[relations[i]!]);
  const next = nextChords(chords, weights);
  const close = relations.map((relation) => Math.log(TABLE.closes[relation]));
  const final = relations.map((relation) => Math.log(TABLE.finals[relation]));
  const notes = chords.map((chord) => [
    noteWeights(chord, mode, TABLE.notes),
    noteWeights(chord, mode, TABLE.weakNotes),
  ]);
  return {
    mode: asked,
    chords,
    next,
    // On the beat or left by leap a note must fit, off the beat and left by step it passes.
    note: (chord, kind, degree) => notes[chord]![kind >= 4 && kind % 2 === 1 ? 1 : 0]![degree]!,
    change: (beats, beat) =>
      beat === 0 ? TABLE.changes.first : beats === 4 && beat === 2 ? TABLE.changes.half : TABLE.changes.other,
    close: (_, last) => close[last]!,
    final: (chord) => final[chord]!,
  };
}

/** What a root is to the tonic; `relative` is the third below or above, where 宫 and 羽 change places. */
function relationOf(degree: number, mode: Mode): Relation {
  if (degree === 0) return 'tonic';
  if (degree === 7 && scaleDegrees(mode).includes(7)) return 'fifth';
  if (degree === 5) return 'fourth';
  return degree === 9 || degree === 3 || degree === 8 ? 'relative' : 'other';
}

function nextChords(chords: readonly DegreeChord[], weights: readonly number[]): NextChord {
  const size = chords.length;
  const wide = size + 1;
  const motion = TABLE.rootMotion as Readonly<Record<string, number>>;
  const after = Array.from({ length: wide }, (_, last) =>
    normalise(
      weights.map((weight, c) => {
        const from = chords[last];
        if (from === undefined) return chords[c]!.degree === 0 ? 4 * weight : weight;
        return last === c ? 0 : weight * motion[String((chords[c]!.degree - from.degree + 12) % 12)]!;
      }),
    ),
  );
  const logAfterOne = Float64Array.from(after.flat(), (p) => Math.log(Math.max(1e-9, p)));
  const log = new Float64Array(wide * wide * size);
  for (let before = 0; before < wide; before++) log.set(logAfterOne, before * wide * size);
  return { size, log, logAfterOne, logAlone: Float64Array.from(normalise(weights), Math.log) };
}

function normalise(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

/** Log chances of the twelve notes over a chord. */
function noteWeights(chord: DegreeChord, mode: Mode, weights: typeof TABLE.notes): number[] {
  const scale = scaleDegrees(mode);
  const raw = Array.from({ length: 12 }, (_, degree) => {
    const above = (degree - chord.degree + 12) % 12;
    if (above === 0) return weights.root;
    if (chord.intervals.includes(above)) return above === 7 ? weights.fifth : weights.tone;
    if (!scale.includes(degree)) return isPian(degree, mode) ? weights.pian : weights.outside;
    return above === 2 || above === 10 ? weights.second : weights.scale;
  });
  return normalise(raw).map(Math.log);
}

/** The four 偏音: 清角 and 变徵 (fourth and raised fourth above 宫), 闰 and 变宫 (the two sevenths). */
function isPian(degree: number, mode: Mode): boolean {
  return [5, 6, 10, 11].includes((degree - GONG[mode]! + 12) % 12);
}
