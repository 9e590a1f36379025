/** Changes of a whole score that musicians have names for. */
export { changeMode } from './change-mode.ts';
export { invert, retrograde } from './mirror.ts';
export { stretch } from './stretch.ts';
export { intervalOfSemitones, moveChord, moveKey, tonicDistance, transpose } from './transpose.ts';
