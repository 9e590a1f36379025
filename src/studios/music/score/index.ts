/** The score and what every other part of the studio needs to know of it. */
export {
  barIndexAt,
  beatLength,
  hasPickup,
  keyAt,
  metreLength,
  metricalWeight,
  type Place,
  placeAt,
} from './bars.ts';
export { cutScore } from './cut-score.ts';
export { commonResolution, compareNotes, rescale, sortPart, tidyScore } from './edit.ts';
export {
  fifthsOf,
  isPentatonic,
  type Key,
  keyOfFifths,
  keySchema,
  MODE_NAMES,
  MODES,
  type Mode,
  parseTonic,
  scaleDegrees,
  signatureAlter,
  spellingCentre,
  tonicClass,
} from './key.ts';
export { endOf, findFault, parseScore, tooManyNotes } from './parse-score.ts';
export {
  atLineOfFifths,
  formatPitch,
  type Interval,
  intervalBetween,
  LETTER_SEMITONES,
  LETTERS,
  type Letter,
  lineOfFifths,
  midiOf,
  movePitch,
  parsePitch,
  type Spelling,
  spellMidi,
  staffStep,
} from './pitch.ts';
export {
  ARTICULATIONS,
  type Bar,
  barSchema,
  CLEFS,
  DYNAMICS,
  type Lyric,
  type Mark,
  MOST_BARS,
  MOST_NOTES,
  type Note,
  noteSchema,
  ORNAMENTS,
  type Part,
  partSchema,
  type Score,
  SPANS,
  type Span,
  scoreSchema,
} from './score.ts';
export { playingOrder, unfoldScore } from './unfold.ts';
