/** A chord symbol as a harmony element. */
import { parseTonic } from '../../../score/index.ts';
import { kindOfText, splitSymbol } from '../chord-kinds.ts';
import { element, textElement } from '../xml/index.ts';

/** The element of a symbol; what has no root is written as a function name, `N.C.` as a kind of none. */
export function writeHarmony(symbol: string): string {
  if (/^N\.?\s?C\.?$/i.test(symbol)) {
    return element('harmony', {}, note('root', 'C'), textElement('kind', 'none', { text: symbol }));
  }
  const split = splitSymbol(symbol);
  if (!split) {
    return element('harmony', {}, textElement('function', symbol), textElement('kind', 'other', { text: '' }));
  }
  const { root, text, bass } = split;
  return element(
    'harmony',
    {},
    note('root', root),
    textElement('kind', kindOfText(text), { text }),
    bass === undefined ? '' : note('bass', bass),
  );
}

function note(name: 'root' | 'bass', tone: string): string {
  const { letter, alter } = parseTonic(tone);
  return element(name, {}, textElement(`${name}-step`, letter), alter === 0 ? '' : textElement(`${name}-alter`, alter));
}
