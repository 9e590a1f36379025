/**
 * What the melody of a poem should do as a whole.
 *
 *           ╭─╮
 *     ╭╮   ╱ 转╲        起 opens about the middle and rests on a support, 承 answers and comes down to the fifth,
 *    ╱起╲_╱     ╲合     转 climbs to the height of the song and stays open, 合 falls to the tonic
 *      承        ╲_
 */
import type { Random } from '../../../core/index.ts';
import { type Key, scaleDegrees, tonicClass } from '../score/index.ts';
import type { MelodyWish } from './find-melody.ts';
import type { LinePlace, LineRole } from './form.ts';

/** Height of a line in the whole, as a share of the range. */
const RISE: Readonly<Record<LineRole, number>> = { 起: -0.05, 承: 0.02, 转: 0.22, 合: -0.1 };

/** Semitones of the arch over a line: at its beginning, middle and end. */
const ARCH: Readonly<Record<LineRole, readonly [number, number, number]>> = {
  起: [-2, 2, 0],
  承: [2, 1, -3],
  转: [-2, 3, 1],
  合: [3, 0, -4],
};

/** The arch over a line at `share` of its length (0–1), stretched by `size`. */
export function liftAt(role: LineRole, share: number, size: number): number {
  const [from, middle, to] = ARCH[role];
  return size * (share < 0.5 ? from + 2 * share * (middle - from) : middle + (2 * share - 1) * (to - middle));
}

/** The wish for the lines of a poem in a key. */
export function melodyWish(
  places: readonly LinePlace[],
  {
    key,
    range: [low, high],
    toneWeight = 1,
    random,
  }: { key: Key; range: readonly [number, number]; toneWeight?: number | undefined; random: Random },
): MelodyWish {
  const tonic = tonicClass(key);
  const degrees = scaleDegrees(key.mode);
  const classes = degrees.map((degree) => (tonic + degree) % 12);
  const pillars = pillarDegrees(degrees).map((degree) => (tonic + degree) % 12);
  const chance = random.fork('closings');
  const middle = (low + high) / 2;
  let way: 1 | -1 = chance.next() < 0.5 ? 1 : -1;
  return {
    scale: Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((midi) => classes.includes(midi % 12)),
    tonic,
    pillars,
    closings: places.map((place) => closingOf(place, { pillars, classes, random: chance })),
    centres: places.map(({ role }) => middle + (RISE[role] + 0.06 * (chance.next() - 0.5)) * (high - low)),
    // Mostly one line is closed from below and the next from above.
    approaches: places.map(() => {
      way = chance.next() < 0.8 ? (way === 1 ? -1 : 1) : way;
      return way;
    }),
    toneWeight,
    random,
  };
}

/** Tonic, fifth where the mode has one (else the fourth), then the fourth or third. */
function pillarDegrees(degrees: readonly number[]): number[] {
  return [0, 7, 5, 4, 3].filter((degree) => degrees.includes(degree)).slice(0, 3);
}

/** Pitch classes a line may close on, the best first. */
function closingOf(
  { role, last }: LinePlace,
  { pillars, classes, random }: { pillars: readonly number[]; classes: readonly number[]; random: Random },
): number[] {
  const [home, support, other] = pillars as [number, number, number];
  const colours = shuffle(
    classes.filter((pitch) => !pillars.includes(pitch)),
    random,
  );
  const open = [other, ...colours].filter((pitch) => pitch !== undefined);
  const drawn = random.next();
  if (last) return [home];
  switch (role) {
    case '起':
      return drawn < 0.5
        ? [other ?? support, support, ...colours]
        : [...colours.slice(0, 1), support, other ?? support, home];
    case '承':
      return drawn < 0.7 ? [support, home, ...open] : [home, support, ...open];
    case '转':
      return drawn < 0.6 ? [...colours, other ?? support, support] : [...open, support];
    default:
      // The end of a strophe that is not the last: at home, or on its support.
      return drawn < 0.6 ? [home, support] : [support, home];
  }
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
