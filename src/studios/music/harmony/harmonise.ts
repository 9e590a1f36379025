/**
 * Chords for a melody.
 *
 *   melody ─▶ felt beats ─▶ likeliest chords (exact) ─┬▶ symbols above the staff
 *                                                     └▶ alto, tenor and bass by exact search over all voicings
 */
import { isPentatonic, type Score } from '../score/index.ts';
import type { SearchWish } from './find-chords.ts';
import { fitMelody, writeFourParts } from './four-part.ts';
import { modelsFor, numbersOf, searchTask, stretchesOf, type Task, taskOf, writeSymbols } from './lead-sheet.ts';
import type { HarmoniseOptions, HarmonyCandidate, HarmonyStyle } from './wish.ts';

/** The style meant when none is asked for. */
export function styleFor({ bars }: Score, style: HarmonyStyle | undefined): HarmonyStyle {
  return style ?? (isPentatonic(bars[0]!.key.mode) ? 'pentatonic' : 'lead-sheet');
}

/**
 * Harmonises the melody of a score; its notes are never changed, but for `four-part` the melody goes to the octave where a
 * soprano has it, and other parts are left out. Chord symbols that are there are kept unless `chords` says `forget`. The same
 * options and seed give the same candidates. Throws `music/no-melody`.
 */
export function harmonise(score: Score, options: HarmoniseOptions = {}): HarmonyCandidate[] {
  const style = styleFor(score, options.style);
  const task = taskFor(score, options, style);
  return Array.from({ length: options.count ?? 1 }, (_, candidate) => harmoniseTask(task, options, style, candidate));
}

/** Candidate number `candidate` of a task. */
export function harmoniseTask(
  task: Task,
  options: HarmoniseOptions,
  style: HarmonyStyle,
  candidate: number,
  more: Pick<SearchWish, 'bias' | 'weights'> = {},
): HarmonyCandidate {
  const found = searchTask(task, options, candidate, more);
  const stretches = stretchesOf(task, found);
  const numbers = numbersOf(task, stretches, found.value);
  if (style !== 'four-part') return { score: writeSymbols(task.score, stretches), numbers };
  const written = writeFourParts(task, found, stretches);
  return { score: written.score, numbers: { ...numbers, ...written.numbers } };
}

/** The melody made ready, in the octave its style asks. */
export function taskFor(score: Score, options: HarmoniseOptions, style: HarmonyStyle): Task {
  const models = modelsFor(options.popular ?? (style === 'four-part' ? 0.1 : 0.5), style === 'pentatonic');
  const task = taskOf(score, options, models);
  if (style !== 'four-part') return task;
  const fitted = fitMelody(score, task.part);
  return fitted.octaves === 0 ? task : taskOf(fitted.score, { ...options, part: task.part.id }, models);
}
