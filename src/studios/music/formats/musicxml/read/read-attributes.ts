/** The attributes element: divisions, key, metre, staves, clefs, transposition. */
import {
  type Bar,
  CLEFS,
  type Key,
  keyOfFifths,
  LETTERS,
  type Letter,
  MODES,
  type Mode,
} from '../../../score/index.ts';
import { CLEF_SIGNS } from '../clef-signs.ts';
import { moveKey } from '../transposition.ts';
import type { XmlElement } from '../xml/index.ts';
import { badMusicXml } from './bad-musicxml.ts';
import { child, childrenOf, numberIn, textIn } from './elements.ts';
import { barOf, now, type Walk } from './walk.ts';

const MOST_DIVISIONS = 1_000_000;
const MOST_FIFTHS = 11;

/** Reads an attributes element at the cursor. */
export function readAttributes(walk: Walk, element: XmlElement): void {
  const divisions = numberIn(element, 'divisions');
  if (divisions !== undefined) {
    if (!(divisions > 0 && divisions <= MOST_DIVISIONS)) {
      throw badMusicXml(element, { en: `divisions of ${divisions}`, zh: `divisions 为 ${divisions}` });
    }
    walk.divisions = divisions;
  }
  walk.part.staves = Math.min(3, Math.max(walk.part.staves, numberIn(element, 'staves') ?? 1));
  const transpose = child(element, 'transpose');
  if (transpose) readTranspose(walk, transpose);
  const bar = barOf(walk);
  const key = child(element, 'key');
  if (key) bar.key ??= readKey(walk, key);
  const time = child(element, 'time');
  if (time) readTime(walk, time);
  for (const clef of childrenOf(element, 'clef')) readClef(walk, clef);
}

function readTranspose(walk: Walk, element: XmlElement): void {
  const octaves = numberIn(element, 'octave-change') ?? 0;
  const semitones = Math.round(numberIn(element, 'chromatic') ?? 0) + 12 * octaves;
  if (Math.abs(semitones) > 36)
    throw badMusicXml(element, { en: 'a transposition beyond three octaves', zh: '移调超过三个八度' });
  const diatonic = numberIn(element, 'diatonic') ?? Math.round(((semitones - 12 * octaves) * 7) / 12);
  walk.sounding = semitones === 0 ? undefined : { steps: diatonic + 7 * octaves, semitones };
  walk.part.transposition = semitones;
}

function readKey(walk: Walk, element: XmlElement): Key {
  const fifths = numberIn(element, 'fifths');
  const named = textIn(element, 'mode')?.toLowerCase();
  const mode: Mode = MODES.find((one) => one === named) ?? SAME_MODE[named ?? ''] ?? 'major';
  if (fifths === undefined) return { tonic: 'C', mode: 'major', alter: alterations(element) };
  if (!Number.isInteger(fifths) || Math.abs(fifths) > MOST_FIFTHS) {
    throw badMusicXml(element, { en: `a key of ${fifths} fifths`, zh: `调号为 ${fifths}` });
  }
  const key = keyOfFifths(fifths, mode);
  return walk.sounding ? moveKey(key, walk.sounding) : key;
}

const SAME_MODE: Readonly<Record<string, Mode>> = { ionian: 'major', aeolian: 'minor' };

function alterations(element: XmlElement): NonNullable<Key['alter']> {
  const steps = childrenOf(element, 'key-step');
  const alters = childrenOf(element, 'key-alter');
  const pairs = steps.map((step, i) => [step.text, Math.round(Number(alters[i]?.text ?? 0))] as const);
  return Object.fromEntries(pairs.filter(([step, alter]) => LETTERS.includes(step as Letter) && Math.abs(alter) <= 2));
}

function readTime(walk: Walk, element: XmlElement): void {
  const bar = barOf(walk);
  if (bar.metre || child(element, 'senza-misura')) return;
  const units = childrenOf(element, 'beat-type').map(({ text }) => Number(text));
  const beats = childrenOf(element, 'beats').map(({ text }) => text.split('+').reduce((sum, n) => sum + Number(n), 0));
  const unit = Math.max(...units);
  const sum = beats.reduce((total, n, i) => total + (n * unit) / (units[i] ?? unit), 0);
  if (![1, 2, 4, 8, 16, 32, 64].includes(unit) || !Number.isInteger(sum) || sum < 1 || sum > 64) {
    throw badMusicXml(element, { en: 'a metre that is none', zh: '拍号有误' });
  }
  bar.metre = [sum, unit as Bar['metre'][1]];
  const symbol = element.attributes.symbol;
  if (symbol === 'common' || symbol === 'cut') bar.metreSign = symbol;
}

function readClef(walk: Walk, element: XmlElement): void {
  const sign = textIn(element, 'sign');
  const line = numberIn(element, 'line');
  const octave = numberIn(element, 'clef-octave-change') ?? 0;
  const exact = CLEFS.find((clef) => {
    const [ownSign, ownLine, ownOctave] = CLEF_SIGNS[clef];
    return sign === ownSign && (line === undefined || ownLine === 0 || line === ownLine) && octave === ownOctave;
  });
  const value = exact ?? (sign === 'F' ? 'bass' : sign === 'C' ? 'alto' : sign === 'G' ? 'treble' : undefined);
  if (!exact)
    walk.remarks.add(element, {
      en: `The clef ${sign}${line ?? ''} is read as ${value ?? 'none'}.`,
      zh: `谱号 ${sign}${line ?? ''} 读作 ${value ?? '无'}。`,
    });
  const staff = Number(element.attributes.number ?? 1);
  if (value) walk.part.marks.push({ kind: 'clef', value, ...now(walk), ...(staff > 1 && staff <= 3 ? { staff } : {}) });
}
