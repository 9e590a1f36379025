import { styleText } from 'node:util';

/** Colours by what they mean; without colour each returns its text unchanged. */
export interface Ink {
  title(text: string): string;
  quiet(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
  rhyme(text: string): string;
}

const plain = (text: string): string => text;

/** Ink that colours only where asked to. */
export function createInk(coloured: boolean): Ink {
  const style = (format: Parameters<typeof styleText>[0]) =>
    coloured ? (text: string) => styleText(format, text, { validateStream: false }) : plain;
  return {
    title: style('bold'),
    quiet: style('dim'),
    good: style('green'),
    bad: style('red'),
    accent: style('cyan'),
    rhyme: style('yellow'),
  };
}

/** Colour is used in a terminal that can show it, unless NO_COLOR says otherwise (no-color.org: any value but the empty one). */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
}
