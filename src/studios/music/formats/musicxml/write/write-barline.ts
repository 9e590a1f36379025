/** Bar lines with repeats and volta brackets. */
import type { Bar } from '../../../score/index.ts';
import { element, textElement } from '../xml/index.ts';

const STYLES = { double: 'light-light', final: 'light-heavy', dashed: 'dashed', none: 'none' } as const;

/** The left and right bar line of a bar; '' where nothing but a plain line stands. */
export function writeBarlines(bars: readonly Bar[], index: number): { left: string; right: string } {
  const bar = bars[index]!;
  const ending = bar.ending?.join(', ');
  const begins = ending !== undefined && !continues(bars[index - 1], bar);
  const ends = ending !== undefined && !continues(bar, bars[index + 1]);
  const left = [
    begins ? element('ending', { number: ending, type: 'start' }) : '',
    bar.repeatStart ? element('repeat', { direction: 'forward' }) : '',
  ];
  const style = bar.line ? STYLES[bar.line] : bar.repeatEnd ? 'light-heavy' : undefined;
  const stop = bar.repeatEnd ? 'stop' : 'discontinue';
  const right = [
    style ? textElement('bar-style', style) : '',
    ends ? element('ending', { number: ending, type: stop }) : '',
    bar.repeatEnd ? element('repeat', { direction: 'backward', times: timesOf(bar.repeatEnd) }) : '',
  ];
  return { left: barline('left', left, bar.repeatStart ? 'heavy-light' : undefined), right: barline('right', right) };
}

/** Whether a volta bracket goes on from one bar to the next. */
function continues(bar: Bar | undefined, next: Bar | undefined): boolean {
  return bar?.ending !== undefined && bar.ending.join() === next?.ending?.join() && !bar.repeatEnd;
}

function timesOf(times: number): number | undefined {
  return times === 2 ? undefined : times;
}

function barline(location: string, parts: readonly string[], style?: string): string {
  if (parts.every((part) => part === '')) return '';
  return element('barline', { location }, style ? textElement('bar-style', style) : '', ...parts);
}
