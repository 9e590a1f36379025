/**
 * The words of the tune language. Every token is a special one (`<…>`), so text can never be mistaken for music.
 *
 *   <s> controls <music> bar bar … </s>                         a tune
 *   <s> controls <music> bar <hole> … <fill> content <next> …   a tune with holes, and what stands in them
 *
 *   bar     = [<metre:6/8>] [<key:5> <mode:major>] [<section:A>] <bar:8> [<len:36>] segment…
 *   segment = [<track:bass>] event…           without a track token: the first track of the piece
 *   event   = <at:36> <rest>  |  <at:36> (<5/0> [<len:12>] [<orn:turn>] [<grace> <6/0>])+  |  <at:0> <root:5> <kind:7> [<over:7>]
 *
 * A note lasts until the next event of its track unless it says its length; a bar that begins in silence begins with a
 * rest, one that begins with no event goes on with what sounds. Pitches count from the tonic (`<b3/1>`: a minor third and
 * an octave above the reference tonic), so one tune is one text in all keys. `<bar:n>` tells how many bars its section still
 * has. Times are in ticks of 24 to a quarter.
 */
import { MODES, ORNAMENTS } from '../../score/index.ts';

/** Ticks to a quarter note in the tune language. */
export const GRID = 24;
/** The longest bar, in ticks: two whole notes. */
export const LONGEST_BAR = 192;

/** What is played at once, in the order of a bar. */
export const TRACKS = ['chords', 'melody', 'inner', 'accompaniment', 'bass'] as const;
export type Track = (typeof TRACKS)[number];

/** Manners that a tune can be asked for; the first nine are what the Irish and German collections teach. */
export const STYLES = [
  'reel',
  'jig',
  'slip-jig',
  'hornpipe',
  'polka',
  'slide',
  'march',
  'art-song',
  'popular',
  'jiangnan',
  'xiaodiao',
  'northern',
  'mountain-song',
  'guqin',
  'opera',
  'waltz',
  'lullaby',
  'folk',
] as const;
export type Style = (typeof STYLES)[number];

export const METRES = [
  '2/4',
  '3/4',
  '4/4',
  '2/2',
  '3/2',
  '4/2',
  '3/8',
  '4/8',
  '6/8',
  '9/8',
  '12/8',
  '6/4',
  '5/4',
  '5/8',
  '7/8',
  '7/4',
  '1/4',
  '2/8',
] as const;
/** Forms by name; a form not listed is left out of the controls. */
export const FORMS = [
  'AABB',
  'AABA',
  'AB',
  'ABA',
  'ABAB',
  'ABAC',
  'AABC',
  'qichengzhuanhe',
  'period',
  'through',
] as const;
/** Labels of sections that the language knows; others are dropped. */
export const SECTIONS = [
  'A',
  "A'",
  'B',
  "B'",
  'C',
  "C'",
  'D',
  'E',
  '起',
  '承',
  '转',
  '合',
  'intro',
  'verse',
  'chorus',
  'bridge',
  'interlude',
  'outro',
] as const;

/** Chord kinds by their usual symbol, with the tones above the root. */
export const CHORD_KINDS: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '7': [0, 4, 7, 10],
  maj7: [0, 4, 7, 11],
  m7: [0, 3, 7, 10],
  dim: [0, 3, 6],
  dim7: [0, 3, 6, 9],
  m7b5: [0, 3, 6, 10],
  aug: [0, 4, 8],
  sus4: [0, 5, 7],
  sus2: [0, 2, 7],
  '5': [0, 7],
  '6': [0, 4, 7, 9],
  m6: [0, 3, 7, 9],
  mMaj7: [0, 3, 7, 11],
  '7sus4': [0, 5, 7, 10],
  '9': [0, 4, 7, 10, 14],
  maj9: [0, 4, 7, 11, 14],
  m9: [0, 3, 7, 10, 14],
  add9: [0, 4, 7, 14],
  '7#5': [0, 4, 8, 10],
  '7b9': [0, 4, 7, 10, 13],
};

/** Bars, densities, moods and such come in classes 1–5. */
export const CLASSES = [1, 2, 3, 4, 5] as const;
/** More bars than this are one class. */
export const MOST_COUNTED_BARS = 64;
/** `<bar:n>` counts no further. */
export const MOST_BARS_LEFT = 16;
/** Places on the line of fifths from the tonic that have a name: 𝄫3 … ♯♯4 and between. */
export const CHROMAS = { first: -10, last: 12 } as const;
/** Octaves of a pitch above the reference tonic. */
export const OCTAVES = { first: -4, last: 4 } as const;
/** Ranges are told in whole tones above the reference tonic. */
export const RANGE = { first: -24, last: 36, step: 2 } as const;

const count = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

/** Degree of the major scale and accidental of a place on the line of fifths above the tonic: −3 → `b3`. */
export function chromaName(fifths: number): string {
  const degree = 1 + ((((fifths * 4) % 7) + 7) % 7);
  const alter = Math.floor((fifths + 1) / 7);
  return `${(alter < 0 ? 'b' : '#').repeat(Math.abs(alter))}${degree}`;
}

const chromas = count(CHROMAS.first, CHROMAS.last).map(chromaName);
const octaves = count(OCTAVES.first, OCTAVES.last);
const ranges = count(RANGE.first, RANGE.last, RANGE.step);

/** All tokens; the place in the list is the id. Appending is the only change that keeps trained models. */
export const VOCABULARY: readonly string[] = [
  ...['<pad>', '<unk>', '<s>', '</s>', '<music>', '<fill>', '<next>', '<hole>', '<rest>', '<grace>', '<no-chord>'],
  ...STYLES.map((style) => `<style:${style}>`),
  ...METRES.map((metre) => `<metre:${metre}>`),
  ...MODES.map((mode) => `<mode:${mode}>`),
  ...CLASSES.flatMap((n) => [`<tempo:${n}>`, `<density:${n}>`, `<valence:${n}>`, `<arousal:${n}>`]),
  ...ranges.flatMap((n) => [`<low:${n}>`, `<high:${n}>`]),
  ...FORMS.map((form) => `<form:${form}>`),
  ...count(1, MOST_COUNTED_BARS).map((n) => `<bars:${n}>`),
  '<bars:more>',
  ...TRACKS.flatMap((track) => [`<with:${track}>`, `<track:${track}>`]),
  ...SECTIONS.map((section) => `<section:${section}>`),
  ...count(1, MOST_BARS_LEFT).map((n) => `<bar:${n}>`),
  ...chromas.flatMap((chroma) => [`<key:${chroma}>`, `<root:${chroma}>`, `<over:${chroma}>`]),
  ...Object.keys(CHORD_KINDS).map((kind) => `<kind:${kind}>`),
  ...ORNAMENTS.map((ornament) => `<orn:${ornament}>`),
  ...count(0, LONGEST_BAR - 1).map((at) => `<at:${at}>`),
  ...count(1, LONGEST_BAR).map((length) => `<len:${length}>`),
  '<len:more>',
  ...octaves.flatMap((octave) => chromas.map((chroma) => `<${chroma}/${octave}>`)),
];

/** The part of a token after its colon, when it is of this family: ('bar', '<bar:8>') → '8'. */
export function fieldOf(family: string, token: string | undefined): string | undefined {
  const start = `<${family}:`;
  return token?.startsWith(start) === true ? token.slice(start.length, -1) : undefined;
}
