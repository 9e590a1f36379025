/** What of a piece leaves the house: some bars, some parts, at another tempo. */

import { findInstrument } from './instruments/index.ts';
import { refusal } from './refusal.ts';
import { cutScore, endOf, hasPickup, type Mark, type Part, type Score } from './score/index.ts';

export interface Excerpt {
  /** First and last bar as a musician counts them: a pickup bar is 0. Default all. */
  readonly bars?: readonly [number, number] | undefined;
  /** Factor of speed; default 1. */
  readonly tempo?: number | undefined;
  /** Parts by name, id, instrument or number from 1; default all. */
  readonly parts?: readonly string[] | undefined;
}

/** The excerpt as a score of its own. Throws `music/no-such-bars`, `music/no-such-part`. */
export function excerptOf(score: Score, { bars, tempo = 1, parts }: Excerpt): Score {
  const players = parts ? { ...score, parts: pickParts(score.parts, parts) } : score;
  const cut = bars ? cutBars(players, bars) : players;
  return tempo === 1 ? cut : { ...cut, tempos: cut.tempos.map((one) => ({ ...one, quarterBpm: faster(one, tempo) })) };
}

function faster({ quarterBpm }: { readonly quarterBpm: number }, factor: number): number {
  return Math.max(5, Math.min(1000, quarterBpm * factor));
}

function pickParts(parts: readonly Part[], names: readonly string[]): Part[] {
  const wanted = names.map((name) => {
    const found = parts.filter((part, i) => answersTo(part, i, name));
    if (found.length === 0) throw noSuchPart(name, parts);
    return found;
  });
  return parts.filter((part) => wanted.some((found) => found.includes(part)));
}

function answersTo(part: Part, place: number, name: string): boolean {
  const asked = name.trim().toLowerCase();
  const instrument = findInstrument(asked)?.id;
  return (
    [part.id, part.name.toLowerCase(), part.instrument, String(place + 1)].includes(asked) ||
    part.instrument === instrument
  );
}

/** Played once through, since its repeats may lead out of it; what holds at its beginning is written there. */
function cutBars(score: Score, [first, last]: readonly [number, number]): Score {
  const before = hasPickup(score) ? 0 : 1;
  const [from, to] = [first - before, last - before + 1];
  if (from < 0 || to > score.bars.length || from >= to) throw noSuchBars(first, last, before, score.bars.length);
  if (from === 0 && to === score.bars.length) return score;
  const [start, end] = [score.bars[from]!.at, endOf({ bars: score.bars.slice(0, to) })];
  const cut = cutScore(score, from, to);
  const chord = score.chords.findLast(({ at }) => at <= start);
  return {
    ...cut,
    bars: cut.bars.map(({ repeatStart: _, repeatEnd: __, ending: ___, jump: ____, ...bar }) => bar),
    chords: chord && cut.chords[0]?.at !== 0 ? [{ ...chord, at: 0 }, ...cut.chords] : cut.chords,
    parts: cut.parts.map((part, i) => heldOver(part, score.parts[i]!, [start, end])),
  };
}

/** A part of a stretch with the clefs, dynamics and spans that reach into it from before. */
function heldOver(part: Part, { marks = [], spans = [] }: Part, [start, end]: readonly [number, number]): Part {
  const inForce = new Map<string, Mark>();
  for (const mark of marks) {
    if (mark.kind !== 'text' && mark.at < start) inForce.set(`${mark.kind} ${mark.staff ?? ''}`, { ...mark, at: 0 });
  }
  const own = part.marks ?? [];
  for (const mark of own) if (mark.at === 0) inForce.delete(`${mark.kind} ${mark.staff ?? ''}`);
  const reaching = spans
    .map((span) => ({ ...span, from: Math.max(start, span.from) - start, to: Math.min(end, span.to) - start }))
    .filter(({ from, to }) => to > from);
  return { ...part, marks: [...inForce.values(), ...own], spans: reaching };
}

function noSuchBars(first: number, last: number, before: number, count: number): Error {
  const end = count + before - 1;
  return refusal(
    'input',
    'music/no-such-bars',
    {
      en: `The piece has bars ${before} to ${end}; ${first}–${last} is no stretch of it.`,
      zh: `乐曲有第 ${before} 至 ${end} 小节，没有 ${first}–${last} 这一段。`,
    },
    { en: 'Name the first bar and the last, such as 5-8.', zh: '请给出首尾小节号，如 5-8。' },
  );
}

function noSuchPart(name: string, parts: readonly Part[]): Error {
  const known = parts.map((part, i) => `${i + 1} ${part.name || part.instrument}`).join(', ');
  return refusal(
    'input',
    'music/no-such-part',
    { en: `The piece has no part “${name}”.`, zh: `乐曲里没有声部“${name}”。` },
    { en: `Its parts: ${known}.`, zh: `声部有：${known}。` },
  );
}
