/** Theory without a model: chords and their names, keys, phrases, motifs, likeness of melodies. */
export { analyseHarmony, type HarmonicSegment } from './analyse.ts';
export {
  type Chord,
  chordClasses,
  chordNotes,
  chordOf,
  classOf,
  degreeOfSemitones,
  nameOf,
  noteAtDegree,
} from './chord.ts';
export { formatChord, isNoChord, parseChord } from './chord-symbol.ts';
export {
  buildTuneIndex,
  type CopyReport,
  type CountsAsCopy,
  extendTuneIndex,
  type IndexedTune,
  readTuneIndex,
  type TuneCopy,
  type TuneIndex,
  type TuneName,
  type TuneNote,
} from './copies/index.ts';
export {
  CHINESE_MODES,
  CHURCH_MODES,
  classHistogram,
  type FindKeyOptions,
  findKey,
  type ProfileName,
  profileOf,
  type RankedKey,
  WESTERN_MODES,
  type WeightedNote,
} from './find-key.ts';
export { sevenDegrees } from './key-degrees.ts';
export { type MelodyNote, melodyOf, melodyPartOf, tuneNotesOf } from './melody.ts';
export { findMotifs, type Motif, type MotifOccurrence, type MotifOptions } from './motifs.ts';
export { nameChord } from './name-chord.ts';
export { chordOfRoman } from './parse-roman.ts';
export { localBoundaries, type Phrase, type SegmentOptions, segmentPhrases } from './phrases.ts';
export { romanOf } from './roman.ts';
export { type Similarity, type SoundingNote, similarity } from './similarity.ts';
