/** Chords over a melody as symbols: slots, given chords and wishes brought to the search, and its answer written down. */
import { createRandom } from '../../../core/index.ts';
import { refusal } from '../refusal.ts';
import { barIndexAt, isPentatonic, type Key, type Part, type Score, tonicClass } from '../score/index.ts';
import {
  type Chord,
  classOf,
  formatChord,
  isNoChord,
  type MelodyNote,
  melodyOf,
  melodyPartOf,
  parseChord,
} from '../theory/index.ts';
import { type ChordModel, loadChordModel } from './chord-model.ts';
import { type DegreeChord, spellChord } from './chord-space.ts';
import { type FoundChords, findChords, SEARCH_WEIGHTS, type SearchWish } from './find-chords.ts';
import { loadPentatonicModel } from './pentatonic-model.ts';
import { phrasesOf, type Slot, slotsOf } from './slots.ts';
import { DENSITY_ODDS, type HarmoniseOptions, likingOf } from './wish.ts';

/** A melody made ready for the search. */
export interface Task {
  readonly score: Score;
  readonly part: Part;
  readonly melody: readonly MelodyNote[];
  readonly slots: readonly Slot[];
  /** By slot: the chord the artist gave. */
  readonly given: readonly (Chord | undefined)[];
  readonly models: (key: Key) => ChordModel;
}

/** A stretch under one chord. */
export interface ChordStretch {
  readonly at: number;
  readonly to: number;
  readonly key: Key;
  readonly chord: Chord;
  /** The artist gave it. */
  readonly given: boolean;
  /** Slots it covers. */
  readonly slots: readonly [from: number, to: number];
}

/** Reads the melody; throws `music/no-melody`. */
export function taskOf(score: Score, options: HarmoniseOptions, models: (key: Key) => ChordModel): Task {
  const part =
    options.part === undefined ? melodyPartOf(score) : score.parts.find(({ id }) => id === options.part && id);
  const melody = part && !part.percussion ? melodyOf(part) : [];
  if (!part || melody.length === 0) throw noMelody(options.part);
  const slots = slotsOf(score, melody, options.cadences === false ? [] : phrasesOf(score, part.id));
  const given = options.chords === 'forget' ? slots.map(() => undefined) : givenChords(score, slots);
  return { score, part, melody, slots, given, models };
}

function noMelody(part: string | undefined): Error {
  return refusal(
    'input',
    'music/no-melody',
    {
      en: part === undefined ? 'The score has no pitched notes.' : `There is no part '${part}' with pitched notes.`,
      zh: part === undefined ? '乐谱中没有有音高的音符。' : `没有含有音高音符的声部“${part}”。`,
    },
    { en: 'Give a score with a melody, or name its part.', zh: '请给出有旋律的乐谱，或指明旋律声部。' },
  );
}

/** Chord symbols hold to the end of their bar or the next symbol; those that cannot be read are left open. */
function givenChords({ chords, bars }: Score, slots: readonly Slot[]): (Chord | undefined)[] {
  let i = -1;
  return slots.map(({ at, to }) => {
    while (chords[i + 1] && chords[i + 1]!.at < (at + to) / 2) i += 1;
    const chord = chords[i];
    if (!chord || isNoChord(chord.symbol) || barIndexAt(bars, chord.at) !== barIndexAt(bars, at)) return undefined;
    try {
      return parseChord(chord.symbol);
    } catch {
      // The critic names symbols that cannot be read.
      return undefined;
    }
  });
}

/** The models for a wish: by hand for Chinese modes and where `pentatonic` is asked for, else learned. */
export function modelsFor(popular: number, pentatonic: boolean): (key: Key) => ChordModel {
  return ({ mode }) =>
    pentatonic || isPentatonic(mode) ? loadPentatonicModel(mode) : loadChordModel(mode, { charts: popular });
}

