/** The near-copy guard of tunes: builds and reads the index of the melodies a model was trained on. */
export { type CopyReport, type CountsAsCopy, readTuneIndex, type TuneCopy, type TuneIndex } from './find.ts';
export type { TuneNote } from './fingerprint.ts';
export { buildTuneIndex, extendTuneIndex, type IndexedTune, type TuneName } from './format.ts';
