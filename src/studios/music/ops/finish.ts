/**
 * From a melody to a piece: chords under it, players for both. Flowers that players add may, by chance, make of a new tune a
 * known one: then they play it with others, with fewer, and at last with none.
 */
import { addChords } from '../add-chords.ts';
import { arrange, type Ensemble } from '../arrange/index.ts';
import type { Direction } from '../direction.ts';
import type { Score } from '../score/index.ts';
import type { TuneIndex } from '../theory/index.ts';
import { createCopyGuard, holdsCopy, reportCopies, sharedBars, styledMelodyOf } from '../tunes/index.ts';

/** Chords under a melody that has none, and players for both. */
export function finish(melody: Score, { ensemble, language, title }: Direction, seed: string): Score {
  const charted = melody.chords.length > 0 ? melody : addChords(melody);
  return arrange({ ...charted, title }, ensemble, { seed, language });
}

/** Shares of the usual flowers, tried one after the other. */
const FEWER_FLOWERS = [1, 1, 1, 0.6, 0.3, 0] as const;

/** A piece, and what its leading part has in common with known tunes. */
export interface Finished {
  readonly score: Score;
  /** Whether it still holds a copy of more than is allowed. */
  readonly copied: boolean;
  /** Bars that a known tune has too, note for note and at the same speed, however few the notes. */
  readonly shared: number;
  readonly copies: ReturnType<typeof reportCopies>;
}

/** A piece in which the players' flowers make no copy of a tune of the index. */
export function finishUncopied(melody: Score, direction: Direction, seed: string, index: TuneIndex): Finished {
  const isCopy = createCopyGuard(index);
  const { ensemble } = direction;
  const decorated = ensemble.seats.some(({ decorate = 0 }) => decorate > 0);
  for (const [i, share] of (decorated ? FEWER_FLOWERS : [0]).entries()) {
    const score = finish(
      melody,
      { ...direction, ensemble: withFlowers(ensemble, share) },
      i === 0 ? seed : `${seed}/${i}`,
    );
    const lead = styledMelodyOf(score)!;
    const copied = holdsCopy(isCopy, lead);
    if (!copied || share === 0) {
      return { score, copied, shared: sharedBars(index, lead), copies: reportCopies(index, lead) };
    }
  }
  throw new Error('the last share of flowers is none');
}

/** An ensemble whose leaders play so many of their usual flowers. */
export function withFlowers(ensemble: Ensemble, share: number): Ensemble {
  const leads = (role: string): boolean => role === 'melody' || role === 'solo';
  return {
    ...ensemble,
    seats: ensemble.seats.map((seat) =>
      leads(seat.role) && seat.decorate ? { ...seat, decorate: seat.decorate * share } : seat,
    ),
  };
}
