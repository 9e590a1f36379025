/** Signs of a journey through the score, in the words that scores use. */
import type { Bar } from '../../score/index.ts';

export type Jump = NonNullable<Bar['jump']>;

interface JumpSign {
  /** Drawn sign or words. */
  readonly sign?: 'segno' | 'coda';
  readonly words?: string;
  /** The attribute of MusicXML's sound element. */
  readonly sound: string;
  /** At the end of its bar, not the beginning. */
  readonly end: boolean;
}

export const JUMPS: Readonly<Record<Jump, JumpSign>> = {
  segno: { sign: 'segno', sound: 'segno', end: false },
  coda: { sign: 'coda', sound: 'coda', end: false },
  'to-coda': { words: 'To Coda', sound: 'tocoda', end: true },
  fine: { words: 'Fine', sound: 'fine', end: true },
  'da-capo': { words: 'D.C.', sound: 'dacapo', end: true },
  'dal-segno': { words: 'D.S.', sound: 'dalsegno', end: true },
  'da-capo-al-fine': { words: 'D.C. al Fine', sound: 'dacapo', end: true },
  'dal-segno-al-fine': { words: 'D.S. al Fine', sound: 'dalsegno', end: true },
  'da-capo-al-coda': { words: 'D.C. al Coda', sound: 'dacapo', end: true },
  'dal-segno-al-coda': { words: 'D.S. al Coda', sound: 'dalsegno', end: true },
};

/** The jump that words (with or without a sound attribute) mean; undefined for other words. */
export function jumpOfWords(words: string, sound: string | undefined): Jump | undefined {
  const plain = words
    .toLowerCase()
    .replace(/[\s.]+/g, ' ')
    .trim();
  if (/^to coda\b/.test(plain) || sound === 'tocoda') return 'to-coda';
  const start = /^(d c|da capo)( |$)/.test(plain) || sound === 'dacapo' ? 'da-capo' : undefined;
  const from = start ?? (/^(d s|dal segno)( |$)/.test(plain) || sound === 'dalsegno' ? 'dal-segno' : undefined);
  if (from) return /al fine/.test(plain) ? `${from}-al-fine` : /al coda/.test(plain) ? `${from}-al-coda` : from;
  return plain === 'fine' || sound === 'fine' ? 'fine' : undefined;
}
