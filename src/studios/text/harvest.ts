/**
 * Finding the poem in what a chat model said: models wrap it in talk, fences, numbers, notes and pinyin.
 *
 *   answer ─▶ rows without their trappings ─▶ units (sentences) ─▶ runs of units, longest first ─▶ the first that keeps a form
 *
 * Nothing is added or reordered. A run that leaves out lines as long as its own is no harvest but a cut, and is not offered
 * unless the form was named.
 */

/** A part of an answer that may be the poem. */
export interface Harvest {
  readonly text: string;
  readonly title?: string;
}

interface Unit {
  readonly text: string;
  /** Syllables between its marks. */
  readonly lengths: readonly number[];
}

const NUMBER = /^[（(【[]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）】\]、.．:：]\s*/u;
const LABEL = /^\p{Script=Han}{1,4}[：:]\s*/u;
const NOTE = /[（(【[][^（）()【】[\]]*[）)】\]]/gu;
const LATIN = /[\p{Script=Latin}\p{M}’'`]+/gu;
const TITLE = /《([^》\n]{1,30})》/u;

/** A line of verse has 1 to 11 syllables; the longest tune has fewer than 60 lines. */
const LONGEST_LINE = 11;
const MOST_UNITS = 60;
/** Each run is proved in all forms: so many take less than a second. */
const MOST_RUNS = 100;

/** What stands in the first fence of Markdown; the whole text where there is none. */
export function unfence(text: string): string {
  return /```[^\n`]*\n([\s\S]*?)\n?\s*```/u.exec(text)?.[1] ?? text;
}

/** Parts of an answer that could be a Chinese poem, the longest first; at most so many as `MOST_RUNS`. */
export function harvest(answer: string, { formNamed = false }: { readonly formNamed?: boolean } = {}): Harvest[] {
  const title = TITLE.exec(answer)?.[1];
  const units = rowsOf(unfence(answer)).flatMap(unitsOf).slice(0, MOST_UNITS);
  const runs: Harvest[] = [];
  for (let length = units.length; length > 0 && runs.length < MOST_RUNS; length--) {
    for (let from = 0; from + length <= units.length && runs.length < MOST_RUNS; from++) {
      const run = units.slice(from, from + length);
      if (!isVerse(run) || (!formNamed && isCut(units, from, from + length))) continue;
      runs.push({ text: run.map((unit) => unit.text).join('\n'), ...(title === undefined ? {} : { title }) });
    }
  }
  return runs;
}

/** Rows without what Markdown, numbers, notes and pinyin put around them. */
function rowsOf(text: string): string[] {
  return text
    .replace(/<br\s*\/?>/giu, '\n')
    .normalize('NFC')
    .split(/\r?\n/u)
    .map((row) => row.replace(/^[\s>#*•·\-–—|]+|[\s*|_]+$/gu, '').replace(/\*\*|__/gu, ''))
    .map((row) => row.replace(NUMBER, '').replace(LABEL, '').replace(NOTE, '').replace(LATIN, '').trim())
    .filter((row) => /\p{Script=Han}/u.test(row));
}

/** Sentences of a row; what stands before a colon or around a quotation is apart. */
function unitsOf(row: string): Unit[] {
  const pieces = row.split(/(?<=[。！？!?；;：:])|(?=[「『“"])|(?<=[」』”"])/u);
  return pieces.filter((piece) => /\p{Script=Han}/u.test(piece)).map(unitOf);
}

function unitOf(piece: string): Unit {
  const clauses = piece.split(/[^\p{Script=Han}]+/u).filter((clause) => clause !== '');
  return { text: piece.trim(), lengths: clauses.map((clause) => [...clause].length) };
}

function isVerse(run: readonly Unit[]): boolean {
  const lengths = run.flatMap((unit) => unit.lengths);
  return lengths.length >= 2 && lengths.every((length) => length <= LONGEST_LINE) && sum(lengths) >= 14;
}

/** Whether a neighbour that is left out looks like more of the same poem. */
function isCut(units: readonly Unit[], from: number, to: number): boolean {
  const widths = new Set(units.slice(from, to).flatMap(({ lengths }) => lengths));
  const more = (unit: Unit | undefined): boolean =>
    unit !== undefined && !/[：:]$|^《/u.test(unit.text) && unit.lengths.every((length) => widths.has(length));
  return more(units[from - 1]) || more(units[to]);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
