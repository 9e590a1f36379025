/** Which of the styles that a tune model knows its reader should take an artist's tunes for: the one that makes them least surprising. */
import type { TokenModel } from '../../../../kernel/index.ts';
import { encodeTune, METRES, STYLES, type Style } from '../events/index.ts';
import { cutWindow } from './cut-window.ts';
import type { TunePiece } from './documents.ts';
import { idsOf } from './numbers.ts';

/** Tunes of each metre that are tried, and bars of each. */
const TRIED = 4;
const BARS = 8;

export type StyleByMetre = Readonly<Record<string, Style>>;

/** Tries all styles on some tunes of each metre. */
export async function findStyles(
  model: TokenModel,
  pieces: readonly TunePiece[],
  signal: AbortSignal,
): Promise<StyleByMetre> {
  const byMetre = Map.groupBy(pieces, metreOf);
  const found: [string, Style][] = [];
  for (const metre of METRES) {
    const own = byMetre.get(metre);
    if (own) found.push([metre, await likeliest(model, own.slice(0, TRIED), signal)]);
  }
  return Object.fromEntries(found);
}

/** The metre of a piece: that of its second bar, for the first may be a pickup. */
export function metreOf({ score }: TunePiece): string {
  return (score.bars[1] ?? score.bars[0]!).metre.join('/');
}

async function likeliest(model: TokenModel, pieces: readonly TunePiece[], signal: AbortSignal): Promise<Style> {
  const totals: number[] = [];
  for (const style of STYLES) {
    const rows = pieces.map(({ score }) => writeStart(score, style).slice(0, model.contextLength));
    const scores = await model.score(rows.map(idsOf), signal);
    totals.push(scores.reduce((sum, row, i) => sum + contentOf(row, rows[i]!), 0));
  }
  return STYLES[totals.indexOf(Math.max(...totals))]!;
}

function writeStart(score: TunePiece['score'], style: Style): string[] {
  const start = cutWindow({ ...score, chords: [] }, 0, Math.min(BARS, score.bars.length));
  const melody = { ...start, parts: [start.parts[0]!] };
  return encodeTune(melody, { style, tracks: { [melody.parts[0]!.id]: 'melody' } });
}

/** The likelihood of what follows the controls. */
function contentOf(row: Float32Array, tokens: readonly string[]): number {
  return row.slice(tokens.indexOf('<music>') + 1).reduce((a, b) => a + b, 0);
}
