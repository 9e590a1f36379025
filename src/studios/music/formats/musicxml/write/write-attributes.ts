/** What stands at the head of a bar: divisions, key, metre, staves, clefs, transposition. */
import { type Bar, fifthsOf, type Interval, type Key, LETTERS, signatureAlter } from '../../../score/index.ts';
import { churchMode } from '../chinese-modes.ts';
import { CLEF_SIGNS } from '../clef-signs.ts';
import type { ClefName } from '../default-clefs.ts';
import { inverse, moveKey } from '../transposition.ts';
import { element, textElement } from '../xml/index.ts';

/** A clef element; `staff` is undefined on parts of one staff. */
export function writeClef(clef: ClefName, staff: number | undefined): string {
  const [sign, line, octave] = CLEF_SIGNS[clef];
  return element(
    'clef',
    { number: staff },
    textElement('sign', sign),
    line === 0 ? '' : textElement('line', line),
    octave === 0 ? '' : textElement('clef-octave-change', octave),
  );
}

export interface AttributeChange {
  readonly divisions?: number;
  readonly bar: Bar;
  /** The bar before, with whose key and metre this one's are compared; none at the beginning. */
  readonly before: Bar | undefined;
  readonly staves: number;
  readonly clefs: readonly string[];
  readonly sounding: Interval | undefined;
  readonly percussion: boolean;
}

/** The attributes element, or '' when nothing changes. */
export function writeAttributes(change: AttributeChange): string {
  const { bar, before, divisions, staves, clefs, sounding, percussion } = change;
  const first = before === undefined;
  const newKey = first || JSON.stringify(bar.key) !== JSON.stringify(before.key);
  const newTime = first || `${bar.metre} ${bar.metreSign}` !== `${before.metre} ${before.metreSign}`;
  const parts = [
    divisions === undefined ? '' : textElement('divisions', divisions),
    newKey ? writeKey(bar.key, sounding, percussion ? 'no' : undefined) : '',
    newTime ? writeTime(bar) : '',
    first && staves > 1 ? textElement('staves', staves) : '',
    ...clefs,
    first && sounding ? writeTranspose(sounding) : '',
  ];
  return parts.every((part) => part === '') ? '' : element('attributes', {}, ...parts);
}

function writeKey(key: Key, sounding: Interval | undefined, shown: 'no' | undefined): string {
  const hidden = { 'print-object': shown };
  if (key.alter !== undefined && !sounding) {
    const altered = LETTERS.filter((letter) => signatureAlter(key, letter) !== 0);
    if (altered.length > 0) return element('key', hidden, ...altered.map((letter) => keyStep(letter, key)));
  }
  const written = sounding ? moveKey(key, inverse(sounding)) : key;
  return element('key', hidden, textElement('fifths', fifthsOf(written)), textElement('mode', churchMode(key.mode)));
}

function keyStep(letter: (typeof LETTERS)[number], key: Key): string {
  return textElement('key-step', letter) + textElement('key-alter', signatureAlter(key, letter));
}

function writeTime({ metre: [beats, unit], metreSign }: Bar): string {
  return element('time', { symbol: metreSign }, textElement('beats', beats), textElement('beat-type', unit));
}

function writeTranspose({ steps, semitones }: Interval): string {
  const octaves = Math.trunc(semitones / 12);
  return element(
    'transpose',
    {},
    textElement('diatonic', steps - 7 * octaves),
    textElement('chromatic', semitones - 12 * octaves),
    octaves === 0 ? '' : textElement('octave-change', octaves),
  );
}
