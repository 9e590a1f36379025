/** Standard MIDI Files ↔ scores. */
export { looksLikeMidi } from './midi-file.ts';
export type { Quantising } from './quantise.ts';
export { type MidiReadOptions, readMidi } from './read-midi.ts';
export { type MidiWriteOptions, writeMidi } from './write-midi.ts';
