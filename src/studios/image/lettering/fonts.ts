/** The typefaces of the house, a row each in fonts.table.json, and in which order they are asked for a character. */

import table from './fonts.table.json' with { type: 'json' };
import type { Style } from './types.ts';

/** What a typeface is made for; it may have letters of others. */
export type Script = 'simplified' | 'traditional' | 'zhuyin' | 'latin' | 'cyrillic';

export interface Font {
  readonly id: string;
  /** On npm; files lie in its folder `files`, cut up by Unicode ranges. */
  readonly package: string;
  readonly style: Style;
  readonly scripts: readonly Script[];
  /** One file a weight. */
  readonly weights?: readonly number[];
  /** One file for all weights between these two. */
  readonly range?: readonly number[];
  readonly italic?: boolean;
}

const FONTS = table as readonly Font[];

/** A typeface by its id; undefined when there is none. */
export function findFont(id: string): Font | undefined {
  return FONTS.find((font) => font.id === id);
}

/** Which styles stand in for one that lacks a character. */
const NEXT: Readonly<Record<Style, readonly Style[]>> = {
  brush: ['brush', 'serif', 'sans'],
  serif: ['serif', 'sans', 'brush'],
  sans: ['sans', 'serif', 'brush'],
};
const COMPANIONS: Readonly<Partial<Record<Script, readonly Script[]>>> = {
  simplified: ['simplified', 'traditional'],
  traditional: ['traditional', 'simplified'],
};

/** Typefaces for a script in the order in which they are asked: its own style and script first. */
export function fontChain(style: Style, script: Script): readonly Font[] {
  const scripts = COMPANIONS[script] ?? [script];
  const found = NEXT[style].flatMap((each) =>
    scripts.flatMap((one) => FONTS.filter((font) => font.style === each && font.scripts.includes(one))),
  );
  return [...new Set(found)];
}
