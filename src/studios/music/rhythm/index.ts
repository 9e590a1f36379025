/** Rhythms as artists give them: typed, tapped, or taken from a piece. */
export { readRhythm } from './read-rhythm.ts';
export { barsOfRhythm, layRhythm, RHYTHM_GRID, type Rhythm, type RhythmNote } from './rhythm.ts';
export { rhythmOfScore } from './score-rhythm.ts';
export { readTaps, type TappedRhythm } from './tap-rhythm.ts';
