/**
 * What an artist gives to be composed on: a rhythm (typed, tapped, or a piece's), chords; and what they say of metre, tempo, key
 * and length where these were not asked.
 */
import type { InputWork } from '../../../kernel/index.ts';
import type { DirectionWish } from '../direction.ts';
import { barsOfProgression, chordsFromProgression } from '../harmony/index.ts';
import {
  barsOfRhythm,
  RHYTHM_GRID,
  type Rhythm,
  readRhythm,
  readTaps,
  rhythmOfScore,
  type TappedRhythm,
} from '../rhythm/index.ts';
import { type Bar, isPentatonic, type Key, type Mode, metreLength, type Score, scaleDegrees } from '../score/index.ts';
import { chordNotes, classOf, findKey, isNoChord, parseChord, WESTERN_MODES } from '../theory/index.ts';
import { scoreOf } from './work.ts';

/** Options in which the gifts come. */
export interface GivenOptions {
  readonly rhythm?: string | undefined;
  readonly taps?: readonly number[] | undefined;
  readonly chords?: string | undefined;
}

/** Chords of a score on the grid of 24 ticks a quarter. */
export function gridChords({ chords, ticksPerQuarter }: Score): Score['chords'] {
  return chords.map(({ at, symbol }) => ({ at: Math.round((at * RHYTHM_GRID) / ticksPerQuarter), symbol }));
}

/** The rhythm that was given, if any. Throws what reading it throws. */
export function givenRhythm(
  { rhythm, taps }: GivenOptions,
  piece: InputWork | undefined,
  metre: Bar['metre'] | undefined,
): Rhythm | TappedRhythm | undefined {
  if (taps) return readTaps(taps, metre);
  if (rhythm !== undefined) return readRhythm(rhythm, metre);
  return piece && rhythmOfScore(scoreOf(piece));
}

/** Wishes that follow from the gifts; what was asked outright stays. */
export function wishFromGiven(
  wish: DirectionWish,
  {
    rhythm,
    chords,
    usual,
  }: {
    rhythm?: Rhythm | undefined;
    chords?: string | undefined;
    usual: Key & { readonly bars: number; readonly metre: string };
  },
): DirectionWish {
  const metre = wish.metre ?? (rhythm && (rhythm.metre?.join('/') ?? metreThatHolds(rhythm, usual.metre)));
  const tempo = wish.tempo ?? rhythm?.quarterBpm;
  const key = wish.key ?? (chords === undefined ? undefined : keyOfChords(chords, usual));
  const inBars = metreOf(metre ?? usual.metre);
  const period = Math.max(
    rhythm ? barsOfRhythm(rhythm, inBars) : 1,
    chords === undefined ? 1 : barsOfProgression(chords),
  );
  // What is as long as a strophe is a whole; less comes again until the piece has its usual length.
  const whole = period >= Math.min(8, usual.bars);
  const bars = wish.bars ?? (whole ? period : Math.ceil(usual.bars / period) * period);
  return {
    ...wish,
    metre,
    key,
    bars: Math.min(256, bars),
    ...(tempo !== undefined && { tempo: Math.min(300, Math.max(20, tempo)) }),
  };
}

/** Metres in which a rhythm without one is tried, the commonest first. */
const LIKELY = ['4/4', '3/4', '2/4', '6/8', '3/8'] as const;

/** The usual metre, or the first likely one of which the rhythm fills whole bars; undefined where it fills none's. */
function metreThatHolds({ length }: Rhythm, usual: string): string | undefined {
  return [usual, ...LIKELY].find((metre) => length % metreLength(metreOf(metre), RHYTHM_GRID) === 0);
}

/** `6/8` as numbers. */
export function metreOf(text: string): Bar['metre'] {
  return text.split('/').map(Number) as unknown as Bar['metre'];
}

/** Empty bars of a key, on the grid. */
function gridBars(metre: Bar['metre'], key: Key, count: number): Pick<Score, 'bars' | 'ticksPerQuarter'> {
  const length = metreLength(metre, RHYTHM_GRID);
  return {
    ticksPerQuarter: RHYTHM_GRID,
    bars: Array.from({ length: count }, (_, i) => ({ at: i * length, length, metre, key })),
  };
}

/** Chord symbols on the grid for so many bars, the progression repeated. Throws as `chordsFromProgression`. */
export function layChords(text: string, metre: Bar['metre'], key: Key, bars: number): Score['chords'] {
  return chordsFromProgression(text, gridBars(metre, key, bars), { bars });
}

/** The key that chords are in; numerals leave the tonic open and say minor or major. */
function keyOfChords(text: string, usual: Key): string | undefined {
  const words = text.split(/[\s|,，、]+/).filter((word) => word !== '' && !/^[%./]$/.test(word) && !isNoChord(word));
  const numerals = words.filter((word) => /^[b#♭♯]*[IViv]/u.test(word) || /^[1-7]+$/.test(word));
  if (numerals.length > 0) return keyOfNumerals(numerals, usual);
  const chords = words.map((word) => parseChord(word));
  const notes = chords.flatMap((chord, i) => {
    const weight = i === 0 || i === chords.length - 1 ? 1.5 : 1;
    return chordNotes(chord).map((name, n) => ({ midi: classOf(name), length: weight * (n === 0 ? 1.4 : 1) }));
  });
  const [best] = findKey(notes, { modes: WESTERN_MODES, finalWeight: 0 });
  return best && named(best.key.tonic, best.key.mode === 'minor', usual);
}

/** The usual key, turned to minor or major where the numeral of its first degree says so. */
function keyOfNumerals(numerals: readonly string[], usual: Key): string | undefined {
  const first = numerals.find((word) => /^[Ii](?![Vv]|[Ii])/.test(word));
  if (first === undefined) return undefined;
  const minor = first.startsWith('i');
  return scaleDegrees(usual.mode).includes(minor ? 3 : 4) ? undefined : named(usual.tonic, minor, usual);
}

function named(tonic: string, minor: boolean, { mode }: Key): string {
  const modes: readonly [Mode, Mode] = isPentatonic(mode) ? ['gong', 'yu'] : ['major', 'minor'];
  return `${tonic} ${modes[minor ? 1 : 0]}`;
}
