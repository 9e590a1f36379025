/** Pieces as something to learn from: files read and judged, documents in the tune language packed into rows, what was learned. */
export { type CorpusFindings, formatTunesPage } from './corpus-page.ts';
export { cutWindow, findStretches } from './cut-window.ts';
export {
  countEvents,
  datasetOfPieces,
  plainDocuments,
  type SplitFacts,
  type TuneDataset,
} from './dataset-of-pieces.ts';
export { type Document, type DocumentOptions, type TunePiece, writeDocuments } from './documents.ts';
export { countDropped, DROP_REASONS, type DropCount, type DroppedTune, type DropReason } from './dropped.ts';
export {
  formatEvaluationPage,
  type LearningFindings,
  type SampleTune,
  type WrittenTune,
  wishOf,
} from './evaluation-page.ts';
export { findStyles, metreOf, type StyleByMetre } from './find-styles.ts';
export { judgeTune } from './judge-tune.ts';
export { type KeptTune, keepTunes, readKeptTunes } from './kept-tunes.ts';
export { nameForm } from './name-form.ts';
export { dropCopies } from './near-copies.ts';
export { requireTuneModel } from './numbers.ts';
export { type NumberedDocument, type PackedTunes, packRows } from './pack-rows.ts';
export { type FoundTune, type MusicFile, readTunes } from './read-tunes.ts';
export { LEAST_EVENTS, LEAST_PIECES, requireEnoughTunes, type SplitPieces, splitPieces } from './split-pieces.ts';
