/** Words under a line of music (`w:`), one line for each verse. */
import type { Lyric, Note } from '../../score/index.ts';

/** A written note that words can stand under; `tied` when it prolongs the one before. */
export interface Sung {
  readonly notes: readonly Note[];
  readonly tied: boolean;
}

/** The `w:` lines of a system; verses that are silent in it are left out at the end. */
export function writeWords(sung: readonly Sung[]): string[] {
  const all = sung.filter(({ tied }) => !tied).flatMap(({ notes }) => notes.flatMap(({ lyrics }) => lyrics ?? []));
  const last = all.reduce((most, { verse = 1 }) => Math.max(most, verse), 0);
  return Array.from({ length: last }, (_, i) => `w:${writeVerse(sung, i + 1)}`);
}

function writeVerse(sung: readonly Sung[], verse: number): string {
  let text = '';
  let goesOn = false;
  let singing = false;
  let waiting = '';
  for (const { notes, tied } of sung) {
    const lyric = tied
      ? undefined
      : notes.flatMap(({ lyrics }) => lyrics ?? []).find((one) => (one.verse ?? 1) === verse);
    if (!lyric) {
      // Silence at the end of a line needs no sign.
      waiting += singing && !goesOn ? '_' : ' *';
      continue;
    }
    text += `${waiting}${goesOn && waiting === '' ? '' : ' '}${escapeSyllable(lyric.text)}`;
    waiting = '';
    goesOn = goes(lyric);
    singing = true;
    if (goesOn) text += '-';
  }
  return text.trim() === '' ? '*' : text.trim();
}

function goes({ syllabic }: Lyric): boolean {
  return syllabic === 'begin' || syllabic === 'middle';
}

function escapeSyllable(text: string): string {
  return text.replace(/[-_*|~\\%]/g, '\\$&').replace(/[ \t\r\n]+/g, '~') || '~';
}
