/** A text that wishes are read out of one by one: what was read is blanked, so that it is not read again as a theme. */

/** Opening and closing quotation marks of both languages, around up to 40 characters. */
export const QUOTED = String.raw`[「『“"‘《〈【]\s*([^「『“"‘《〈【」』”"’》〉】\n]{1,40}?)\s*[」』”"’》〉】]`;

export interface Scanner {
  /** The text as it stands now; blanked places hold line breaks, so that all places keep their index. */
  readonly text: string;
  /** The first match, blanked from now on. */
  take(pattern: RegExp): RegExpExecArray | undefined;
  /** Blanks a stretch. */
  blank(start: number, end: number): void;
}

/** Creates a scanner over a text. */
export function createScanner(start: string): Scanner {
  let text = start;
  const blank = (from: number, to: number): void => {
    text = text.slice(0, from) + '\n'.repeat(to - from) + text.slice(to);
  };
  return {
    get text() {
      return text;
    },
    blank,
    take(pattern) {
      const match = pattern.exec(text);
      if (match === null) return undefined;
      blank(match.index, match.index + match[0].length);
      return match;
    },
  };
}

/** All quoted pieces of a stretch. */
export function quotedIn(stretch: string): string[] {
  return [...stretch.matchAll(new RegExp(QUOTED, 'gu'))].map((match) => match[1]!);
}
