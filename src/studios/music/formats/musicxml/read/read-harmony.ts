/** A harmony element as a chord symbol. */
import { textOfKind } from '../chord-kinds.ts';
import type { XmlElement } from '../xml/index.ts';
import { child, childrenOf, numberIn, textIn } from './elements.ts';
import { now, ticksIn, type Walk } from './walk.ts';

const LONGEST_SYMBOL = 40;

/** Reads a harmony element at the cursor. */
export function readHarmony(walk: Walk, element: XmlElement): void {
  const symbol = symbolOf(element);
  if (symbol === '' || symbol.length > LONGEST_SYMBOL) return;
  walk.part.chords.push({ ...now(walk, ticksIn(walk, element, 'offset') ?? 0), symbol });
}

function symbolOf(element: XmlElement): string {
  const kind = child(element, 'kind');
  const shown = kind?.attributes.text;
  if (kind?.text === 'none') return shown || 'N.C.';
  const root = note(child(element, 'root'), 'root');
  if (root === undefined) return textIn(element, 'function') ?? textIn(element, 'numeral') ?? '';
  const text = shown ?? textOfKind(kind?.text ?? 'major');
  const degrees = childrenOf(element, 'degree').map(degree);
  const missing = degrees.filter((one) => one !== '' && !text.includes(one.replace(/^(add|no)/, '')));
  const bass = note(child(element, 'bass'), 'bass');
  return `${root}${text}${missing.length > 0 ? `(${missing.join(',')})` : ''}${bass === undefined ? '' : `/${bass}`}`;
}

function note(element: XmlElement | undefined, name: string): string | undefined {
  const step = textIn(element, `${name}-step`);
  if (!element || step === undefined || !/^[A-G]$/.test(step)) return undefined;
  const alter = Math.max(-2, Math.min(2, Math.round(numberIn(element, `${name}-alter`) ?? 0)));
  return step + (alter < 0 ? 'b' : '#').repeat(Math.abs(alter));
}

function degree(element: XmlElement): string {
  const value = numberIn(element, 'degree-value') ?? 0;
  const alter = Math.max(-2, Math.min(2, Math.round(numberIn(element, 'degree-alter') ?? 0)));
  const sign = (alter < 0 ? 'b' : '#').repeat(Math.abs(alter));
  const type = textIn(element, 'degree-type');
  if (value < 1 || value > 13) return '';
  return `${type === 'subtract' ? 'no' : type === 'add' && alter === 0 ? 'add' : ''}${sign}${value}`;
}
