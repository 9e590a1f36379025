/** From sounds to written notes; shared by all formats that write bars. */
export { type Chord as LaneChord, type Lane, lanesOf, voiceOfLane } from './lanes.ts';
export { type NotateOptions, notatePart } from './notate.ts';
export { flagsOf, VALUE_NAMES, valueOfLength } from './note-value.ts';
export * from './written.ts';
