/** Roman numerals read as chords of a key; the syntax is in roman.ts, and what pop musicians and analysts write besides. */

import { refusal } from '../refusal.ts';
import type { Key } from '../score/index.ts';
import { type Chord, chordNotes, chordOf, noteAtDegree, semitonesOfDegree } from './chord.ts';
import { applyModifiers } from './chord-symbol.ts';
import { NUMERALS, noteOfNumeral, semitonesOfNumeral, seventhOfKey } from './key-degrees.ts';

const PATTERN =
  /^([b#]{0,4})(VII|VI|V|IV|III|II|I|vii|vi|v|iv|iii|ii|i)(dim|hdim|aug|o|°|ø|Ø|\+)?(maj|dom|m(?=\d)|M|d)?(65|64|63|43|42|2|13|11|9|7|6|53)?(.*)$/su;

/**
 * Reads a Roman numeral: `V65/V`, `bVII`, `viio7`, `iiø65`, `IVmaj7`, `V7sus4`, `I[add9]`, `N6`, `Ger65`, `Cad64`. The
 * figure 7 asks the key's own seventh (I7 in C major is Cmaj7; C7 is `Id7` or `V7/IV`). Throws `music/bad-roman`.
 */
export function chordOfRoman(roman: string, key: Key): Chord {
  const text = roman.trim().replaceAll('♯', '#').replaceAll('♭', 'b').replace(/4\/2/, '42').replace(/4\/3/, '43');
  const figured = text.replace(/6\/4/, '64').replace(/6\/5/, '65').replace(/6\/3/, '63');
  const chord = figured.length > 60 ? undefined : read(figured, key);
  if (!chord) throw badRoman(roman);
  return chord;
}

function read(text: string, key: Key): Chord | undefined {
  const parts = text.split(/\/(?![^[]*\])/);
  let local: Key | undefined = key;
  for (const target of parts.slice(1).reverse()) local = local && keyOfNumeral(target, local);
  return local && (readSpecial(parts[0]!, local) ?? readNumeral(parts[0]!, local));
}

/** The key that stands behind the stroke: ii in C major is D minor. */
function keyOfNumeral(text: string, key: Key): Key | undefined {
  const chord = PATTERN.exec(text)?.[6] === '' ? readNumeral(text, key) : undefined;
  return chord && { tonic: chord.root, mode: chord.intervals.includes(3) ? 'minor' : 'major' };
}

function readNumeral(text: string, key: Key): Chord | undefined {
  const found = PATTERN.exec(text);
  if (!found) return undefined;
  const [, signs = '', numeral, quality = '', size = '', figure = '', rest = ''] = found as unknown as string[];
  const small = numeral === numeral!.toLowerCase();
  const degree = NUMERALS.indexOf(numeral!.toUpperCase() as (typeof NUMERALS)[number]);
  const accidentals = signs.startsWith('b') ? -signs.length : signs.length;
  const tones = triadOf(quality, small);
  const height = semitonesOfNumeral(key.mode, degree, small, accidentals);
  const seventh = sizeOfSeventh(quality, size, small, seventhOfKey(key.mode, ((height % 12) + 12) % 12));
  const inversion = addFigure(tones, figure, seventh);
  const core = [...tones];
  const bassDegree = /\/([b#]*\d+)\]?$/.exec(rest)?.[1];
  const modifiers = rest.replace(/\/[b#]*\d+(?=\]?$)/, '').replace(/[[\]]/g, ' ');
  if (!applyModifiers(tones, modifiers) || (bassDegree && semitonesOfDegree(bassDegree) === undefined))
    return undefined;
  const root = noteOfNumeral(key, degree, small, accidentals);
  if (bassDegree) return chordOf(root, tones, noteAtDegree(root, bassDegree));
  return chordOf(root, tones, chordNotes(chordOf(root, core))[inversion]);
}

function triadOf(quality: string, small: boolean): Set<number> {
  if (/^(dim|hdim|o|°|ø)$/iu.test(quality)) return new Set([0, 3, 6]);
  if (/^(aug|\+)$/.test(quality)) return new Set([0, 4, 8]);
  return new Set([0, small ? 3 : 4, 7]);
}

function sizeOfSeventh(quality: string, size: string, small: boolean, ofKey: number): number {
  if (size === 'M' || size === 'maj') return 11;
  if (size === 'd' || size === 'dom' || size === 'm' || /^(hdim|ø)$/iu.test(quality)) return 10;
  if (/^(dim|o|°)$/u.test(quality)) return 9;
  return small || quality ? 10 : ofKey;
}

const INVERSIONS: Readonly<Record<string, number>> = { 6: 1, 63: 1, 64: 2, 65: 1, 43: 2, 42: 3, 2: 3 };

/** Adds what a figure asks to the triad and returns the number of the inversion. */
function addFigure(tones: Set<number>, figure: string, seventh: number): number {
  if (['7', '65', '43', '42', '2', '9', '11', '13'].includes(figure)) tones.add(seventh);
  if (['9', '11', '13'].includes(figure)) tones.add(14);
  if (figure === '11') tones.add(17);
  if (figure === '13') tones.add(21);
  return INVERSIONS[figure] ?? 0;
}

/** Tones of the augmented sixth chords above the flat sixth degree, and how their figures count upwards from it. */
const AUGMENTED_SIXTHS: Readonly<Record<string, { intervals: number[]; basses: Record<string, string> }>> = {
  It: { intervals: [0, 4, 10], basses: { 6: '1', 64: '3', 53: '#6', '': '1' } },
  Ger: { intervals: [0, 4, 7, 10], basses: { 65: '1', 7: '#6', 43: '3', 42: '5', 2: '5', 6: '1', '': '1' } },
  Fr: { intervals: [0, 4, 6, 10], basses: { 43: '1', 7: '#4', 65: '#6', 42: '3', 2: '3', 6: '1', '': '1' } },
};

/** Neapolitan, cadential and augmented sixth chords. */
function readSpecial(text: string, key: Key): Chord | undefined {
  const found = /^(N|Cad|It|Ger|Fr)(\d{0,2})$/.exec(text);
  if (!found) return undefined;
  const [, name, figure] = found as unknown as [string, string, string];
  if (name === 'N') return readNumeral(`bII${figure}`, key);
  if (name === 'Cad') return readNumeral(`${semitonesOfNumeral(key.mode, 2, true, 0) === 3 ? 'i' : 'I'}64`, key);
  const { intervals, basses } = AUGMENTED_SIXTHS[name]!;
  const bass = basses[figure];
  const root = noteOfNumeral(key, 5, false, -1);
  return bass === undefined ? undefined : chordOf(root, intervals, noteAtDegree(root, bass));
}

function badRoman(roman: string): Error {
  const shown = roman.slice(0, 60);
  return refusal(
    'input',
    'music/bad-roman',
    { en: `'${shown}' is not a Roman numeral.`, zh: `“${shown}”不是和弦级数记号。` },
    {
      en: 'Write a numeral with its figure: I, vi, V7, V65/V, bVII, iiø7, IVmaj7.',
      zh: '写法为罗马数字加数字低音：I、vi、V7、V65/V、bVII、iiø7、IVmaj7。',
    },
  );
}
