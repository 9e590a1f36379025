/**
 * A line of our own in the header, which other programs pass over: which voices of the text make up a part.
 *
 *   I:part id=piano v=1,2,3 voice=1,2,5 staff=1,1,2 instrument=piano
 */
import type { Part } from '../../score/index.ts';
import { parseProperties } from './fields.ts';

/** See the file header; lists run side by side. */
export interface PartLine {
  readonly id: string;
  /** Ids of `V:` fields. */
  readonly voices: readonly string[];
  /** Their voice in the part, and their staff. */
  readonly numbers: readonly number[];
  readonly staves: readonly number[];
  readonly about: Partial<Pick<Part, 'instrument' | 'percussion' | 'transposition' | 'staves' | 'gain' | 'pan'>>;
}

/** Reads a line; undefined when it is not whole. */
export function parsePartLine(text: string): PartLine | undefined {
  const found = parseProperties(text);
  const { id, v, voice, staff, instrument, percussion, transposition, staves, gain, pan } = found as Record<
    string,
    string | undefined
  >;
  const voices = v?.split(',') ?? [];
  if (id === undefined || voices.length === 0) return undefined;
  const number = (value: string | undefined, low: number, high: number): number | undefined => {
    const n = Number(value);
    return value !== undefined && n >= low && n <= high ? n : undefined;
  };
  const about = {
    instrument: instrument?.slice(0, 60),
    percussion: percussion === 'yes' ? true : undefined,
    transposition: wholeOnly(number(transposition, -36, 36)),
    staves: wholeOnly(number(staves, 1, 3)),
    gain: number(gain, -60, 12),
    pan: number(pan, -1, 1),
  };
  const list = (value: string | undefined, most: number): number[] =>
    voices.map((_, i) => wholeOnly(number(value?.split(',')[i], 1, most)) ?? 1);
  return {
    id,
    voices,
    numbers: list(voice, 16),
    staves: list(staff, 3),
    about: Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
  };
}

function wholeOnly(n: number | undefined): number | undefined {
  return Number.isInteger(n) ? n : undefined;
}

/** Writes a line's value. */
export function formatPartLine({ id, voices, numbers, staves, about }: PartLine): string {
  const plain = (list: readonly number[]): boolean => list.every((n) => n === 1);
  const words = [`id=${id}`, `v=${voices.join(',')}`];
  if (!plain(numbers)) words.push(`voice=${numbers.join(',')}`);
  if (!plain(staves)) words.push(`staff=${staves.join(',')}`);
  for (const [name, value] of Object.entries(about)) {
    if (value !== undefined)
      words.push(`${name}=${value === true ? 'yes' : /\s/.test(String(value)) ? `"${value}"` : value}`);
  }
  return words.join(' ');
}
