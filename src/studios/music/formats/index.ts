/** Bytes ↔ score: the files that musicians bring and take. */
export {
  type AbcBookTune,
  type AbcReadOptions,
  type AbcWriteOptions,
  looksLikeAbc,
  readAbc,
  readAbcBook,
  writeAbc,
} from './abc/index.ts';
export { type MidiReadOptions, type MidiWriteOptions, readMidi, writeMidi } from './midi/index.ts';
export { readMusicXml, writeMusicXml, writeMxl, writtenSignatures } from './musicxml/index.ts';
export { readMusic } from './read-music.ts';
export type { FormatWarning, MusicReading } from './types.ts';