/**
 * Harmonic rhythm follows the clock: where beats are quick, chords change with the bar and less on the weak beats; where a bar
 * is long, more often.
 */
function changesIn({ tempos, ticksPerQuarter }: Score, density: HarmoniseOptions['density']): (slot: Slot) => number {
  const asked = DENSITY_ODDS[density ?? 'normal'];
  return ({ at, to, beat, beats }) => {
    const bpm = tempos.findLast((tempo) => tempo.at <= at)?.quarterBpm ?? 120;
    const seconds = ((to - at) / ticksPerQuarter) * (60 / bpm);
    const quick = Math.max(-1.5, Math.min(0.8, Math.log2(seconds / 0.6)));
    const weak = beat % 2 === 1 || (beats === 3 && beat === 2);
    return asked + quick * (weak ? 1.2 : beat === 0 ? 0.2 : 0.7);
  };
}

/** Finds chords; candidate 0 is the likeliest, others have a grain of chance. */
export function searchTask(
  task: Task,
  options: HarmoniseOptions,
  candidate: number,
  more: Pick<SearchWish, 'bias' | 'weights'> = {},
): FoundChords {
  const { slots, given } = task;
  const weights = more.weights ?? SEARCH_WEIGHTS;
  return findChords(slots, task.models, {
    ...more,
    weights: options.cadences === false ? { ...weights, close: 0, final: 0, frame: 0 } : weights,
    changes: changesIn(task.score, options.density),
    liking: likingOf(options.colour),
    given: (t) => given[t] && asDegree(given[t], slots[t]!.key),
    ...(candidate > 0 && {
      chance: { random: createRandom((options.seed ?? 1) * 1009 + candidate), size: 0.9 },
    }),
  });
}

/** A chord as its key hears it. */
export function asDegree({ root, intervals }: Chord, key: Key): DegreeChord {
  return { degree: (classOf(root) - tonicClass(key) + 12) % 12, intervals };
}

/** The chords found as stretches, given ones as they were given. */
export function stretchesOf({ slots, given, models }: Task, { chords }: FoundChords): ChordStretch[] {
  const chordAt = (t: number): Chord =>
    given[t] ?? spellChord(models(slots[t]!.key).chords[chords[t]!]!, slots[t]!.key);
  const stretches: ChordStretch[] = [];
  let shown = '';
  for (const [t, slot] of slots.entries()) {
    const chord = chordAt(t);
    const name = formatChord(chord);
    const last = stretches.at(-1);
    if (last && name === shown)
      stretches[stretches.length - 1] = { ...last, to: slot.to, slots: [last.slots[0], t + 1] };
    else
      stretches.push({
        at: slot.at,
        to: slot.to,
        key: slot.key,
        chord,
        given: given[t] !== undefined,
        slots: [t, t + 1],
      });
    shown = name;
  }
  return stretches;
}

/** The score with these chords as symbols. */
export function writeSymbols(score: Score, stretches: readonly ChordStretch[]): Score {
  return { ...score, chords: stretches.map(({ at, chord }) => ({ at, symbol: formatChord(chord) })) };
}

/** Numbers of a harmony that people can read. */
export function numbersOf(
  { slots, melody }: Task,
  stretches: readonly ChordStretch[],
  value: number,
): Record<string, number> {
  let inside = 0;
  let all = 0;
  let s = 0;
  for (const { at, length, midi } of melody) {
    while (s + 1 < stretches.length && stretches[s + 1]!.at <= at) s += 1;
    const { root, intervals } = stretches[s]!.chord;
    all += length;
    if (intervals.some((tone) => (tone + classOf(root)) % 12 === midi % 12)) inside += length;
  }
  const round = (x: number): number => Math.round(x * 1000) / 1000;
  return {
    likelihoodPerBeat: round(value / slots.length),
    chordTones: round(inside / all),
    chords: stretches.length,
    differentChords: new Set(stretches.map(({ chord }) => formatChord(chord))).size,
  };
}
