/** Scores as works: how ops of this studio take them in and give them out. */
import type { InputWork, OpInput, OpOutput } from '../../../kernel/index.ts';
import { parseScore, type Score, tidyScore } from '../score/index.ts';

/** Medium of all works of this studio. */
export const MUSIC = 'music';

/** The place of a score among an op's inputs. */
export const SCORE_INPUT: OpInput = { name: 'score', medium: MUSIC };

/** The score of an input work; throws `music/bad-score`. */
export function scoreOf(input: InputWork | undefined): Score {
  return parseScore(input?.document);
}

/** A score as a work to be: tidied, so that equal music is equal content. */
export function toWork(score: Score, measures?: object): OpOutput {
  const document = tidyScore(score);
  return { medium: MUSIC, title: document.title || '—', document, ...(measures && { measures }) };
}
