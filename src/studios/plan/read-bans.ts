/** What the brief wants kept out: `不要月亮`, `没有烦恼的童年`, `without the moon`. */
import type { Bilingual } from '../../kernel/index.ts';
import { type Concept, loadLexicon } from './lexicon.ts';
import { QUOTED, quotedIn, type Scanner } from './scanner.ts';
import { findName, tokenizeEnglish } from './segment-english.ts';

const NEGATION = `(?:不要|不想要|不得|不可以?|不能|避免|请勿|勿|禁止|禁用|忌用|无需|别再?(?=写|用|提|出现|带|说|有)|不再?(?=写|用|提|出现|含|带|涉及))`;
const VERB = `(?:再)?(?:出现|写到?|提到|提及|提|包含|含有|含|带有|带|使用|用到?|涉及|有|说|太多|过多)?(?:任何|关于|太多的?|过多的?|太|过于|词语|字眼)?`;
const CHINESE = new RegExp(
  String.raw`${NEGATION}${VERB}\s*((?:${QUOTED}[、和与或及,，]?)+|\p{Script=Han}{1,12}(?:、\p{Script=Han}{1,6})*)(?:等?[字词](?:眼|语)?)?`,
  'gu',
);
const ABSENT = /没有(\p{Script=Han}{1,5}?)的/gu;
const ENGLISH =
  /\b(?:without|no|not about|avoid(?:ing)?|excluding|except(?: for)?|(?:don't|do not|never) (?:mention|use|include|write about)|leave out)\s+(?:any |the |a |an |about |mentioning |using |mention of |mentions of |words? |too much |much )*/giu;

/** Things that must not occur. */
export interface Bans {
  readonly concepts: ReadonlySet<Concept>;
  /** Words and characters, in Chinese. */
  readonly words: readonly string[];
  readonly notes: readonly Bilingual[];
}

interface Found {
  readonly concepts: Set<Concept>;
  readonly literal: Set<string>;
  readonly notes: Bilingual[];
}

/** Reads what is unwanted, and blanks it. A banned concept bans its names and the words closest to it. */
export function readBans(scanner: Scanner): Bans {
  const found: Found = { concepts: new Set(), literal: new Set(), notes: [] };
  for (const match of scanner.text.matchAll(CHINESE)) {
    if (banPieces(match[1]!, { found, isLiteral: /[」』”"’'》][字词]/u.test(match[0]) }))
      scanner.blank(match.index, match.index + match[0].length);
    else found.notes.push({ en: `Not understood: '${match[0]}'.`, zh: `没有读懂“${match[0]}”。` });
  }
  for (const match of scanner.text.matchAll(ABSENT)) {
    if (banName(match[1]!, found)) scanner.blank(match.index, match.index + match[0].length);
  }
  readEnglishBans(scanner, found);
  return { concepts: found.concepts, words: bannedWords(found), notes: found.notes };
}

/** Quoted words with 字 or 词 after them are meant as they stand; anything else is meant with all that it names. */
function banPieces(text: string, { found, isLiteral }: { found: Found; isLiteral: boolean }): boolean {
  const quoted = quotedIn(text);
  for (const word of quoted) {
    found.literal.add(word);
    if (!isLiteral) banName(word, found);
  }
  if (quoted.length > 0) return true;
  const pieces = text
    .split(/[、和与或及跟,，]|以及|还有/u)
    .map((piece) => piece.replace(/(?:的)?(?:字眼?|词语?|意象|元素|内容|主题|描写|东西|之类.*|等)$/u, ''));
  return pieces.map((piece) => banName(piece, found) || banLiteral(piece, text, found)).some(Boolean);
}

function banLiteral(piece: string, text: string, found: Found): boolean {
  if (piece === '' || [...piece].length > 4 || !text.includes(`${piece}字`)) return false;
  found.literal.add(piece);
  return true;
}

/** Bans by name; a longer phrase is tried by its end and its beginning, the longest name first. */
function banName(phrase: string, found: Found): boolean {
  const { chinese, words } = loadLexicon();
  const parts = Array.from({ length: phrase.length }, (_, cut) => [
    phrase.slice(cut),
    phrase.slice(0, phrase.length - cut),
  ]).flat();
  const name = parts.find((part) => (part.length > 1 || part === phrase) && (chinese.has(part) || words.has(part)));
  if (name === undefined) return false;
  found.literal.add(name);
  for (const concept of chinese.get(name) ?? []) found.concepts.add(concept);
  return true;
}

function readEnglishBans(scanner: Scanner, found: Found): void {
  const lexicon = loadLexicon();
  for (const match of scanner.text.matchAll(ENGLISH)) {
    let end = match.index + match[0].length;
    for (;;) {
      const tokens = tokenizeEnglish(scanner.text.slice(end, end + 60)).slice(0, 5);
      const name = tokens[0]?.start === 0 ? findName(tokens, lexicon) : undefined;
      if (name === undefined) break;
      for (const concept of name.concepts) found.concepts.add(concept);
      end += tokens[name.length - 1]!.end;
      scanner.blank(match.index, end);
      end += /^\s*(?:,?\s*(?:and|or)|,)\s+(?:the |a |any )?/iu.exec(scanner.text.slice(end))?.[0].length ?? 0;
    }
  }
}

/** Names in Chinese, single-character names above all, and the six closest words of each banned concept. */
function bannedWords({ concepts, literal }: Found): string[] {
  const { words } = loadLexicon();
  const all = [
    ...literal,
    ...[...concepts].flatMap(({ zh, imagery }) => [
      ...zh.filter((name) => name.length === 1 || words.has(name)),
      ...imagery.slice(0, 6),
    ]),
  ];
  const han = [...new Set(all)].filter((word) => /^\p{Script=Han}+$/u.test(word));
  return han.filter((word) => !han.some((other) => other !== word && word.includes(other)));
}
