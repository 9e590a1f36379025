/** Strophes, and the part of each line in them: 起 opens, 承 answers, 转 turns away, 合 comes home. */
import type { SungLine } from './syllable.ts';

export const ROLES = ['起', '承', '转', '合'] as const;
export type LineRole = (typeof ROLES)[number];

export interface LinePlace {
  readonly role: LineRole;
  /** Strophe, counted from 0. */
  readonly strophe: number;
  /** Opens its strophe. */
  readonly opens: boolean;
  /** The last of all. */
  readonly last: boolean;
}

/** Each line's place; strophes are those the poem marks, else fours, else halves. */
export function formOf(lines: readonly SungLine[]): LinePlace[] {
  return strophesOf(lines).flatMap((count, strophe, all) =>
    Array.from(
      { length: count },
      (_, i): LinePlace => ({
        role: roleOf(i, count),
        strophe,
        opens: i === 0,
        last: strophe === all.length - 1 && i === count - 1,
      }),
    ),
  );
}

function roleOf(i: number, count: number): LineRole {
  if (i === count - 1) return '合';
  if (i === 0) return '起';
  return i === count - 2 ? '转' : '承';
}

/** Lines in each strophe. */
function strophesOf(lines: readonly SungLine[]): number[] {
  const marked = lines.flatMap(({ opens }, i) => (opens && i > 0 ? [i] : []));
  const cuts = marked.length > 0 ? marked : evenCuts(lines.length);
  return [...cuts, lines.length].map((cut, i) => cut - (cuts[i - 1] ?? 0));
}

function evenCuts(count: number): number[] {
  if (count < 8) return [];
  if (count % 4 === 0) return Array.from({ length: count / 4 - 1 }, (_, i) => 4 * (i + 1));
  const strophes = Math.max(2, Math.round(count / 6));
  return Array.from({ length: strophes - 1 }, (_, i) => Math.round(((i + 1) * count) / strophes));
}
