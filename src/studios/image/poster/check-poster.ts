/** What can go wrong with type on a sheet, looked for before a poster leaves the studio. */
import type { Bilingual } from '../../../kernel/index.ts';
import type { Box, Role, SetText } from './types.ts';

/** Millimetres from the trim within which nothing may stand: a knife is never exact. */
export const SAFE_MM = 3;

/** How well one text can be read. */
export interface Reads {
  readonly role: Role;
  readonly ratio: number;
  readonly needed: number;
}

export interface Checked {
  readonly texts: readonly Pick<SetText, 'role' | 'ink'>[];
  readonly reads: readonly Reads[];
  readonly width: number;
  readonly height: number;
  readonly mmPerUnit: number;
}

/** The faults of a poster, in words: clipped, overlapping, hard to read. Empty when there are none. */
export function checkPoster({ texts, reads, width, height, mmPerUnit }: Checked): Bilingual[] {
  const safe = SAFE_MM / mmPerUnit;
  const clipped = texts.filter(
    ({ ink }) => ink.x < safe || ink.y < safe || ink.x + ink.width > width - safe || ink.y + ink.height > height - safe,
  );
  const pairs = texts.flatMap((one, i) => texts.slice(i + 1).map((other) => [one, other] as const));
  return [
    ...clipped.map(({ role }) => ({ en: `${role} stands too near the edge`, zh: `${role} 离边太近` })),
    ...pairs
      .filter(([one, other]) => overlaps(one.ink, other.ink))
      .map(([one, other]) => ({
        en: `${one.role} and ${other.role} overlap`,
        zh: `${one.role} 与 ${other.role} 重叠`,
      })),
    ...reads
      .filter(({ ratio, needed }) => ratio < needed)
      .map(({ role, ratio, needed }) => ({
        en: `${role} has a contrast of ${ratio.toFixed(1)}, less than ${needed}`,
        zh: `${role} 对比度 ${ratio.toFixed(1)}，不足 ${needed}`,
      })),
  ];
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
