/**
 * The weights that people put on words, as image generators read them.
 *
 *   a (red boat:1.3) on a [misty] river ─▶ text     a red boat on a misty river
 *   Negative prompt: birds                 pieces   a ·1 | red boat ·1.3 | on a ·1 | misty ·0.91 | river ·1
 *                                          negative birds
 *
 * `(x)` is ×1.1, `((x))` ×1.21, `[x]` ÷1.1, `(x:1.3)` ×1.3; `\(` is a bracket that is meant. Full-width （x：1.3） is the same; full-width
 * brackets without a number are plain punctuation, unless doubled. What we cannot follow (LoRA, words that change on the way) is said.
 */
import type { Bilingual } from '../../../kernel/index.ts';

/** Some words and how much they count; 1 is plain. */
export interface WeightedPiece {
  readonly text: string;
  readonly weight: number;
}

/** See the file header. */
export interface ParsedPrompt {
  /** The plain words, for whoever reads sentences. */
  readonly text: string;
  /** All of it in order, in runs of one weight. */
  readonly pieces: readonly WeightedPiece[];
  /** The runs that are not plain. */
  readonly weights: readonly WeightedPiece[];
  /** Plain words of what is not wanted; empty when nothing was said. */
  readonly negative: string;
  /** The same with weights. */
  readonly negativePieces: readonly WeightedPiece[];
  /** What was left out because we cannot follow it. */
  readonly notes: readonly Bilingual[];
}

const ROUND = 1.1;
const NEGATIVE = /^[^\S\n]*(?:negative prompt|反向提示词|负面提示词|负向提示词)[^\S\n]*[:：]/imu;
/** The line of settings below a prompt that was copied whole. */
const SETTINGS = /^Steps: \d+, .*$/imu;

/** Parses a prompt; never throws: brackets that are not closed count to the end. `negative` is added to what the text itself says. */
export function parsePrompt(prompt: string, negative = ''): ParsedPrompt {
  const notes: Bilingual[] = [];
  const bare = prompt.replace(SETTINGS, '');
  const split = NEGATIVE.exec(bare);
  const wanted = split ? bare.slice(0, split.index) : bare;
  const within = split ? bare.slice(split.index + split[0].length) : '';
  const pieces = piecesOf(wanted, notes);
  const unwanted = piecesOf([within.trim(), negative.trim()].filter((part) => part !== '').join(', '), notes);
  return {
    text: textOf(pieces),
    pieces,
    weights: pieces.filter(({ weight, text }) => weight !== 1 && text.trim() !== ''),
    negative: textOf(unwanted),
    negativePieces: unwanted,
    notes,
  };
}

const textOf = (pieces: readonly WeightedPiece[]): string =>
  pieces
    .map(({ text }) => text)
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .trim();

interface Bracket {
  readonly sign: '(' | '[' | '（';
  /** Its first run. */
  readonly at: number;
}

const NUMBER = String.raw`[:：]\s*([+-]?[\d０-９]*[.．]?[\d０-９]+)\s*`;
const TOKEN = new RegExp(
  String.raw`\\([()[\]{}|\\（）])|(${NUMBER})[)）]|([([（])|([)\]）])|[^\\()[\]（）:：]+|[\s\S]`,
  'gu',
);

function piecesOf(prompt: string, notes: Bilingual[]): WeightedPiece[] {
  const runs: { text: string; weight: number }[] = [];
  const open: Bracket[] = [];
  const multiply = (from: number, factor: number): void => {
    for (const run of runs.slice(from)) run.weight *= factor;
  };
  const text = doubledBrackets(withoutForeign(prompt, notes));
  for (const [token, escaped, numbered, number, opening, closing] of text.matchAll(TOKEN)) {
    if (escaped !== undefined) runs.push({ text: escaped, weight: 1 });
    else if (numbered !== undefined) closeNumbered(token, Number(number!.normalize('NFKC')));
    else if (opening !== undefined) {
      open.push({ sign: opening as Bracket['sign'], at: runs.length });
      if (opening === '（') runs.push({ text: opening, weight: 1 });
    } else if (closing !== undefined) close(closing);
    else runs.push({ text: token, weight: 1 });
  }
  // As generators do: what is not closed counts to the end.
  for (const { sign, at } of open) if (sign !== '（') multiply(at, sign === '(' ? ROUND : 1 / ROUND);
  return merged(runs);

  function closeNumbered(token: string, factor: number): void {
    const bracket = open.at(-1);
    if (!bracket || bracket.sign === '[') {
      runs.push({ text: token, weight: 1 });
      return;
    }
    open.pop();
    if (bracket.sign === '（') runs.splice(bracket.at, 1);
    multiply(bracket.at, clampWeight(factor));
  }

  function close(sign: string): void {
    const wanted = { ')': '(', ']': '[', '）': '（' }[sign];
    if (open.at(-1)?.sign !== wanted) {
      runs.push({ text: sign, weight: 1 });
      return;
    }
    const { at } = open.pop()!;
    if (sign === '）') runs.push({ text: sign, weight: 1 });
    else multiply(at, sign === ')' ? ROUND : 1 / ROUND);
  }
}

const clampWeight = (weight: number): number => Math.max(0, Math.min(10, weight));

/** Neighbours of one weight become one run. */
function merged(runs: readonly WeightedPiece[]): WeightedPiece[] {
  const pieces: { text: string; weight: number }[] = [];
  for (const { text, weight } of runs) {
    const exact = Math.round(weight * 10_000) / 10_000;
    const last = pieces.at(-1);
    if (last && last.weight === exact) last.text += text;
    else pieces.push({ text, weight: exact });
  }
  return pieces;
}

/** （（x）） is ((x)). */
function doubledBrackets(text: string): string {
  return text.replace(/(（{2,})([^（）]*)(）{2,})/gu, (all, left: string, inner: string, right: string) =>
    left.length === right.length ? `${'('.repeat(left.length)}${inner}${')'.repeat(left.length)}` : all,
  );
}

/** Takes out what belongs to other generators alone. */
function withoutForeign(prompt: string, notes: Bilingual[]): string {
  const said = (what: string): void => {
    notes.push({ en: `Not followed: ${what}`, zh: `不支持，未采用：${what}` });
  };
  return prompt
    .replace(/<(?:lora|lyco|hypernet):[^<>]{1,200}>/giu, (tag) => {
      said(tag);
      return '';
    })
    .replace(/\[([^[\]:|]{0,400}):([^[\]:|]{0,400}):\s*[\d.]+\s*\]/gu, (tag, _from, to: string) => {
      said(tag);
      return to;
    })
    .replace(/\[([^[\]|]{1,400}(?:\|[^[\]|]{0,400})+)\]/gu, (tag, all: string) => {
      said(tag);
      return all.replaceAll('|', ', ');
    })
    .replace(/\b(?:BREAK|AND)\b/gu, ',');
}
