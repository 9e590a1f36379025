/** What can be counted of one tune, from what stands in its MusicXML; and how alike the tunes of one manner are. */
import type { Matcher, PlainNote } from './copies.ts';
import { collectionOf, findKeyByBayes, type Presence } from './key-finder.ts';
import type { MadeTune } from './make-tunes.ts';
import type { WrittenNote } from './read-written.ts';
import type { StyleClassifier, StyleSample } from './style-classifier.ts';

/** Tools of judgement. */
export interface Bench {
  readonly presence: Presence;
  /** By metre and without. */
  readonly classifiers: { readonly withMetre: StyleClassifier; readonly withoutMetre: StyleClassifier };
  /** MIDI keys of an instrument; undefined for drums. */
  readonly rangeOf: (instrument: string) => readonly [low: number, high: number] | undefined;
  readonly matchers: Readonly<Record<string, Matcher>>;
}

/** A passage in common with a known melody. */
export interface Agreement {
  readonly notes: number;
  /** From its first onset to its last, in bars. */
  readonly bars: number;
  readonly id: string;
}

export interface Judgement {
  readonly seed: number;
  readonly style: string;
  readonly metre: string;
  readonly bars: { readonly full: number; readonly all: number };
  readonly melodyInRange: { readonly inside: number; readonly all: number };
  readonly partsInRange: { readonly inside: number; readonly all: number };
  readonly key: {
    readonly asked: string;
    readonly found: string;
    readonly tonic: boolean;
    readonly mode: boolean;
    readonly collection: boolean;
  };
  readonly named: { readonly withMetre: string; readonly withoutMetre: string };
  readonly agreements: Readonly<Record<string, Agreement | undefined>>;
  readonly repeatedBars: number;
  readonly strongChordTones: { readonly inside: number; readonly all: number };
  readonly endsOnTonic: boolean;
  /** Notes of a bar, in the mean; shares of repeated notes and of leaps over a fourth. */
  readonly manner: {
    readonly notesPerBar: number;
    readonly repeats: number;
    readonly leaps: number;
    readonly semitones: number;
  };
}

const TONICS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const FIVE = ['gong', 'shang', 'jue', 'zhi', 'yu'];

/** The melody: the first voice of the first part. */
export function melodyOf({ written }: MadeTune): readonly WrittenNote[] {
  const own = written.parts[0]!.notes.filter(({ voice }) => voice === undefined);
  return own.filter(({ at }, i) => own[i + 1]?.at !== at);
}

/** As the classifier and the matchers read it. */
export function sampleOf(tune: MadeTune): StyleSample {
  const [bar] = tune.written.parts[0]!.bars;
  const notes = melodyOf(tune).map(
    ({ at, length, midi }): PlainNote => [Math.round(at * 24), Math.round(length * 24), midi],
  );
  return { notes, metre: bar!.metre, barLength: Math.round(bar!.length * 24) };
}

