/**
 * A line of music, sign by sign. Each kind of sign has one pattern, tried where the line stands; what none knows is stepped
 * over with a warning.
 */
import type { Bar, Letter } from '../../score/index.ts';
import { DECORATIONS, SILENT_DECORATION } from './decorations.ts';
import { type Fraction, fraction, multiply } from './fraction.ts';
import { type AbcWarnings, badAbc, type Place, plainText } from './source.ts';
import type { Voice } from './voice.ts';

/** What a line needs of the tune around it. */
export interface LineContext {
  voice: Voice;
  readonly warnings: AbcWarnings;
  /** Symbols given a meaning by `U:`. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Acts on `[K:D]`; may change `voice`. */
  field(letter: string, value: string, place: Place): void;
}

type Action = (found: RegExpExecArray, context: LineContext, place: Place) => void;

const NOTE = /(\^\^|\^|__|_|=)?([A-Ga-g])([',]*)/y;
const LENGTH = /(\d*)(\/*)(\d*)/y;
const ALTERS: Readonly<Record<string, number>> = { '^^': 2, '^': 1, '=': 0, _: -1, __: -2 };

/** Patterns in the order they are tried. */
const SIGNS: readonly (readonly [RegExp, Action])[] = [
  [/[\s`$]+/y, () => {}],
  [/\[([A-Za-z]):([^\]]*)\]/y, ([, letter, value], context, place) => context.field(letter!, value!, place)],
  [/(:{2,})(?![|:[])(?:\[?(\d[\d,-]*))?/y, doubleRepeat],
  [/(:*)(\.?\[?\|{1,3}\]?)(:*)(?:\[?(\d[\d,-]*))?/y, barLine],
  [/\[(\d[\d,-]*)/y, ([, list], context) => beginEnding(list!, context)],
  [/\["[^"]*"\]?/y, () => {}],
  [/((?:\^\^|\^|__|_|=)?[A-Ga-g][',]*)(\d*\/*\d*)(-?)/y, note],
  [/\[((?:[^\]"!]|"[^"]*"|!([^!\]]*)!)*)\](\d*\/*\d*)(-?)/y, chord],
  [/([zx])(\d*\/*\d*)/y, rest],
  [
    /[ZX](\d*)/y,
    ([, count], { voice }, place) => voice.restBars(count === '' ? 1 : Math.max(1, Number(count!.slice(0, 6))), place),
  ],
  [/y\d*\/*\d*/y, () => {}],
  [
    /(>{1,3}|<{1,3})/y,
    ([, signs], { voice }, place) => voice.breakRhythm(signs![0] === '>' ? signs!.length : -signs!.length, place),
  ],
  [/-/y, (_, { voice }) => voice.tie()],
  [/\((\d)(?::(\d*))?(?::(\d*))?/y, tuplet],
  [/\.?\(/y, (_, { voice }) => voice.opening.push('slur')],
  [/\)/y, closeSlur],
  [/\{(\/?)([^}]*)\}/y, graces],
  [/"((?:[^"\\]|\\.)*)"/y, quoted],
  [/!([^!\n|]{1,24})!/y, ([sign], context, place) => decorate(sign!, context, place)],
  [/\+([^+\n|]{1,24})\+/y, ([, name], context, place) => decorate(`!${name}!`, context, place)],
  [/&+/y, (_, { voice }) => voice.overlay()],
  [/[.~H-Wh-w]/y, symbol],
  [/[\\*;?@#!+]/y, () => {}],
];

/** Reads a line (without its comment) into the context's voice. */
export function readMusicLine(text: string, line: number, context: LineContext): void {
  let at = 0;
  while (at < text.length) {
    const place = { line, column: at + 1 };
    const length = readSign(text, at, context, place);
    if (length === 0) context.warnings.add(place, `'${text[at]}' means nothing here`, `“${text[at]}”在此无意义`);
    at += Math.max(1, length);
  }
}

function readSign(text: string, at: number, context: LineContext, place: Place): number {
  for (const [pattern, act] of SIGNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found || found[0] === '') continue;
    act(found, context, place);
    return found[0].length;
  }
  return 0;
}

/** `::` stands for `:|:`. */
function doubleRepeat([, colons, list]: RegExpExecArray, context: LineContext): void {
  endBar(context, { passes: colons!.length, starts: true, line: undefined, list });
}

function barLine([, before, sign, after, list]: RegExpExecArray, context: LineContext): void {
  const passes = before === '' ? 0 : before!.length + 1;
  endBar(context, { passes, starts: after !== '', line: lineOf(sign!, before !== ''), list });
}

interface Line {
  /** How often the passage is played; 0 when nothing is repeated. */
  readonly passes: number;
  readonly starts: boolean;
  readonly line: Bar['line'];
  readonly list: string | undefined;
}

function endBar(context: LineContext, { passes, starts, line, list }: Line): void {
  const { voice } = context;
  const closed = voice.closeBar();
  // A line before any music of the bar speaks of the bar before it, unless that one is a repeat's beginning.
  const bar = closed || !voice.barSigns.repeatStart ? voice.bars.at(-1) : undefined;
  if (bar && passes > 0) bar.signs.repeatEnd = Math.min(20, passes);
  if (bar && line) bar.signs.line = line;
  if (passes > 0 || starts || line === 'double' || line === 'final') voice.ending = undefined;
  if (starts) voice.barSigns.repeatStart = true;
  if (list) beginEnding(list, context);
}

function lineOf(sign: string, repeated: boolean): Bar['line'] {
  if (sign === '[|]') return 'none';
  if (sign.startsWith('.')) return 'dashed';
  if (sign.endsWith('|]')) return 'final';
  if (!repeated && (sign === '||' || sign === '[|')) return 'double';
  return undefined;
}

/** `1`, `1,3`, `1-3`: the passes of an ending. */
function beginEnding(list: string, { voice }: LineContext): void {
  const passes = list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map((n) => Math.min(20, Number(n)));
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  });
  const found = [...new Set(passes.filter((pass) => pass >= 1))].slice(0, 20);
  if (found.length > 0) voice.ending = found;
}

/** A written length as a factor of the unit. */
function lengthOf(text: string, place: Place): Fraction {
  LENGTH.lastIndex = 0;
  const [, number, slashes, divisor] = LENGTH.exec(text)!;
  if (number!.length > 6 || divisor!.length > 6 || slashes!.length > 12) {
    throw badAbc(place, `a length of '${text.slice(0, 20)}'`, `时值“${text.slice(0, 20)}”`);
  }
  const n = number === '' ? 1 : Number(number);
  const d = slashes === '' ? 1 : divisor === '' ? 2 ** slashes!.length : Number(divisor);
  if (n === 0 || d === 0) throw badAbc(place, `a length of '${text}'`, `时值“${text}”`);
  return fraction(n, d, place);
}

interface Pitch {
  readonly letter: Letter;
  readonly octave: number;
  readonly alter: number;
}

function pitchOf(text: string, voice: Voice, place: Place): Pitch {
  NOTE.lastIndex = 0;
  const [, sign, name, marks] = NOTE.exec(text)!;
  const letter = name!.toUpperCase() as Letter;
  const raised = marks!.split("'").length - marks!.split(',').length;
  const octave = (name === letter ? 4 : 5) + raised + voice.settings.octaves + voice.settings.clefOctaves;
  if (octave < -1 || octave > 9)
    throw badAbc(place, `the note '${text.slice(0, 20)}' is out of hearing`, `音符“${text.slice(0, 20)}”超出听域`);
  return { letter, octave, alter: voice.alterOf(letter, octave, sign === undefined ? undefined : ALTERS[sign]!) };
}

function note([, name, length, tie]: RegExpExecArray, { voice }: LineContext, place: Place): void {
  const long = multiply(voice.settings.unit, lengthOf(length!, place), place);
  voice.place([{ ...pitchOf(name!, voice, place), length: long, tied: tie === '-' }], long, place);
}

/** `[CE-G]2`: the length of its first note is that of the chord. */
function chord([, inner, , length, tie]: RegExpExecArray, context: LineContext, place: Place): void {
  const { voice } = context;
  const factor = multiply(voice.settings.unit, lengthOf(length!, place), place);
  const notes: Parameters<Voice['place']>[0][number][] = [];
  const pattern = /!([^!]*)!|"([^"]*)"|((?:\^\^|\^|__|_|=)?[A-Ga-g][',]*)(\d*\/*\d*)(-?)|([.~H-Wh-w])|(.)/g;
  for (const [whole, sign, text, name, own, tied, short] of inner!.matchAll(pattern)) {
    if (name !== undefined) {
      const long = multiply(factor, lengthOf(own!, place), place);
      notes.push({ ...pitchOf(name, voice, place), length: long, tied: tied === '-' || tie === '-' });
    } else if (sign !== undefined) decorate(whole, context, place);
    else if (text !== undefined) annotate(text, context);
    else if (short !== undefined) decorate(short, context, place);
    else if (!/[\s()]/.test(whole))
      context.warnings.add(place, `'${whole}' means nothing in a chord`, `和弦中的“${whole}”无意义`);
  }
  const distinct = notes.filter(
    (one, i) =>
      notes.findIndex(
        (other) => other.letter === one.letter && other.octave === one.octave && other.alter === one.alter,
      ) === i,
  );
  const [first] = distinct;
  if (first) voice.place(distinct, first.length, place);
  else context.warnings.add(place, 'a chord without notes', '和弦里没有音');
}

function rest([, , length]: RegExpExecArray, { voice }: LineContext, place: Place): void {
  voice.place([], multiply(voice.settings.unit, lengthOf(length!, place), place), place);
}

/** `(p:q:r`: p notes in the time of q, for the next r notes. */
function tuplet([, p, q, r]: RegExpExecArray, { voice, warnings }: LineContext, place: Place): void {
  const count = Number(p);
  const compound = voice.settings.metre ? voice.settings.metre[0] % 3 === 0 && voice.settings.metre[0] > 3 : false;
  const usual = ({ 2: 3, 3: 2, 4: 3, 6: 2, 8: 3 } as Record<number, number>)[count] ?? (compound ? 3 : 2);
  const time = q ? Number(q.slice(0, 3)) : usual;
  const left = r ? Number(r.slice(0, 3)) : count;
  if (count < 2 || time < 1 || left < 1) {
    warnings.add(place, 'not a tuplet', '连音写法不对');
    return;
  }
  voice.tuplet = { factor: fraction(time, count, place), left };
}

function closeSlur(_: RegExpExecArray, { voice, warnings }: LineContext, place: Place): void {
  const last = voice.last ?? voice.lineEvents.at(-1);
  if (!last || !voice.closeSpan('slur', last)) warnings.add(place, 'a slur ends that never began', '连线没有开始');
}

function graces([, , inner]: RegExpExecArray, { voice }: LineContext, place: Place): void {
  for (const [name] of inner!.matchAll(/(?:\^\^|\^|__|_|=)?[A-Ga-g][',]*/g)) {
    const { letter, octave, alter } = pitchOf(name, voice, place);
    if (voice.graces.length < 24)
      voice.graces.push(`${letter}${(alter < 0 ? 'b' : '#').repeat(Math.abs(alter))}${octave}`);
  }
}

function quoted([, text]: RegExpExecArray, context: LineContext): void {
  annotate(text!, context);
}

/** A chord symbol, or words with a sign for their place in front. */
function annotate(text: string, { voice }: LineContext): void {
  const known = DECORATIONS.get(`"${text}"`);
  if (known) {
    apply(known, voice);
    return;
  }
  const words = /^[_^<>@]/.test(text);
  const value = plainText(words ? text.slice(1).replace(/^-?[\d.]+,-?[\d.]+\s*/, '') : text);
  if (value === '') return;
  if (words || value.length > 40) voice.marks.push({ ...voice.spot, kind: 'text', value: value.slice(0, 500) });
  else voice.chords.push({ ...voice.spot, symbol: value });
}

function symbol([sign]: RegExpExecArray, context: LineContext, place: Place): void {
  decorate(context.symbols.get(sign!) ?? sign!, context, place);
}

function decorate(sign: string, { voice, warnings }: LineContext, place: Place): void {
  const known = DECORATIONS.get(sign) ?? DECORATIONS.get(sign.replace(/^"\^|"$/g, '!'));
  if (known) apply(known, voice);
  else if (!SILENT_DECORATION.test(sign)) warnings.add(place, `the sign ${sign} is not known`, `不认识记号 ${sign}`);
}

function apply(sign: NonNullable<ReturnType<typeof DECORATIONS.get>>, voice: Voice): void {
  if (sign.kind === 'articulation') pushOnce(voice.signs.articulations, sign.value);
  else if (sign.kind === 'ornament') pushOnce(voice.signs.ornaments, sign.value);
  else if (sign.kind === 'dynamic') voice.marks.push({ ...voice.spot, kind: 'dynamic', value: sign.value });
  else if (sign.kind === 'jump') voice.barSigns.jump = sign.value;
  else if (sign.kind === 'open') voice.opening.push(sign.value);
  else voice.closing.push(sign.value);
}

function pushOnce<T>(list: T[], value: T): void {
  if (!list.includes(value)) list.push(value);
}
