/** Melodic lines by exact search: on a rhythm, over chords, between kept notes. */
export { composeOn, type Given } from './compose-on.ts';
export { fitLine, type LineOptions, type LinePlace } from './fit-line.ts';
export { type Ground, spellTone, type Tones, tonesAt } from './tones.ts';
