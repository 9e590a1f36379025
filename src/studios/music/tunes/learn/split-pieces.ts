/** Which pieces are held out, and whether there are enough of them. */
import { sha256 } from '../../../../core/index.ts';
import { refusal } from '../../refusal.ts';
import type { TunePiece } from './documents.ts';

/** Shares of the pieces that are held out: to watch the training, and to measure on. */
const VALIDATION = 0.06;
const TEST = 0.14;

/**
 * The least to learn from. A seventh of it is held out: some 560 events. The gain of an event over the base deviates by 0.63 nats
 * (60 hornpipes, docs/training.md), so that the mean gain is known to within 0.03; under 10 pieces what is held out is the manner of one.
 */
export const LEAST_PIECES = 10;
export const LEAST_EVENTS = 4_000;

export interface SplitPieces {
  readonly train: readonly TunePiece[];
  readonly validation: readonly TunePiece[];
  readonly test: readonly TunePiece[];
}

/** Splits by the hash of seed and id, at least one piece to watch and two to measure on; the same pieces and seed split the same. */
export function splitPieces(pieces: readonly TunePiece[], seed: string): SplitPieces {
  const drawn = pieces
    .map((piece) => ({ piece, draw: sha256(`${seed}/${piece.id}`) }))
    .sort((a, b) => (a.draw < b.draw ? -1 : 1))
    .map(({ piece }) => piece);
  const test = Math.max(2, Math.round(TEST * drawn.length));
  const validation = Math.max(1, Math.round(VALIDATION * drawn.length));
  return {
    test: drawn.slice(0, test),
    validation: drawn.slice(test, test + validation),
    train: drawn.slice(test + validation),
  };
}

/** Throws `music/too-few-tunes`, with how much more is needed. */
export function requireEnoughTunes(pieces: number, events: number): void {
  if (pieces >= LEAST_PIECES && events >= LEAST_EVENTS) return;
  const usual = pieces > 0 ? events / pieces : 300;
  const more = Math.max(LEAST_PIECES - pieces, Math.ceil((LEAST_EVENTS - events) / Math.max(1, usual)), 1);
  throw refusal(
    'input',
    'music/too-few-tunes',
    {
      en: `There are ${pieces} tunes with ${events} events to learn from; ${LEAST_PIECES} tunes and ${LEAST_EVENTS} events are the least.`,
      zh: `可学的曲调有 ${pieces} 首、${events} 个事件；至少需要 ${LEAST_PIECES} 首、${LEAST_EVENTS} 个事件。`,
    },
    {
      en: `Add about ${more} more tunes of this length (a bar of melody is 10 to 15 events). What was left out and why stands in the report of the corpus.`,
      zh: `请再补充约 ${more} 首同样长短的曲调（旋律一小节约 10–15 个事件）。略去的内容及原因见语料报告。`,
    },
    { pieces, events, neededPieces: LEAST_PIECES, neededEvents: LEAST_EVENTS, more },
  );
}
