/**
 * Composing with the model: several candidates under all rules, the best first, every number visible.
 *
 *   wish (and a score of which parts are kept) ─▶ task ─▶ rows of the model under the grammar ─▶ scores ─▶ ranked
 *
 * A new tune, a continuation, a hole to be filled, a part to be added, a tune on a given rhythm or on given chords are one thing:
 * a task with more or less given.
 */
import type { Random } from '../../../../core/index.ts';
import type { TokenModel } from '../../../../kernel/index.ts';
import { refusal } from '../../refusal.ts';
import { type Bar, commonResolution, type Note, rescale, type Score } from '../../score/index.ts';
import type { CopyReport, TuneIndex } from '../../theory/index.ts';
import { GRID, type Sheet, scoreOfSheet, sheetOfScore, type Track } from '../events/index.ts';
import { settleWish } from '../rules/index.ts';
import { isDull } from '../style/index.ts';
import type { TuneWish } from '../wish.ts';
import { beatOf } from './automaton.ts';
import { type CopyGuard, createCopyGuard, findTuneIndex, holdsCopy, reportCopies } from './copy-guard.ts';
import { melodySoFar } from './melody-so-far.ts';
import { fillSheet, mergeScore, type Place } from './merge.ts';
import { type Hole, planHole, planTune, type TaskOptions } from './plan-task.ts';
import { scoreTunes, type TuneScores } from './rank.ts';
import type { TuneTask } from './task.ts';
import { writeLong } from './write-long.ts';
import type { WrittenRow } from './write-rows.ts';

