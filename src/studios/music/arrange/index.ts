/** Arranging for instruments. */
export { addPart, arrange } from './arrange.ts';
export { arrangeSong, withPlayed } from './arrange-song.ts';
export { type ChordSpan, chordSpans, spanAt } from './chord-spans.ts';
export { decorateMelody } from './decorate.ts';
export { ENSEMBLES, type Ensemble, ensembleOf, getEnsemble, ROLES, type Role, type Seat } from './ensembles.ts';
export { FIGURES } from './figure.ts';
