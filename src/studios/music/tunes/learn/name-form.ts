/** Finds the sections of a dance tune: stretches of eight bars, a letter for each that is new. */
import type { Bar, Score } from '../../score/index.ts';

const SECTION = 8;
/** Stretches with this share of equal bars are one section heard again. */
const ALIKE = 0.6;

/** The score with labels on the bars where sections begin, and the letters in order; unlabelled where bars do not divide. */
export function nameForm(score: Score): { readonly labelled: Score; readonly form: string | undefined } {
  const full = Math.max(...score.bars.map(({ length }) => length));
  const skip = score.bars[0]!.length < full ? 1 : 0;
  const count = score.bars.length - skip;
  if (count % SECTION !== 0 || count < 2 * SECTION) return { labelled: score, form: undefined };
  const texts = score.bars.map((bar) => textOf(score, bar));
  const heard: string[][] = [];
  let form = '';
  const bars = [...score.bars];
  for (let from = skip; from < score.bars.length; from += SECTION) {
    const own = texts.slice(from, from + SECTION);
    let place = heard.findIndex((other) => own.filter((text, i) => text === other[i]).length >= ALIKE * SECTION);
    if (place < 0) place = heard.push(own) - 1;
    const letter = 'ABCDE'[place];
    if (letter === undefined) return { labelled: score, form: undefined };
    form += letter;
    bars[from] = { ...bars[from]!, label: letter };
  }
  return { labelled: { ...score, bars }, form };
}

function textOf(score: Score, { at, length }: Bar): string {
  const notes = score.parts[0]!.notes.filter((note) => note.at >= at && note.at < at + length);
  return notes.map((note) => `${note.at - at}:${note.pitch}`).join(' ');
}
