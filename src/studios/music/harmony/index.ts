/** Chords for melodies: a model of what is likely, exact search, four voices, symbols. */
export { type ChordModel, type ChordModelOptions, loadChordModel } from './chord-model.ts';
export { harmonise } from './harmonise.ts';
export { barsOfProgression, chordsFromProgression, type ProgressionOptions } from './progression.ts';
export { type ReharmoniseOptions, reharmonise } from './reharmonise.ts';
export {
  COLOURS,
  DENSITIES,
  HARMONY_STYLES,
  type HarmoniseOptions,
  type HarmonyCandidate,
  type HarmonyStyle,
  type HarmonyWish,
} from './wish.ts';
