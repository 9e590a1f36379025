/**
 * A key finder for judging, by another way than the product's: no correlation with profiles, but Bayes' rule.
 *
 *   bar ─▶ which pitch classes are in it ─▶ P(present | degree of the key)          Temperley 2007, ch. 6
 *   phrase ends, the last note ─▶ P(degree at the end | key)
 *
 * For church modes the chances of a class being present are learned from real tunes whose tonic is known (`learnPresence`).
 * For the five Chinese modes nothing is learned: the five tones of a 宫 system are present, others seldom, and the mode is
 * decided as theory says, by where phrases come to rest (结音).
 */
import type { WrittenNote } from './read-written.ts';

export type Family = 'church' | 'chinese';

export interface FoundKey {
  /** Pitch class, C 0. */
  readonly tonic: number;
  readonly mode: string;
  /** Natural logarithm, up to a constant. */
  readonly logProbability: number;
}

/** A melody in bars of so many quarters. */
export interface Melody {
  readonly notes: readonly WrittenNote[];
  readonly bars: readonly { readonly at: number; readonly length: number }[];
}

/** Semitones of each mode above its tonic. */
export const MODE_TONES: Readonly<Record<string, readonly number[]>> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  gong: [0, 2, 4, 7, 9],
  shang: [0, 2, 5, 7, 10],
  jue: [0, 3, 5, 8, 10],
  zhi: [0, 2, 5, 7, 9],
  yu: [0, 3, 5, 7, 10],
};
const FAMILIES: Readonly<Record<Family, readonly string[]>> = {
  church: ['major', 'minor', 'dorian', 'mixolydian'],
  chinese: ['gong', 'shang', 'jue', 'zhi', 'yu'],
};

/** For a mode: the chance that each class (semitones above the tonic) is present in a bar, (12). */
export type Presence = Readonly<Record<string, readonly number[]>>;

/** Temperley's chances for major and minor (Kostka-Payne corpus); with the raised degrees of minor as common as the plain. */
const MAJOR = [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4];
const MINOR = [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.2, 0.25, 0.25];

/** Chances from tunes whose tonic is known: the mode of each is the one whose tones hold most of it. */
export function learnPresence(tunes: readonly (Melody & { readonly tonic: number })[]): Presence {
  const counts = new Map(
    FAMILIES.church.map((mode) => [
      mode,
      {
        bars: 4,
        present: MODE_TONES[mode]!.reduce((list, tone) => list.with(tone, 2), new Array<number>(12).fill(0.2)),
      },
    ]),
  );
  for (const tune of tunes) {
    const heard = durations(tune.notes);
    const own = (mode: string): number =>
      MODE_TONES[mode]!.reduce((sum, tone) => sum + heard[(tune.tonic + tone) % 12]!, 0);
    const mode = FAMILIES.church.reduce((a, b) => (own(b) > own(a) ? b : a));
    const count = counts.get(mode)!;
    for (const classes of classesOfBars(tune)) {
      count.bars++;
      for (const one of classes) count.present[(one - tune.tonic + 12) % 12]!++;
    }
  }
  const learned = Object.fromEntries(
    [...counts].map(([mode, { bars, present }]) => [mode, present.map((n) => n / bars)]),
  );
  // Real minor tunes are few among dances: the published chances stand beside those learned.
  return {
    ...learned,
    major: learned.major!.map((p, i) => (p + MAJOR[i]!) / 2),
    minor: learned.minor!.map((p, i) => (p + MINOR[i]!) / 2),
  };
}

/** All keys of a family, likeliest first. */
export function findKeyByBayes(melody: Melody, family: Family, presence: Presence): FoundKey[] {
  const bars = classesOfBars(melody);
  const ends = phraseEnds(melody);
  return FAMILIES[family]
    .flatMap((mode) =>
      Array.from({ length: 12 }, (_, tonic): FoundKey => {
        const chances = family === 'chinese' ? fiveTones(mode) : presence[mode]!;
        const inBars = bars.reduce((sum, classes) => sum + logOfBar(classes, tonic, chances), 0);
        return { tonic, mode, logProbability: inBars + logOfEnds(ends, tonic, family) };
      }),
    )
    .sort((a, b) => b.logProbability - a.logProbability);
}

/** The same five tones whatever the mode: only the ends of phrases tell the modes apart. */
function fiveTones(mode: string): number[] {
  return Array.from({ length: 12 }, (_, tone) => (MODE_TONES[mode]!.includes(tone) ? 0.5 : 0.03));
}

function logOfBar(classes: ReadonlySet<number>, tonic: number, chances: readonly number[]): number {
  return chances.reduce((sum, p, degree) => sum + Math.log(classes.has((tonic + degree) % 12) ? p : 1 - p), 0);
}

/** The last note is the tonic four times in five; other phrases end on the tonic, its fifth or its neighbours. */
function logOfEnds(ends: readonly number[], tonic: number, family: Family): number {
  return ends.reduce((sum, end, i) => {
    const degree = (end - tonic + 12) % 12;
    if (i === ends.length - 1) return sum + Math.log(degree === 0 ? 0.8 : 0.2 / 11);
    const supports = degree === 0 ? 0.3 : degree === 7 ? 0.22 : degree === 5 && family === 'chinese' ? 0.12 : 0.04;
    return sum + Math.log(supports);
  }, 0);
}

/** The last note of every fourth bar, the very last note at the end. */
function phraseEnds({ notes, bars }: Melody): number[] {
  const ends = bars.flatMap(({ at, length }, i) => {
    if (i % 4 !== 3 || i === bars.length - 1) return [];
    const last = notes.findLast((note) => note.at < at + length);
    return last ? [last.midi % 12] : [];
  });
  const last = notes.at(-1);
  return last ? [...ends, last.midi % 12] : ends;
}

function classesOfBars({ notes, bars }: Melody): ReadonlySet<number>[] {
  return bars.map(({ at, length }) => {
    const within = notes.filter((note) => note.at < at + length && note.at + note.length > at);
    return new Set(within.map(({ midi }) => midi % 12));
  });
}

function durations(notes: readonly WrittenNote[]): number[] {
  const heard = new Array<number>(12).fill(0);
  for (const { midi, length } of notes) heard[midi % 12]! += length;
  return heard;
}

/** The tones of a key as one number, to compare collections. */
export function collectionOf({ tonic, mode }: { readonly tonic: number; readonly mode: string }): string {
  return MODE_TONES[mode]!.map((tone) => (tonic + tone) % 12)
    .sort((a, b) => a - b)
    .join();
}