/** Judges one tune. */
export function judge(tune: MadeTune, bench: Bench): Judgement {
  const { written, asked, wish, instruments } = tune;
  const melody = melodyOf(tune);
  const { bars } = written.parts[0]!;
  const sample = sampleOf(tune);
  const tonic = pitchClass(wish.tonic);
  const [found] = findKeyByBayes(
    { notes: melody, bars },
    FIVE.includes(wish.mode) ? 'chinese' : 'church',
    bench.presence,
  );
  const all = written.parts.flatMap((part) => part.bars);
  const ranges = written.parts.map((part, i) => inRange(part.notes, bench.rangeOf(instruments[i]!)));
  return {
    seed: asked.seed,
    // A jig that was asked in 12/8 is a slide, and the product says so.
    style: wish.style ?? asked.style,
    metre: wish.metre,
    bars: { full: all.filter(({ full }) => full).length, all: all.length },
    melodyInRange: inRange(melody, bench.rangeOf(instruments[0]!)),
    partsInRange: { inside: sum(ranges.map(({ inside }) => inside)), all: sum(ranges.map((range) => range.all)) },
    key: {
      asked: `${tonic} ${wish.mode}`,
      found: `${found!.tonic} ${found!.mode}`,
      tonic: found!.tonic === tonic,
      mode: found!.mode === wish.mode,
      collection: collectionOf(found!) === collectionOf({ tonic, mode: wish.mode }),
    },
    named: {
      withMetre: bench.classifiers.withMetre.name(sample)[0]!,
      withoutMetre: bench.classifiers.withoutMetre.name(sample)[0]!,
    },
    agreements: Object.fromEntries(
      Object.entries(bench.matchers).map(([name, matcher]) => [name, agree(sample, matcher)]),
    ),
    repeatedBars: repeatedBars(melody, bars),
    strongChordTones: strongChordTones(tune, melody),
    endsOnTonic: (melody.at(-1)?.midi ?? -1) % 12 === tonic,
    manner: mannerOf(melody, bars.length),
  };
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

function pitchClass(name: string): number {
  return (TONICS[name[0]!]! + [...name.slice(1)].reduce((all, sign) => all + (sign === '#' ? 1 : -1), 0) + 12) % 12;
}

function inRange(
  notes: readonly WrittenNote[],
  range: readonly [number, number] | undefined,
): { inside: number; all: number } {
  if (!range) return { inside: 0, all: 0 };
  return { inside: notes.filter(({ midi }) => midi >= range[0] && midi <= range[1]).length, all: notes.length };
}

function agree({ notes, barLength }: StyleSample, matcher: Matcher): Agreement | undefined {
  const passage = matcher.longest(notes);
  if (!passage) return undefined;
  const span = notes[passage.from + passage.notes - 1]![0] - notes[passage.from]![0];
  return { notes: passage.notes, bars: Number((span / barLength).toFixed(2)), id: passage.id };
}

function repeatedBars(melody: readonly WrittenNote[], bars: readonly { at: number; length: number }[]): number {
  const texts = bars.map(({ at, length }) =>
    melody
      .filter((note) => note.at >= at && note.at < at + length)
      .map((note) => `${(note.at - at).toFixed(3)}:${note.midi}`)
      .join(' '),
  );
  return texts.filter((text, i) => texts.indexOf(text) < i).length / texts.length;
}

/** Notes that begin with a bar or with its second half: do they belong to the chord above them? */
function strongChordTones({ written }: MadeTune, melody: readonly WrittenNote[]): { inside: number; all: number } {
  const strong = written.parts[0]!.bars.flatMap(({ at, length, metre }) =>
    /^(4|2|6|12)\//.test(metre) && length >= 3 ? [at, at + length / 2] : [at],
  );
  const judged = melody.flatMap(({ at, midi }) => {
    const chord = written.chords.findLast((each) => each.at <= at + 1e-6);
    return strong.some((beat) => Math.abs(beat - at) < 1e-6) && chord && chord.classes.length > 0
      ? [chord.classes.includes(midi % 12)]
      : [];
  });
  return { inside: judged.filter(Boolean).length, all: judged.length };
}

function mannerOf(melody: readonly WrittenNote[], bars: number): Judgement['manner'] {
  const moves = melody.slice(1).map(({ midi }, i) => Math.abs(midi - melody[i]!.midi));
  const share = (test: (move: number) => boolean): number => moves.filter(test).length / Math.max(1, moves.length);
  return {
    notesPerBar: melody.length / bars,
    repeats: share((move) => move === 0),
    leaps: share((move) => move > 5),
    semitones: Math.max(0, ...melody.map(({ midi }) => midi)) - Math.min(127, ...melody.map(({ midi }) => midi)),
  };
}

/** How alike tunes are: the share of interval 4-grams that two of them have in common (Jaccard), in the mean and to the nearest. */
export function likeness(tunes: readonly MadeTune[]): { mean: number; nearest: number } {
  const grams = tunes.map((tune) => {
    const moves = melodyOf(tune).map(({ midi }, i, all) => midi - (all[i - 1]?.midi ?? midi));
    return new Set(moves.slice(1, -3).map((_, i) => moves.slice(i + 1, i + 5).join()));
  });
  const pairs = grams.map((a, i) => grams.flatMap((b, j) => (i === j ? [] : [jaccard(a, b)])));
  const flat = pairs.flat();
  return {
    mean: sum(flat) / Math.max(1, flat.length),
    nearest: sum(pairs.map((row) => Math.max(0, ...row))) / Math.max(1, pairs.length),
  };
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = a.intersection(b).size;
  return both / Math.max(1, a.size + b.size - both);
}
