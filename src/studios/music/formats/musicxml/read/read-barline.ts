/** Bar lines: styles, repeats, volta brackets. */
import type { XmlElement } from '../xml/index.ts';
import { child, textIn } from './elements.ts';
import { barOf, type Walk } from './walk.ts';

const LINES = { 'light-light': 'double', 'light-heavy': 'final', dashed: 'dashed', none: 'none' } as const;
const MOST_TIMES = 20;

/** Reads a barline element. */
export function readBarline(walk: Walk, element: XmlElement): void {
  const bar = barOf(walk);
  const repeat = child(element, 'repeat');
  const ending = child(element, 'ending');
  const style = textIn(element, 'bar-style') as keyof typeof LINES | undefined;
  if (repeat?.attributes.direction === 'forward') bar.repeatStart = true;
  if (repeat?.attributes.direction === 'backward') {
    const times = Math.round(Number(repeat.attributes.times ?? 2));
    bar.repeatEnd = Math.min(MOST_TIMES, Math.max(2, Number.isNaN(times) ? 2 : times));
  }
  if (ending?.attributes.type === 'start') bar.endingStart = numbersOf(ending.attributes.number ?? '');
  else if (ending) bar.endingStop = true;
  const line = style ? LINES[style] : undefined;
  const right = (element.attributes.location ?? 'right') === 'right';
  if (line && right && !repeat) bar.line = line;
}

function numbersOf(text: string): number[] {
  const numbers = (text.match(/\d+/g) ?? []).map(Number).filter((n) => n >= 1 && n <= MOST_TIMES);
  return numbers.length > 0 ? [...new Set(numbers)] : [1];
}
