/** What the five hundred are asked for: every manner as often as every other, by turns in its usual metre and in another it can take. */
import { STYLES, type Style } from '../../src/studios/music/tunes/index.ts';

export interface AskedTune {
  readonly seed: number;
  readonly style: Style;
  /** Absent: the metre that the manner has when nobody asks. */
  readonly metre?: string;
}

/** All metres in which a piece can be asked for. */
export const ASKED_METRES = [
  '2/4',
  '3/4',
  '4/4',
  '2/2',
  '3/8',
  '6/8',
  '9/8',
  '12/8',
  '6/4',
  '5/4',
  '5/8',
  '7/8',
] as const;

/** A dance is its metre; these are the others it is danced in, if any. The rest take all metres. */
const DANCES: Readonly<Partial<Record<Style, readonly string[]>>> = {
  reel: ['2/2', '4/4'],
  jig: ['6/8', '12/8'],
  'slip-jig': ['9/8'],
  hornpipe: ['2/2', '4/4'],
  polka: ['2/4'],
  slide: ['6/8', '12/8'],
  march: ['2/4', '6/8', '2/2'],
  waltz: ['3/4', '3/8'],
};

/** `count` wishes; seed 1 first. */
export function askTunes(count: number): AskedTune[] {
  return Array.from({ length: count }, (_, i) => {
    const style = STYLES[i % STYLES.length]!;
    const round = Math.floor(i / STYLES.length);
    const metres = DANCES[style] ?? ASKED_METRES;
    // Manners start at different metres, so that few rounds suffice for all.
    const metre = metres[(Math.floor(round / 2) + (i % STYLES.length)) % metres.length]!;
    return { seed: i + 1, style, ...(round % 2 === 1 ? { metre } : {}) };
  });
}

/** Manners that no open collection has: the judge of manners learns them from rule tunes of other seeds. */
export const RULE_STYLES = [
  'jiangnan',
  'xiaodiao',
  'northern',
  'mountain-song',
  'guqin',
  'opera',
  'waltz',
  'lullaby',
  'march',
  'folk',
] as const;
const TEACHERS_EACH = 30;

/** Wishes whose rule tunes teach the judge, in the metres of the five hundred; none of their seeds is among them. */
export function askTeachers(): AskedTune[] {
  const asked = askTunes(2 * TEACHERS_EACH * STYLES.length).filter(({ style }) =>
    RULE_STYLES.includes(style as 'folk'),
  );
  return RULE_STYLES.flatMap((style) => asked.filter((each) => each.style === style).slice(0, TEACHERS_EACH)).map(
    (each) => ({
      ...each,
      seed: each.seed + 1_000_000,
    }),
  );
}
