/** Scores as works: how ops of this studio take them in and give them out. */
import type { InputWork, OpInput, OpOutput } from '../../../kernel/index.ts';
import { STYLE_NAMES } from '../direction.ts';
import { midiOf, parseScore, type Score, tidyScore } from '../score/index.ts';

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

/** The manner that a piece was made in, where it says so and tunes are asked for in it. */
export function styleOf(input: InputWork | undefined): { style?: (typeof STYLE_NAMES)[number] } {
  const style = STYLE_NAMES.find((name) => name === input?.work?.measures?.style);
  return style ? { style } : {};
}

/** The range in which a part has moved so far, so that what is new stays with it; none for fewer than four notes. */
export function rangeOf({ parts }: Score, part: number): { range?: [string, string] } {
  const { notes } = parts[part]!;
  if (notes.length < 4) return {};
  const sorted = notes.map(({ pitch }) => pitch).sort((a, b) => midiOf(a) - midiOf(b));
  return { range: [sorted[0]!, sorted.at(-1)!] };
}
