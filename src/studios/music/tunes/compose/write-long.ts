/**
 * Carries out tasks that are longer than the model can read at once: stretch after stretch, each seeing the bars around it.
 *
 *   ├── 1st ──┤              written with what follows kept in sight
 *        seen ├── 2nd ──┤    and so on; every candidate goes its own way
 */
import { OsError } from '../../../../core/index.ts';
import type { TokenModel } from '../../../../kernel/index.ts';
import { barsLeft, type Sheet, type SheetBar, tracksOf } from '../events/index.ts';
import { fillSheet } from './merge.ts';
import type { TuneTask } from './task.ts';
import { type WriteOptions, type WrittenRow, writeRows } from './write-rows.ts';

/** Tokens that a cell to be written is expected to need, by its length in quarters. */
const TOKENS_A_QUARTER = 5;
/** Bars before and after a stretch that the model sees. */
const SIGHT = 8;

/** Shares of what the model reads at once that a stretch is planned for: when bars grow fuller than expected, shorter ones. */
const ROOM = [1, 0.75, 0.5] as const;

type LongOptions = WriteOptions & { readonly keep: number };

/** Writes the rows of a task of any length; long ones give as many rows as `keep`. Throws as `writeRows`. */
export async function writeLong(model: TokenModel, task: TuneTask, options: LongOptions): Promise<WrittenRow[]> {
  for (const share of ROOM.slice(0, -1)) {
    try {
      return await writeWithin(Math.floor(share * model.contextLength), model, task, options);
    } catch (error) {
      if (!(error instanceof OsError) || error.code !== 'music/too-long-for-model') throw error;
    }
  }
  return writeWithin(Math.floor(ROOM.at(-1)! * model.contextLength), model, task, options);
}

async function writeWithin(
  room: number,
  model: TokenModel,
  task: TuneTask,
  options: LongOptions,
): Promise<WrittenRow[]> {
  const stretches = stretchesOf(task, room);
  if (stretches.length <= 1) return writeRows(model, task, options);
  let partial: WrittenRow[] = [{ contents: [], logProbability: 0, choices: 0, avoidedCopies: 0 }];
  for (const [n, { from, to }] of stretches.entries()) {
    const next: WrittenRow[] = [];
    for (const [i, before] of partial.entries()) {
      const rows = await writeRows(model, windowOf(task, before, from, to), {
        ...options,
        rows: Math.max(1, Math.ceil(options.rows / partial.length)),
        random: options.random.fork(`stretch-${n}-${i}`),
      });
      const kept = rows.sort((a, b) => likelihood(b) - likelihood(a)).slice(0, n === 0 ? options.keep : 1);
      next.push(...kept.map((row) => joined(before, row)));
    }
    partial = next;
    options.onProgress?.(to, task.sheet.bars.length);
  }
  return partial;
}

const likelihood = ({ logProbability, choices }: WrittenRow): number => logProbability / Math.max(1, choices);

function joined(a: WrittenRow, b: WrittenRow): WrittenRow {
  return {
    contents: [...a.contents, ...b.contents],
    logProbability: a.logProbability + b.logProbability,
    choices: a.choices + b.choices,
    avoidedCopies: a.avoidedCopies + b.avoidedCopies,
  };
}

/** Stretches of bars, one where all fits. */
function stretchesOf({ sheet, write }: TuneTask, room: number): { readonly from: number; readonly to: number }[] {
  const costs = sheet.bars.map((bar, i) => costOf(sheet, bar, i, write.filter((segment) => segment.bar === i).length));
  const total = costs.reduce((sum, cost) => sum + cost.kept + cost.written, 0);
  if (total + 24 < room) return [{ from: 0, to: sheet.bars.length }];
  const stretches: { from: number; to: number }[] = [];
  let from = write[0]?.bar ?? 0;
  while (from < sheet.bars.length) {
    let to = from + 1;
    while (to < sheet.bars.length && spent(costs, from, to + 1) < room - 24) to++;
    stretches.push({ from, to });
    from = to;
  }
  return stretches;
}

interface Cost {
  readonly kept: number;
  readonly written: number;
}

function costOf({ tracks }: Sheet, bar: SheetBar, i: number, cells: number): Cost {
  const kept = Object.values(tracks).reduce((sum, contents) => sum + contents[i]!.length + 1, 2);
  return { kept, written: cells * (4 + (TOKENS_A_QUARTER * bar.length) / 24) };
}

/** Tokens of a stretch with what is seen around it; bars written before cost as much as those to be written. */
function spent(costs: readonly Cost[], from: number, to: number): number {
  const seen = costs.slice(Math.max(0, from - SIGHT), to + SIGHT);
  return seen.reduce((sum, cost) => sum + cost.kept + cost.written, 0);
}

/** The task of a stretch: its bars and those around it, with what was written before kept. */
function windowOf(task: TuneTask, before: WrittenRow, from: number, to: number): TuneTask {
  const filled = fillSheet(task.sheet, task.write.slice(0, before.contents.length), before.contents);
  const first = Math.max(0, from - SIGHT);
  const last = lastSeen(task, to);
  const bars = filled.bars.slice(first, last).map((bar, i) => ({ ...bar, left: barsLeft(task.sheet.bars, first + i) }));
  const tracks = Object.fromEntries(tracksOf(filled).map((track) => [track, filled.tracks[track]!.slice(first, last)]));
  return {
    ...task,
    sheet: { bars, tracks },
    write: task.write
      .filter(({ bar }) => bar >= from && bar < to)
      .map((segment) => ({ ...segment, bar: segment.bar - first })),
    again: new Map([...(task.again ?? [])].map(([bar, source]) => [bar - first, source - first])),
    cell: (segment) => task.cell({ ...segment, bar: segment.bar + first }),
  };
}

/** Bars after a stretch are seen as far as nothing in them is still to be written. */
function lastSeen({ sheet, write }: TuneTask, to: number): number {
  const open = write.find(({ bar }) => bar >= to)?.bar ?? sheet.bars.length;
  return Math.min(sheet.bars.length, to + SIGHT, open);
}
