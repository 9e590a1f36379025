/**
 * What a tune is asked to be, as the tokens it begins with. Every control but metre, mode and tracks may be left out; the
 * model has learned with each of them missing now and then.
 *
 *   <s> <style:reel> <metre:4/4> <mode:dorian> <tempo:4> <density:5> <low:0> <high:20> <form:AABB> <valence:2> <arousal:4>
 *       <bars:32> <with:melody> <music> …
 */
import { MODES, type Mode } from '../../score/index.ts';
import {
  FORMS,
  fieldOf,
  METRES,
  MOST_COUNTED_BARS,
  RANGE,
  STYLES,
  type Style,
  TRACKS,
  type Track,
} from './vocabulary.ts';

/** A class from 1 (slow, sparse, sorrowful, still) to 5. */
export type Class = 1 | 2 | 3 | 4 | 5;

export interface Controls {
  readonly style?: Style | undefined;
  /** `6/8`. */
  readonly metre: string;
  readonly mode: Mode;
  readonly tempo?: Class | undefined;
  /** Notes to a felt beat. */
  readonly density?: Class | undefined;
  /** Semitones of the lowest and highest melody notes above the reference tonic. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly form?: string | undefined;
  readonly valence?: Class | undefined;
  readonly arousal?: Class | undefined;
  readonly bars?: number | undefined;
  readonly tracks: readonly Track[];
}

/** Upper ends of the first four classes. */
const TEMPO_ENDS = [66, 92, 120, 152];
const DENSITY_ENDS = [0.8, 1.3, 2, 2.8];

function classOf(value: number, ends: readonly number[]): Class {
  return (1 + ends.filter((end) => value > end).length) as Class;
}

/** Class of a tempo in quarter notes a minute. */
export function tempoClass(quarterBpm: number): Class {
  return classOf(quarterBpm, TEMPO_ENDS);
}

/** Class of a density in notes to a felt beat. */
export function densityClass(notesPerBeat: number): Class {
  return classOf(notesPerBeat, DENSITY_ENDS);
}

/** Class of a mood coordinate from −1 to 1. */
export function moodClass(value: number): Class {
  return classOf(value, [-0.6, -0.2, 0.2, 0.6]);
}

/** The tokens of controls, `<s>` first; values that have no token are left out. */
export function writeControls(controls: Controls): string[] {
  const { style, metre, mode, tempo, density, low, high, form, valence, arousal, bars, tracks } = controls;
  const optional = (family: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`<${family}:${value}>`];
  return [
    '<s>',
    ...optional('style', style),
    `<metre:${metre}>`,
    `<mode:${mode}>`,
    ...optional('tempo', tempo),
    ...optional('density', density),
    ...optional('low', low === undefined ? undefined : rangeStep(low, 'down')),
    ...optional('high', high === undefined ? undefined : rangeStep(high, 'up')),
    ...optional(
      'form',
      FORMS.find((each) => each === form),
    ),
    ...optional('valence', valence),
    ...optional('arousal', arousal),
    ...optional('bars', bars === undefined ? undefined : bars > MOST_COUNTED_BARS ? 'more' : bars),
    ...TRACKS.filter((track) => tracks.includes(track)).map((track) => `<with:${track}>`),
  ];
}

/** A range end as its token says it: the step at or beyond it. */
function rangeStep(semitones: number, way: 'down' | 'up'): number {
  const steps = semitones / RANGE.step;
  const step = RANGE.step * (way === 'down' ? Math.floor(steps) : Math.ceil(steps));
  return Math.min(RANGE.last, Math.max(RANGE.first, step));
}

/** Reads the controls at the head of a tune; metre 4/4, major and a melody where they are missing. */
export function readControls(tokens: readonly string[]): Controls {
  const end = tokens.indexOf('<music>');
  const head = end < 0 ? tokens : tokens.slice(0, end);
  const find = (family: string): string | undefined => {
    const token = head.find((each) => fieldOf(family, each) !== undefined);
    return fieldOf(family, token);
  };
  const number = (family: string): number | undefined => {
    const value = find(family);
    return value === undefined || value === 'more' ? undefined : Number(value);
  };
  const tracks = TRACKS.filter((track) => head.includes(`<with:${track}>`));
  return {
    style: STYLES.find((style) => style === find('style')),
    metre: METRES.find((metre) => metre === find('metre')) ?? '4/4',
    mode: MODES.find((mode) => mode === find('mode')) ?? 'major',
    tempo: number('tempo') as Class | undefined,
    density: number('density') as Class | undefined,
    low: number('low'),
    high: number('high'),
    form: find('form'),
    valence: number('valence') as Class | undefined,
    arousal: number('arousal') as Class | undefined,
    bars: number('bars'),
    tracks: tracks.length > 0 ? tracks : ['melody'],
  };
}
