/**
 * 对仗, measured: how far the two lines of a couplet are parallel. Three things count, each from 0 to 1:
 *
 *   classes  0.6   characters at the same place belong to classes that poets pair (learned from regulated couplets)
 *   tones    0.25  the tones at the even places and at the end are opposed
 *   words    0.15  no character stands in both lines
 *
 * It is a measurement, not a judgement of sense; what it cannot see (allusions, borrowed pairs) it scores low.
 */
import { readTable } from '../prosody/index.ts';
import type { Place } from '../readings/index.ts';

interface ClassTable {
  /** Characters of each class. */
  readonly classes: readonly string[];
  /** Row per class: how much more often two classes are paired than by chance, `0`–`9`, one digit per class. */
  readonly affinity: readonly string[];
}

let table: { classOf: ReadonlyMap<string, number>; affinity: readonly string[] } | undefined;

function load(): NonNullable<typeof table> {
  if (table === undefined) {
    const { classes, affinity } = readTable<ClassTable>('couplet-classes.table.json', import.meta.dirname);
    const classOf = new Map(
      classes.flatMap((list, index) => [...list].map((character) => [character, index] as const)),
    );
    table = { classOf, affinity };
  }
  return table;
}

/** How well two characters pair, 0–1; 0.5 where one is in no class. */
export function pairAffinity(first: string, second: string): number {
  const { classOf, affinity } = load();
  const a = classOf.get(first);
  const b = classOf.get(second);
  return a === undefined || b === undefined ? 0.5 : Number(affinity[a]![b]!) / 9;
}

/** The score of one couplet, 0–1, rounded to two places; 0 for lines of unequal length. */
export function scoreParallelism(first: readonly Place[], second: readonly Place[]): number {
  if (first.length !== second.length || first.length === 0) return 0;
  const classes = mean(first.map(({ character }, i) => pairAffinity(character, second[i]!.character)));
  const places = first.map((_, index) => index).filter((index) => index % 2 === 1 || index === first.length - 1);
  const tones = mean(places.map((index) => (areOpposed(first[index]!, second[index]!) ? 1 : 0)));
  const shared = first.filter(({ character }) => second.some((other) => other.character === character)).length;
  const words = Math.max(0, 1 - shared / 2);
  return Math.round((0.6 * classes + 0.25 * tones + 0.15 * words) * 100) / 100;
}

function areOpposed(first: Place, second: Place): boolean {
  return (first.level && second.oblique) || (first.oblique && second.level);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
