/**
 * Chords for a melody.
 *
 *   melody ─▶ felt beats ─▶ likeliest chords (exact) ─┬▶ symbols above the staff
 *                                                     └▶ alto, tenor and bass by exact search over all voicings
 */
import { isPentatonic, type Score } from '../score/index.ts';
import { modelsFor, numbersOf, searchTask, stretchesOf, taskOf, writeSymbols } from './lead-sheet.ts';
import type { HarmoniseOptions, HarmonyCandidate, HarmonyStyle } from './wish.ts';

/** The style meant when none is asked for. */
export function styleFor({ bars }: Score, style: HarmonyStyle | undefined): HarmonyStyle {
  return style ?? (isPentatonic(bars[0]!.key.mode) ? 'pentatonic' : 'lead-sheet');
}

/**
 * Harmonises the melody of a score; notes are never changed. Chord symbols that are there are kept unless `chords` says
 * `forget`. The same options and seed give the same candidates. Throws `music/no-melody`.
 */
export function harmonise(score: Score, options: HarmoniseOptions = {}): HarmonyCandidate[] {
  const task = taskOf(score, options, modelsFor(options.popular ?? 0.5));
  return Array.from({ length: options.count ?? 1 }, (_, candidate) => {
    const found = searchTask(task, options, candidate);
    const stretches = stretchesOf(task, found);
    return { score: writeSymbols(score, stretches), numbers: numbersOf(task, stretches, found.value) };
  });
}
