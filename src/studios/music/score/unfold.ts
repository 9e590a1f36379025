/**
 * Order of play: repeats, endings and jumps written out.
 *
 * A repeat is taken as often as its sign says; endings are played in their passes. A jump (da capo, dal segno) is taken once,
 * when all repeats before it are done; afterwards repeats are not taken again and only last endings are played, as players do.
 */
import { compareNotes } from './edit.ts';
import { tooManyNotes } from './parse-score.ts';
import { type Bar, MOST_BARS, MOST_NOTES, type Note, type Part, type Score } from './score.ts';

/** Indices of the bars in the order in which they are played. */
export function playingOrder(bars: readonly Bar[]): number[] {
  const order: number[] = [];
  const state = { start: 0, pass: 1, jumped: undefined as Bar['jump'] };
  let bar = 0;
  while (bar < bars.length && order.length < MOST_BARS) {
    const { repeatStart, ending } = bars[bar]!;
    if (repeatStart && state.start !== bar) Object.assign(state, { start: bar, pass: 1 });
    const pass = state.jumped ? lastPass(bars, bar) : state.pass;
    if (ending && !ending.includes(pass)) {
      bar++;
      continue;
    }
    order.push(bar);
    bar = nextBar(bars, bar, state);
  }
  return order;
}

interface Journey {
  start: number;
  pass: number;
  jumped: Bar['jump'];
}

function nextBar(bars: readonly Bar[], bar: number, state: Journey): number {
  const { repeatEnd = 1, jump, ending } = bars[bar]!;
  if (state.jumped) return nextAfterJump(bars, bar, state.jumped);
  if (repeatEnd > state.pass) {
    state.pass++;
    return state.start;
  }
  if (repeatEnd > 1) Object.assign(state, { start: bar + 1, pass: 1 });
  // The last ending has no repeat sign; the section is over when the bracket is.
  else if (ending && !bars[bar + 1]?.ending) Object.assign(state, { start: bar + 1, pass: 1 });
  if (repeatEnd > 1 && bars[bar + 1]?.ending)
    state.pass = repeatEnd + (bars[bar + 1]!.ending!.includes(repeatEnd) ? 0 : 1);
  if (jump?.startsWith('da-capo')) return jumpTo(0, jump, state);
  if (jump?.startsWith('dal-segno')) return jumpTo(Math.max(0, findJump(bars, 'segno')), jump, state);
  return bar + 1;
}

function jumpTo(bar: number, jump: Bar['jump'], state: Journey): number {
  state.jumped = jump;
  return bar;
}

function nextAfterJump(bars: readonly Bar[], bar: number, jumped: NonNullable<Bar['jump']>): number {
  const { jump } = bars[bar]!;
  if (jump === 'fine' && jumped.endsWith('fine')) return bars.length;
  const coda = findJump(bars, 'coda');
  if (jump === 'to-coda' && jumped.endsWith('coda') && coda > bar) return coda;
  return bar + 1;
}

function findJump(bars: readonly Bar[], sign: Bar['jump']): number {
  return bars.findIndex(({ jump }) => jump === sign);
}

/** The last pass of the brackets around a bar. */
function lastPass(bars: readonly Bar[], bar: number): number {
  let last = 1;
  for (let i = bar; bars[i]?.ending; i++) last = Math.max(last, ...bars[i]!.ending!);
  for (let i = bar; bars[i]?.ending; i--) last = Math.max(last, ...bars[i]!.ending!);
  return last;
}

/** A stretch of ticks of the written score and where it is played. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

function runsOf(bars: readonly Bar[]): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const index of playingOrder(bars)) {
    const bar = bars[index]!;
    const last = runs.at(-1);
    if (last && last.to === bar.at) runs[runs.length - 1] = { ...last, to: bar.at + bar.length };
    else runs.push({ from: bar.at, to: bar.at + bar.length, at });
    at += bar.length;
  }
  return runs;
}

/**
 * The score as it is played, without repeats and jumps; the same score when there are none. Tempo and dynamics in force where
 * a passage begins are stated again. Notes that ring over a jump end there. Throws `music/too-many-notes`.
 */
export function unfoldScore(score: Score): Score {
  const runs = runsOf(score.bars);
  if (runs.length === 1 && runs[0]!.to === score.bars.at(-1)!.at + score.bars.at(-1)!.length) return score;
  const notes = runs.reduce(
    (sum, { from, to }) =>
      sum + score.parts.reduce((all, { notes }) => all + firstAt(notes, to) - firstAt(notes, from), 0),
    0,
  );
  if (notes > MOST_NOTES) throw tooManyNotes(notes);
  const carry = <T extends { at: number }>(items: readonly T[], sameKind: (a: T, b: T) => boolean): T[] =>
    runs.flatMap((run) => cutMarks(items, run, sameKind));
  return {
    ...score,
    bars: playingOrder(score.bars).reduce<Bar[]>((bars, index) => pushPlain(bars, score.bars[index]!), []),
    tempos: carry(score.tempos, () => true),
    chords: carry(score.chords, () => true),
    parts: score.parts.map((part) => unfoldPart(part, runs)),
  };
}

function pushPlain(bars: Bar[], bar: Bar): Bar[] {
  const { repeatStart, repeatEnd, ending, jump, ...plain } = bar;
  const last = bars.at(-1);
  bars.push({ ...plain, at: last ? last.at + last.length : 0 });
  return bars;
}

/** What lies in the run, and before it the last of each kind from earlier, moved to where the run is played. */
function cutMarks<T extends { at: number }>(
  items: readonly T[],
  { from, to, at }: Run,
  sameKind: (a: T, b: T) => boolean,
): T[] {
  const inside = items.filter((item) => item.at >= from && item.at < to);
  const before = items.filter((item) => item.at < from);
  const inForce = before.filter(
    (item, i) =>
      !before.slice(i + 1).some((later) => sameKind(item, later)) &&
      !inside.some((own) => own.at === from && sameKind(item, own)),
  );
  return [...inForce.map((item) => ({ ...item, at })), ...inside.map((item) => ({ ...item, at: item.at - from + at }))];
}

function unfoldPart(part: Part, runs: readonly Run[]): Part {
  const notes = runs.flatMap(({ from, to, at }) =>
    part.notes
      .slice(firstAt(part.notes, from), firstAt(part.notes, to))
      .map((note) => ({ ...note, at: note.at - from + at, length: Math.min(note.length, to - note.at) })),
  );
  const spans = runs.flatMap(({ from, to, at }) =>
    (part.spans ?? [])
      .filter((span) => span.from >= from && span.from < to)
      .map((span) => ({ ...span, from: span.from - from + at, to: Math.min(span.to, to) - from + at })),
  );
  const steady = (part.marks ?? []).filter(({ kind }) => kind !== 'text');
  const marks = runs.flatMap((run) => [
    ...cutMarks(steady, run, (a, b) => a.kind === b.kind && a.staff === b.staff),
    ...(part.marks ?? [])
      .filter(({ kind, at }) => kind === 'text' && at >= run.from && at < run.to)
      .map((mark) => ({ ...mark, at: mark.at - run.from + run.at })),
  ]);
  return {
    ...part,
    notes: notes.sort(compareNotes),
    ...(part.spans && { spans }),
    ...(part.marks && { marks: marks.sort((a, b) => a.at - b.at) }),
  };
}

/** Index of the first note at or after a tick; notes are in order. */
function firstAt(notes: readonly Note[], tick: number): number {
  let [low, high] = [0, notes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (notes[middle]!.at < tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
