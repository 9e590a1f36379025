/** English text taken apart: the longest run of words that is a name of the lexicon wins, first as written, then by stems. */
import { type Concept, type Lexicon, loadLexicon } from './lexicon.ts';
import type { Mention, Segments } from './mention.ts';
import { stem } from './stem.ts';

const LONGEST = 5;

/** One word with its place. */
export interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text with their places; hyphens part words, apostrophes do not. */
export function tokenizeEnglish(text: string): Token[] {
  return [...text.matchAll(/[a-z]+(?:['’][a-z]+)*/giu)].map(({ 0: word, index }) => ({
    word: word.toLowerCase().replaceAll('’', "'"),
    start: index,
    end: index + word.length,
  }));
}

/** Takes English apart; everything that is not Latin letters is skipped. */
export function segmentEnglish(text: string): Segments {
  const lexicon = loadLexicon();
  const tokens = tokenizeEnglish(text);
  const mentions: Mention[] = [];
  const unknown: string[] = [];
  const feelings = [];
  for (let at = 0; at < tokens.length; ) {
    const found = findName(tokens.slice(at, at + LONGEST), lexicon);
    const { word, start } = tokens[at]!;
    if (found !== undefined) {
      const { end } = tokens[at + found.length - 1]!;
      mentions.push({ start, end, name: text.slice(start, end), concepts: found.concepts, words: [], sureness: 1 });
    } else if (lexicon.tones.has(word)) feelings.push(lexicon.tones.get(word)!);
    else if (word.length > 2 && !lexicon.plainEnglish.has(word)) unknown.push(word);
    at += found?.length ?? 1;
  }
  return { mentions, feelings, unknown };
}

/** The longest name that these words begin with. */
export function findName(
  tokens: readonly Token[],
  { english, englishStems, plainEnglish }: Lexicon,
): { readonly length: number; readonly concepts: readonly Concept[] } | undefined {
  for (let length = Math.min(LONGEST, tokens.length); length > 0; length--) {
    const words = tokens.slice(0, length).map(({ word }) => word);
    if (length === 1 && plainEnglish.has(words[0]!)) return undefined;
    const concepts = english.get(words.join(' ')) ?? englishStems.get(words.map(stem).join(' '));
    if (concepts !== undefined) return { length, concepts };
  }
  return undefined;
}
