/** Words and music: poems as syllables, and their setting. */
export { chineseLine, toneOf } from './chinese.ts';
export { englishLine } from './english.ts';
export {
  INTERLUDES,
  type Interludes,
  type SettingOptions,
  type Song,
  setPoem,
  setSong,
  voiceRange,
} from './set-poem.ts';
export type { SungLine, Syllable, Tone } from './syllable.ts';
export { findToneConflicts, type SungSyllable, type ToneConflict } from './tone-fit.ts';
export { tonesOfPart } from './tones-of-part.ts';
