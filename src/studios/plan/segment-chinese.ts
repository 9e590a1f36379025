/**
 * Chinese text taken apart into names of the lexicon, classical words, plain words and the rest.
 *
 *   写一首|关于|萤火虫|的|诗   ─▶ firefly
 *   火龙果                  ─▶ not known; its characters 火, 龙 are a guess
 *
 * The cheapest path through the text wins: a known word costs 1, a known single character a little more, an unknown one much more.
 */
import { type Lexicon, loadLexicon } from './lexicon.ts';
import type { Mention, Segments } from './mention.ts';

type Kind = 'name' | 'plain' | 'tone' | 'single' | 'unknown' | 'gap';
interface Piece {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

const LONGEST = 10;
const COST: Readonly<Record<Kind, number>> = { name: 1, plain: 1, tone: 1, single: 1.6, unknown: 4, gap: 0 };
const HAN = /\p{Script=Han}/u;

/** Takes simplified Chinese apart; everything that is not Chinese is a gap. */
export function segmentChinese(text: string): Segments {
  const lexicon = loadLexicon();
  const pieces = cut(text, lexicon);
  const mentions: Mention[] = [];
  const unknown: string[] = [];
  for (const run of runsOf(pieces)) readRun(run, { text, lexicon, mentions, unknown });
  const feelings = pieces
    .filter(({ kind }) => kind === 'tone')
    .map(({ start, end }) => lexicon.tones.get(text.slice(start, end))!);
  return { mentions, feelings, unknown };
}

/** The words of the cheapest path. */
function cut(text: string, lexicon: Lexicon): Piece[] {
  const best: { cost: number; piece: Piece }[] = [];
  for (let end = 1; end <= text.length; end++) {
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      const kind = kindOf(text.slice(start, end), lexicon);
      if (kind === undefined) continue;
      const cost = (best[start - 1]?.cost ?? 0) + COST[kind];
      if (best[end - 1] === undefined || cost < best[end - 1]!.cost)
        best[end - 1] = { cost, piece: { kind, start, end } };
    }
  }
  const pieces: Piece[] = [];
  for (let end = text.length; end > 0; end = pieces.at(-1)!.start) pieces.push(best[end - 1]!.piece);
  return pieces.reverse();
}

function kindOf(word: string, { chinese, words, plainChinese, tones }: Lexicon): Kind | undefined {
  if (word.length === 1) {
    if (!HAN.test(word)) return 'gap';
    if (plainChinese.has(word)) return 'plain';
    return chinese.has(word) || words.has(word) ? 'single' : 'unknown';
  }
  if (chinese.has(word) || words.has(word)) return 'name';
  if (tones.has(word)) return 'tone';
  return plainChinese.has(word) ? 'plain' : undefined;
}

/** Words stand alone; single and unknown characters that touch form one run. */
function runsOf(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  let open: Piece[] = [];
  for (const piece of pieces) {
    const isLoose = piece.kind === 'single' || piece.kind === 'unknown';
    if (!isLoose) open = [];
    if (isLoose && open.length === 0) runs.push(open);
    if (isLoose) open.push(piece);
    if (piece.kind === 'name') runs.push([piece]);
  }
  return runs;
}

interface Ledger {
  readonly text: string;
  readonly lexicon: Lexicon;
  readonly mentions: Mention[];
  readonly unknown: string[];
}

function readRun(run: readonly Piece[], { text, lexicon, mentions, unknown }: Ledger): void {
  const known = run.filter(({ kind }) => kind !== 'unknown');
  const whole = text.slice(run[0]!.start, run.at(-1)!.end);
  if (known.length === run.length) {
    for (const piece of run) mentions.push(toMention(piece, text, lexicon, run.length === 1 ? 1 : 0.7));
  } else if (known.length > 0) {
    const characters = [...new Set(known.map(({ start, end }) => text.slice(start, end)))];
    const concepts = whole.length === 2 ? (lexicon.chinese.get(characters[0]!) ?? []) : [];
    const { start } = run[0]!;
    const sureness = concepts.length > 0 ? 0.45 : 0.3;
    mentions.push({ start, end: run.at(-1)!.end, name: whole, concepts, words: characters, sureness });
  } else if (whole.length > 1) unknown.push(whole);
}

function toMention({ start, end }: Piece, text: string, { chinese, words }: Lexicon, sureness: number): Mention {
  const name = text.slice(start, end);
  const named = chinese.get(name);
  const near = words.get(name);
  const concepts = named ?? (near === undefined ? [] : [near]);
  return { start, end, name, concepts, words: words.has(name) ? [name] : [], sureness };
}
