/** Note values: how a length is drawn, as a whole, half, quarter … with dots. Lengths are fine ticks (see `metre-grid.ts`). */

/** Names of MusicXML, shortest first; each is twice the one before. */
export const VALUE_NAMES = [
  '256th',
  '128th',
  '64th',
  '32nd',
  '16th',
  'eighth',
  'quarter',
  'half',
  'whole',
  'breve',
  'long',
] as const;
export type ValueName = (typeof VALUE_NAMES)[number];

/** A drawn length; 2 dots at most. */
export interface NoteValue {
  readonly name: ValueName;
  readonly dots: 0 | 1 | 2;
}

/** Fine ticks in a quarter note for a score of this resolution: a 256th note is then `ticksPerQuarter` of them. */
export const FINE = 64;

/** The value of a length; undefined when no single note has it. `shortest` is the length of a 256th note. */
export function valueOfLength(length: number, shortest: number): NoteValue | undefined {
  let count = length / shortest;
  if (!Number.isInteger(count) || count < 1) return undefined;
  let doublings = 0;
  for (; count % 2 === 0; count /= 2) doublings++;
  const dots = [1, 3, 7].indexOf(count);
  const name = VALUE_NAMES[doublings + dots];
  return dots < 0 || name === undefined ? undefined : { name, dots: dots as 0 | 1 | 2 };
}

/** Flags of an undotted or dotted value: 0 for a quarter and longer, 1 for an eighth … */
export function flagsOf({ name }: NoteValue): number {
  return Math.max(0, VALUE_NAMES.indexOf('quarter') - VALUE_NAMES.indexOf(name));
}

/** The longest undotted value not longer than a length, and its length; for times that no tuplet explains. */
export function valueBelow(length: number, shortest: number): { value: NoteValue; length: number } {
  let index = 0;
  while (index + 1 < VALUE_NAMES.length && shortest * 2 ** (index + 1) <= length) index++;
  return { value: { name: VALUE_NAMES[index]!, dots: 0 }, length: shortest * 2 ** index };
}
