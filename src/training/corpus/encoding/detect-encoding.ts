/**
 * Which encoding a file of unknown origin is written in. A mark at the start or valid UTF-8 settles it; otherwise every
 * candidate decodes the same sample, and the one whose characters are the most ordinary wins: read with the wrong table,
 * Chinese turns into rare characters and English quotation marks into Chinese.
 */
import common from './common-characters.table.json' with { type: 'json' };

/** Names as the WHATWG decoder knows them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'shift_jis' | 'windows-1252';

/** What was found; `score` is the share of ordinary characters among those beyond ASCII, 1 where there is no doubt. */
export interface DetectedEncoding {
  readonly encoding: Encoding;
  readonly score: number;
}

const SAMPLE = 128 * 1024;
const PLAUSIBLE = 0.4;
const CANDIDATES = ['gb18030', 'big5', 'shift_jis', 'windows-1252'] as const;
const ORDINARY = new Set(common.simplified + common.traditional);
const PUNCTUATION = new Set('，。、；：？！“”‘’（）《》〈〉「」『』【】—…·～　•–£©®°½¼¾™€«»¡¿');

/** Finds the encoding, or undefined when no candidate makes sense of the bytes. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding | undefined {
  const marked = findMark(bytes);
  if (marked) return { encoding: marked, score: 1 };
  const sample = bytes.subarray(0, SAMPLE);
  const wide = findWide(sample);
  if (wide) return { encoding: wide, score: 1 };
  if (brokenUtf8(bytes) === 0) return { encoding: 'utf-8', score: 1 };
  const scored = CANDIDATES.map((encoding) => ({ encoding, score: scoreOf(sample, encoding) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  if (mostlyUtf8(bytes)) return { encoding: 'utf-8', score: 1 };
  return best.score >= PLAUSIBLE ? best : undefined;
}

function findMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: line ends, blanks and Latin letters leave zeros on one side only. */
function findWide(sample: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2]!++;
  const most = Math.max(zeros[0]!, zeros[1]!);
  if (most < sample.length * 0.01 || Math.min(zeros[0]!, zeros[1]!) > most * 0.02) return undefined;
  const encoding = zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be';
  const even = sample.subarray(0, sample.length - (sample.length % 2));
  return strange(new TextDecoder(encoding).decode(even)) < 0.001 ? encoding : undefined;
}

/** Sequences that are not UTF-8. */
function brokenUtf8(bytes: Uint8Array): number {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 0;
  } catch {
    return count(new TextDecoder('utf-8').decode(bytes), (character) => character === '\uFFFD');
  }
}

/** A few broken characters in a long UTF-8 text do not make it another encoding. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const foreign = count(text, (character) => character > '\x7f');
  return count(text, (character) => character === '\uFFFD') <= foreign * 0.05;
}

function scoreOf(sample: Uint8Array, encoding: Encoding): number {
  // A sample may end within a character: the stream flag keeps that from counting as an error.
  const text = new TextDecoder(encoding).decode(sample, { stream: true });
  if (strange(text) > 0.002) return 0;
  const beyond = count(text, (character) => character > '\x7f');
  if (beyond === 0) return 0;
  if (encoding === 'windows-1252') return latinScore(text, beyond);
  if (encoding === 'shift_jis') return count(text, isKana) > beyond * 0.25 ? count(text, isJapanese) / beyond : 0;
  return count(text, (character) => ORDINARY.has(character) || PUNCTUATION.has(character)) / beyond;
}

/** Accented letters stand beside letters of ASCII, as in é or ü; runs of them are bytes of another encoding. */
function latinScore(text: string, beyond: number): number {
  const letters = text.match(/(?<=[a-z])[à-öø-ÿ]|[À-ÖØ-ßà-öø-ÿ](?=[a-z])/gi)?.length ?? 0;
  return (letters + count(text, (character) => PUNCTUATION.has(character))) / beyond;
}

/** Share of characters that no text has: replacements, private use, controls other than white space. */
function strange(text: string): number {
  const odd = count(text, (character) => /\uFFFD|\p{Co}|(?!\s)\p{Cc}/u.test(character));
  return text.length === 0 ? 0 : odd / text.length;
}

const isKana = (character: string): boolean => /[\u3041-\u30ff]/.test(character);
const isJapanese = (character: string): boolean =>
  isKana(character) || ORDINARY.has(character) || PUNCTUATION.has(character) || /[\u4e00-\u9fff]/.test(character);

function count(text: string, match: (character: string) => boolean): number {
  let found = 0;
  for (const character of text) if (match(character)) found++;
  return found;
}
