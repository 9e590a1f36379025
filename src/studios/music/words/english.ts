/**
 * English lines as syllables with their stress, from the CMU Pronouncing Dictionary; words it does not have are guessed
 * from their vowels. Little words (the, of, and …) are unstressed, as verse has them.
 */
import { createRequire } from 'node:module';
import type { SungLine, Syllable } from './syllable.ts';

/** The dictionary, loaded with the first English word: 135,000 entries that Chinese songs need not wait for. */
let dictionary: Readonly<Record<string, string>> | undefined;

function phonesOf(word: string): string | undefined {
  dictionary ??= createRequire(import.meta.url)('cmu-pronouncing-dictionary').dictionary as Record<string, string>;
  return dictionary[word] ?? dictionary[word.replace(/'s$|'/g, '')];
}

const LITTLE = new Set(
  `a an the of to in on at by for from with and or but nor so as if than that this is are was were be been am do does did
  has have had will would shall should can could may might must i me my we us our you your he him his she her it its they
  them their who whom whose which what not no o oh`.split(/\s+/),
);

/** The words of a line in syllables. */
export function englishLine(text: string): SungLine {
  const words = text.match(/[\p{L}’']+/gu) ?? [];
  return { text, language: 'en', syllables: words.flatMap(syllablesOf) };
}

function syllablesOf(word: string): Syllable[] {
  const bare = word.toLowerCase().replaceAll('’', "'");
  const stresses = stressesOf(bare);
  const pieces = splitLetters(word, stresses.length);
  return pieces.map((text, i) => ({ text, syllabic: placeOf(i, pieces.length), stress: stresses[i]! }));
}

function placeOf(i: number, count: number): Syllable['syllabic'] {
  if (count === 1) return 'single';
  return i === 0 ? 'begin' : i === count - 1 ? 'end' : 'middle';
}

/** Stress of each syllable: 2 primary, 1 secondary, 0 none; little words none. */
export function stressesOf(word: string): (0 | 1 | 2)[] {
  const marks = phonesOf(word)?.match(/[012]/g) ?? guessVowels(word);
  if (marks.length === 1) return [LITTLE.has(word) ? 0 : 2];
  return marks.map((mark) => (mark === '1' ? 2 : mark === '2' ? 1 : 0));
}

/** Vowel groups of an unknown word, the first one stressed; a silent final e is none. */
function guessVowels(word: string): string[] {
  const groups = word.replace(/(?<=[^aeiouy][a-z]*[^aeiouy])e$/i, '').match(/[aeiouyáéíóúäöü]+/giu) ?? ['a'];
  return groups.map((_, i) => (i === 0 ? '1' : '0'));
}

/** First parts of compounds that vowel groups alone would cut in two. */
const FIRST_PARTS =
  /^(?:with|some|here|there|where|fire|home|lone|life|time|love|like|hope|name|grave|age|wine)(?=(?:in|out|one|where|thing|times?|what|body|by|fore|after|upon|place|side|light|flies|fly|work|ward|land|ly|some|less|long|line|ful|fully|stone|yard)$)/iu;
/** Letters that sound as one. */
const SOUNDS = /[tscpwg]h|ck|./giu;

/**
 * Splits the letters of a word into `count` syllables at its vowel groups: one consonant goes on, two are shared; th, sh, ch and
 * their like are one. Compounds part at their seam: with-out, some-where.
 */
export function splitLetters(word: string, count: number): string[] {
  if (count <= 1) return [word];
  const first = FIRST_PARTS.exec(word)?.[0];
  if (first) return [first, ...splitLetters(word.slice(first.length), count - 1)];
  const vowels = [...word.matchAll(/[aeiouyáéíóúäöü]+/giu)];
  const groups = vowels.filter(
    ({ 0: group, index }) => !(group === 'e' && index === word.length - 1 && vowels.length > count),
  );
  if (groups.length < count) return splitEvenly(word, count);
  const cuts = groups.slice(1, count).map((next, i) => {
    const before = groups[i]!;
    const between = word.slice(before.index + before[0].length, next.index).match(SOUNDS) ?? [];
    // No syllable begins with ck.
    const kept = between.length === 1 && between[0] === 'ck' ? 1 : Math.floor(between.length / 2);
    return next.index - between.slice(kept).join('').length;
  });
  return [0, ...cuts].map((cut, i) => word.slice(cut, cuts[i] ?? word.length));
}

function splitEvenly(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    word.slice(Math.round((i * word.length) / count), Math.round(((i + 1) * word.length) / count)),
  );
}