export interface ComposeOptions extends TaskOptions {
  readonly random: Random;
  /** Candidates returned; default 1. */
  readonly count?: number | undefined;
  /** Candidates written to choose from; default 8, at least `count`. */
  readonly candidates?: number | undefined;
  /** Default 0.95. */
  readonly temperature?: number | undefined;
  /** Default 0.96. */
  readonly topP?: number | undefined;
  /** Default 0.02. */
  readonly minP?: number | undefined;
  /** The tunes that must not be copied for more than two bars; default those that the model has beside its weights. */
  readonly tuneIndex?: TuneIndex | undefined;
  /** Judges by other means than an index. */
  readonly isCopy?: CopyGuard | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface TuneCandidate {
  readonly score: Score;
  readonly scores: TuneScores;
  /** Whether copies of known tunes were looked for while it was written. */
  readonly copiesChecked: boolean;
  /** What the whole melody has in common with known tunes; absent without an index. */
  readonly copies?: CopyReport;
}

/** Composes new tunes after a wish; best first. Throws `music/no-candidate`, `music/too-long-for-model`, `music/not-a-tune-model`. */
export async function composeTunes(
  model: TokenModel,
  wish: TuneWish,
  options: ComposeOptions,
): Promise<TuneCandidate[]> {
  const settled = settleWish(wish, options.random.fork('wish'));
  const task = planTune(wish, settled, options);
  const finish = (sheet: Sheet): Score =>
    scoreOfSheet(sheet, {
      tonic: settled.tonic,
      quarterBpm: settled.quarterBpm,
      title: wish.title ?? '',
      ...(wish.instrument ? { instruments: { melody: wish.instrument } } : {}),
    });
  return carryOut(model, task, finish, options);
}

/** Writes bars of a score anew, in tracks that it has or not; the rest, and locked notes, stay untouched. Throws as `composeTunes`. */
export async function infillTune(
  model: TokenModel,
  score: Score,
  hole: Hole,
  wish: TuneWish,
  options: ComposeOptions,
): Promise<TuneCandidate[]> {
  const even = rescaled(score);
  const task = planHole(even, hole, wish, options);
  const partOf = partNames(even, options);
  return carryOut(model, task, (sheet) => mergeScore(even, sheet, task.write, partOf), options);
}

/** Goes on for `bars` more bars after the end of a score. Throws as `composeTunes`. */
export async function continueTune(
  model: TokenModel,
  score: Score,
  bars: number,
  wish: TuneWish,
  options: ComposeOptions,
): Promise<TuneCandidate[]> {
  const longer = lengthened(rescaled(score), bars);
  return infillTune(model, longer, { from: score.bars.length, to: longer.bars.length }, wish, options);
}

/** At ticks that both the score and the grid can count, so that no kept time is rounded. */
function rescaled(score: Score): Score {
  const common = commonResolution(score.ticksPerQuarter, GRID);
  return common <= FINEST ? rescale(score, common) : score;
}

/** The finest resolution that a score may have. */
const FINEST = 1_000_000;

/** The score with empty bars after its last, in that bar's full metre and key. */
function lengthened(score: Score, count: number): Score {
  const last = score.bars.at(-1)!;
  const length = (last.metre[0] * 4 * score.ticksPerQuarter) / last.metre[1];
  const from = last.at + last.length;
  const added = Array.from(
    { length: count },
    (_, i): Bar => ({ at: from + i * length, length, metre: last.metre, key: last.key }),
  );
  const { line: _, ...end } = last;
  return { ...score, bars: [...score.bars.slice(0, -1), end, ...added] };
}

/** Which part plays a track: the one that is named so, else by its place. */
function partNames(score: Score, { tracks }: TaskOptions): (track: Track) => Place | undefined {
  return (track) => {
    for (const [part, own] of Object.entries(tracks ?? {})) {
      if (own === track) return { part };
      if (Array.isArray(own) && own.includes(track)) return { part, staff: own.indexOf(track) + 1 };
    }
    const named = score.parts.find(({ id }) => id === track) ?? (track === 'melody' ? score.parts[0] : undefined);
    return named && { part: named.id };
  };
}

async function carryOut(
  model: TokenModel,
  task: TuneTask,
  finish: (sheet: Sheet) => Score,
  options: ComposeOptions,
): Promise<TuneCandidate[]> {
  const { random, count = 1, candidates = 8, temperature = 0.95, topP = 0.96, minP = 0.02 } = options;
  const index = options.tuneIndex ?? findTuneIndex(model);
  const isCopy = options.isCopy ?? (index && createCopyGuard(index));
  const written = await writeLong(model, task, {
    rows: Math.max(count, candidates),
    keep: count,
    sampling: { temperature, topP, minP },
    random: random.fork('rows'),
    isCopy,
    signal: options.signal,
    onProgress: options.onProgress,
  });
  if (written.length === 0) throw noCandidate();
  const rows = withoutDull(withoutCopies(written, task, isCopy), task);
  const melodies = rows.map((row) => melodySoFar(task, row.contents));
  const beat = beatOf(task.sheet.bars[0]!);
  const scores = scoreTunes(
    rows.map((row, i) => ({ row, beat, ...melodies[i]! })),
    task.controls,
    task.tonic,
  );
  return rows
    .map(
      (row, i): TuneCandidate => ({
        score: finish(fillSheet(task.sheet, task.write, row.contents)),
        scores: scores[i]!,
        copiesChecked: isCopy !== undefined,
        ...(index ? { copies: reportCopies(index, melodies[i]!) } : {}),
      }),
    )
    .sort((a, b) => b.scores.total - a.scores.total)
    .filter(({ score }, i, all) => all.findIndex((other) => sameNotes(other.score, score)) === i)
    .slice(0, count);
}

/**
 * Rows that copy nothing, if there are any: where the rules left a single note, as at the end of a phrase, a row could not be
 * turned away.
 */
function withoutCopies(rows: readonly WrittenRow[], task: TuneTask, isCopy?: CopyGuard): readonly WrittenRow[] {
  if (!isCopy) return rows;
  const own = rows.filter(({ contents }) => !holdsCopy(isCopy, melodySoFar(task, contents)));
  return own.length > 0 ? own : rows;
}

/** Rows that are tunes, if there are any: no drone, no two notes going round. */
function withoutDull(rows: readonly WrittenRow[], task: TuneTask): readonly WrittenRow[] {
  const lively = rows.filter(({ contents }) => !isDull(melodySoFar(task, contents).notes));
  return lively.length > 0 ? lively : rows;
}

function sameNotes(a: Score, b: Score): boolean {
  const text = (score: Score): string =>
    score.parts
      .map(({ notes }) => notes.map(({ at, length, pitch }: Note) => `${at}:${length}:${pitch}`).join(' '))
      .join('|');
  return text(a) === text(b) && JSON.stringify(a.chords) === JSON.stringify(b.chords);
}

function noCandidate(): Error {
  return refusal(
    'input',
    'music/no-candidate',
    { en: 'No tune could be finished under all these wishes together.', zh: '在这些要求之下，没有写成一首曲子。' },
    {
      en: 'Widen the range, lock fewer notes, or ask for no chord tones.',
      zh: '请放宽音域、少锁定几个音，或不要求强拍用和弦音。',
    },
  );
}

/** Whether a score can be read by the tune language as it is, before work begins. */
export function fitsTuneLanguage(score: Score, options: TaskOptions = {}): boolean {
  try {
    sheetOfScore(score, options);
    return true;
  } catch {
    return false;
  }
}
