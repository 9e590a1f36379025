/** The tune language: events ⇄ score. */
export { chordOfTokens, chordTokens, symbolOfTokens } from './chord-tokens.ts';
export { barStarts, readNotes, type TuneNote, writeNotes } from './content.ts';
export {
  type Class,
  type Controls,
  densityClass,
  moodClass,
  readControls,
  tempoClass,
  writeControls,
} from './controls.ts';
export { estimateMood, measureControls, moodOfClass, type TuneFacts } from './measure-controls.ts';
export {
  nameInKey,
  pitchOfToken,
  pitchToken,
  referenceTonic,
  relativeName,
  semitonesOfToken,
} from './relative-pitch.ts';
export {
  barLength,
  barsLeft,
  openTrack,
  readSheet,
  type Segment,
  type Sheet,
  type SheetBar,
  tracksOf,
  writeBarHead,
  writeSheet,
} from './sheet.ts';
export { type ScoreSetting, type SheetOptions, scoreOfSheet, sheetOfScore } from './sheet-of-score.ts';
export { decodeTune, type EncodeOptions, encodeTune, sheetOfTokens, usualTempo } from './tune.ts';
export {
  CHORD_KINDS,
  chromaName,
  FORMS,
  fieldOf,
  GRID,
  LONGEST_BAR,
  METRES,
  MOST_BARS_LEFT,
  SECTIONS,
  STYLES,
  type Style,
  TRACKS,
  type Track,
  VOCABULARY,
} from './vocabulary.ts';
