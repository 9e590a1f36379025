/**
 * Carries out a task with a model: the prompt is read once, then all rows of a batch advance together, each with its own draft
 * and its own randomness, choosing among what the grammar admits.
 */
import type { Random } from '../../../../core/index.ts';
import type { TokenModel } from '../../../../kernel/index.ts';
import { refusal } from '../../refusal.ts';
import { tonicClass } from '../../score/index.ts';
import {
  openTrack,
  type Segment,
  type Sheet,
  semitonesOfToken,
  tracksOf,
  writeBarHead,
  writeControls,
  writeSheet,
} from '../events/index.ts';
import { modeLeaning } from '../style/index.ts';
import {
  admittedTokens,
  beginDraft,
  type Draft,
  endToken,
  type Grammar,
  isFinished,
  listPitches,
  type Step,
  type TrackState,
  write,
} from './automaton.ts';
import { chooseToken, logProbability, type Sampling } from './choose-token.ts';
import type { CopyGuard } from './copy-guard.ts';
import { melodySoFar } from './melody-so-far.ts';
import type { TuneTask } from './task.ts';

/** A row that came to its end. */
export interface WrittenRow {
  /** Contents of the written cells, in the order of `task.write`. */
  readonly contents: readonly (readonly string[])[];
  /** Sum of natural-log probabilities of the tokens that were chosen, over the whole vocabulary. */
  readonly logProbability: number;
  /** Tokens chosen where there was a choice. */
  readonly choices: number;
  /** Times the row was turned away from a copy. */
  readonly avoidedCopies: number;
}

export interface WriteOptions {
  readonly rows: number;
  readonly sampling: Sampling;
  readonly random: Random;
  /** Asked after every pitch of the melody. */
  readonly isCopy?: CopyGuard | undefined;
  readonly signal?: AbortSignal | undefined;
  /** After every bar of the first row. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What is read before writing, and what is written. */
export interface Script {
  readonly prompt: readonly string[];
  readonly steps: readonly Step[];
}

/** The script of a task: forwards where nothing kept follows what is written, else by filling holes. */
export function scriptOf(task: TuneTask): Script {
  const head = writeControls(task.controls);
  return hasKeptAfter(task) ? fillingScript(task, head) : forwardScript(task, head);
}

function hasKeptAfter({ sheet, write }: TuneTask): boolean {
  const first = write[0];
  if (!first) return false;
  const tracks = tracksOf(sheet);
  return sheet.bars.some((_, bar) =>
    tracks.some((track) => {
      const after = bar > first.bar || (bar === first.bar && tracks.indexOf(track) > tracks.indexOf(first.track));
      return after && !isWritten(write, bar, track) && sheet.tracks[track]![bar]!.length > 0;
    }),
  );
}

function isWritten(write: readonly Segment[], bar: number, track: Segment['track']): boolean {
  return write.some((segment) => segment.bar === bar && segment.track === track);
}

function forwardScript(task: TuneTask, head: readonly string[]): Script {
  const { sheet, write } = task;
  const tracks = tracksOf(sheet);
  const steps: Step[] = [{ kind: 'given', tokens: [...head, '<music>'] }];
  for (const [bar, row] of sheet.bars.entries()) {
    steps.push({ kind: 'given', tokens: writeBarHead(sheet.bars, bar) });
    for (const track of tracks) {
      const free = isWritten(write, bar, track);
      const content = free ? ['<hole>'] : sheet.tracks[track]![bar]!;
      const open = openTrack(track, tracks, content);
      if (!free) steps.push({ kind: 'given', tokens: [...open, ...content] });
      else steps.push({ kind: 'given', tokens: open }, cellStep(task, { bar, track }, row));
    }
  }
  return splitPrompt([...steps, { kind: 'given', tokens: ['</s>'] }]);
}

function fillingScript(task: TuneTask, head: readonly string[]): Script {
  const { sheet, write } = task;
  const context = writeSheet(sheet, write);
  const prompt = [...head, ...context.slice(0, context.indexOf('<fill>') + 1)];
  const steps = write.flatMap((segment): Step[] => [
    cellStep(task, segment, sheet.bars[segment.bar]!),
    { kind: 'given', tokens: ['<next>'] },
  ]);
  return { prompt, steps };
}

function cellStep(task: TuneTask, segment: Segment, bar: Sheet['bars'][number]): Step {
  const { sheet, write } = task;
  const follows = segment.bar > 0 && isWritten(write, segment.bar - 1, segment.track);
  const before = follows ? undefined : stateBefore(sheet, segment);
  return { kind: 'cell', segment, bar, rules: task.cell(segment), ...(before ? { before } : {}) };
}

/** What a track does at the beginning of a bar, by the kept bars before it. */
function stateBefore(sheet: Sheet, { bar, track }: Segment): TrackState {
  if (track === 'chords') return { sounding: true };
  const before = sheet.tracks[track]!.slice(0, bar).flat();
  const pitches = new Map(listPitches([...new Set(before)]).map(({ token, semitones }) => [token, semitones]));
  const last = before.findLast((token) => pitches.has(token));
  const final = before.findLast((token) => token === '<rest>' || pitches.has(token));
  const sounding = final !== undefined && final !== '<rest>';
  return last === undefined ? { sounding } : { sounding, last: pitches.get(last)! };
}

/** Given tokens before the first cell belong to the prompt; neighbours among the rest are joined. */
function splitPrompt(steps: readonly Step[]): Script {
  const first = steps.findIndex(({ kind }) => kind === 'cell');
  const prompt = steps.slice(0, first).flatMap((step) => (step.kind === 'given' ? step.tokens : []));
  const joined: Step[] = [];
  for (const step of steps.slice(first)) {
    const last = joined.at(-1);
    if (step.kind === 'given' && last?.kind === 'given') {
      joined[joined.length - 1] = { kind: 'given', tokens: [...last.tokens, ...step.tokens] };
    } else if (step.kind === 'cell' || step.tokens.length > 0) joined.push(step);
  }
  return { prompt, steps: joined };
}

interface Row {
  draft: Draft;
  readonly random: Random;
  /** Tokens of the cells so far. */
  contents: string[][];
  logProbability: number;
  choices: number;
  avoidedCopies: number;
  dead: boolean;
}

/** Writes the rows of a task. Throws `music/too-long-for-model` when the model's context is too short. */
export async function writeRows(model: TokenModel, task: TuneTask, options: WriteOptions): Promise<WrittenRow[]> {
  const { prompt, steps } = scriptOf(task);
  const ids = new Map(model.vocabulary.map((token, id) => [token, id]));
  const grammar: Grammar = { steps, rules: task.rules, pitches: listPitches(model.vocabulary) };
  const numbers = prompt.map((token) => idOf(ids, token));
  if (numbers.length + 4 * task.write.length >= model.contextLength) throw tooLong(model, numbers.length);
  await using batch = await model.open(numbers, options.rows, options.signal);
  const rows = Array.from(
    { length: options.rows },
    (_, i): Row => ({
      draft: beginDraft({ chords: { sounding: true } }),
      random: options.random.fork(`row-${i}`),
      contents: [],
      logProbability: 0,
      choices: 0,
      avoidedCopies: 0,
      dead: false,
    }),
  );
  const going = (row: Row): boolean => !row.dead && !isFinished(row.draft, grammar);
  while (rows.some(going)) {
    options.signal?.throwIfAborted();
    if (batch.length >= model.contextLength) throw tooLong(model, batch.length);
    const before = rows[0]!.contents.length;
    const tokens = rows.map((row, i) =>
      going(row) ? advance(row, batch.logits(i), grammar, { ids, task, options }) : undefined,
    );
    if (rows[0]!.contents.length > before) options.onProgress?.(rows[0]!.contents.length, task.write.length);
    await batch.extend(tokens.map((token) => (token === undefined ? numbers.at(-1)! : idOf(ids, token))));
  }
  return rows
    .filter(({ dead }) => !dead)
    .map(({ contents, logProbability: sum, choices, avoidedCopies }) => ({
      contents,
      logProbability: sum,
      choices,
      avoidedCopies,
    }));
}

interface Setting {
  readonly ids: ReadonlyMap<string, number>;
  readonly task: TuneTask;
  readonly options: WriteOptions;
}

/** Chooses and writes the next token of a row; undefined when the row has died. */
function advance(
  row: Row,
  logits: Float32Array,
  grammar: Grammar,
  { ids, task, options }: Setting,
): string | undefined {
  const admitted = admittedTokens(row.draft, grammar).filter((token) => ids.has(token));
  const repeated = repeatedToken(row, grammar, task);
  // What comes again may, after what goes before it here, be more of a known tune than it was in its first place.
  const copied = repeated !== undefined && completesCopy(row, repeated, grammar, task, options.isCopy);
  if (copied) row.avoidedCopies++;
  if (repeated !== undefined && admitted.includes(repeated) && !(copied && admitted.length > 1)) {
    accept(row, repeated, grammar);
    return repeated;
  }
  const left = new Set(admitted);
  const { random } = row;
  const leaning = admitted.length > 1 ? leaningOf(row, grammar, task, ids) : undefined;
  while (left.size > 0) {
    const numbers = [...left].map((token) => ids.get(token)!);
    const id = left.size === 1 ? numbers[0]! : chooseToken(logits, numbers, options.sampling, { random, leaning });
    const token = [...left].find((each) => ids.get(each) === id)!;
    if (admitted.length > 1 && completesCopy(row, token, grammar, task, options.isCopy)) {
      row.avoidedCopies++;
      left.delete(token);
      continue;
    }
    if (left.size > 1 && isOneTooMany(row, token, grammar, task)) {
      left.delete(token);
      continue;
    }
    if (admitted.length > 1) {
      row.logProbability += logProbability(logits, id);
      row.choices++;
    }
    accept(row, token, grammar);
    return token;
  }
  row.dead = true;
  return undefined;
}

/** What a pitch of the melody gains or loses, that the mode may be heard. */
function leaningOf(
  { draft, contents }: Row,
  { steps, pitches }: Grammar,
  task: TuneTask,
  ids: ReadonlyMap<string, number>,
): ((id: number) => number) | undefined {
  const step = steps[draft.step];
  if (step?.kind !== 'cell' || step.segment.track !== 'melody' || draft.cell.phase !== 'sound') return undefined;
  const { mode } = task.controls;
  if (step.bar.key !== '1' || step.bar.mode !== mode) return undefined;
  const tonic = tonicClass({ tonic: task.tonic, mode });
  const gains = modeLeaning({ ...melodySoFar(task, contents), tonic }, mode);
  const byId = new Map(pitches.map(({ token, semitones }) => [ids.get(token), gains[((semitones % 12) + 12) % 12]!]));
  return (id) => byId.get(id) ?? 0;
}

/** The token that a bar which comes again has at this place, as long as it goes as the bar it repeats. */
function repeatedToken(
  { draft, contents }: Row,
  grammar: Grammar,
  { again, write: cells, sheet }: TuneTask,
): string | undefined {
  const step = grammar.steps[draft.step];
  if (step?.kind !== 'cell' || step.segment.track !== 'melody') return undefined;
  const source = again?.get(step.segment.bar);
  if (source === undefined || source < 0) return undefined;
  const cellOf = (bar: number): number => cells.findIndex((cell) => cell.bar === bar && cell.track === 'melody');
  const written = cellOf(source);
  const model = written < 0 ? sheet.tracks.melody![source] : contents[written];
  const own = contents[cellOf(step.segment.bar)] ?? [];
  if (!model || own.some((token, i) => token !== model[i])) return undefined;
  return model[own.length] ?? endToken(draft, grammar);
}

function completesCopy(row: Row, token: string, grammar: Grammar, task: TuneTask, isCopy?: CopyGuard): boolean {
  const step = grammar.steps[row.draft.step];
  if (!isCopy || step?.kind !== 'cell' || step.segment.track !== 'melody') return false;
  if (grammar.pitches.every((pitch) => pitch.token !== token)) return false;
  return isCopy(melodySoFar(task, contentsWith(row, token, grammar)));
}

/** Whether a pitch makes one bar more of what was written as often as may be. */
function isOneTooMany(
  row: Row,
  token: string,
  grammar: Grammar,
  { mostAlike, again, write: cells }: TuneTask,
): boolean {
  const step = grammar.steps[row.draft.step];
  if (mostAlike === undefined || step?.kind !== 'cell' || step.segment.track !== 'melody') return false;
  const isPitch = (each: string): boolean => semitonesOfToken(each) !== undefined;
  if (!isPitch(token)) return false;
  const place = cells.findIndex(({ bar, track }) => bar === step.segment.bar && track === 'melody');
  const own = [...(row.contents[place] ?? []), token];
  if (own.filter(isPitch).length < 3) return false;
  const alike = row.contents.slice(0, place).filter((contents, i) => {
    const { bar, track } = cells[i]!;
    const sounding = contents.slice(0, contents.findLastIndex(isPitch) + 1);
    return track === 'melody' && !again?.has(bar) && sounding.join() === own.join();
  });
  return alike.length >= mostAlike;
}

function accept(row: Row, token: string, grammar: Grammar): void {
  row.contents = contentsWith(row, token, grammar);
  row.draft = write(row.draft, token, grammar);
}

/** The contents of the cells after one more token. */
function contentsWith({ contents, draft }: Row, token: string, grammar: Grammar): string[][] {
  const step = grammar.steps[draft.step]!;
  if (step.kind !== 'cell') return contents;
  const written = write(draft, token, grammar);
  const index = grammar.steps.slice(0, draft.step).filter(({ kind }) => kind === 'cell').length;
  const own = contents[index] ?? [];
  const ended = written.step !== draft.step;
  return [...contents.slice(0, index), ended ? own : [...own, token]];
}

function idOf(ids: ReadonlyMap<string, number>, token: string): number {
  const id = ids.get(token);
  if (id !== undefined) return id;
  const unknown = ids.get('<unk>');
  if (unknown !== undefined) return unknown;
  throw refusal(
    'input',
    'music/not-a-tune-model',
    { en: `The model has no token ${token}: it is not a tune model.`, zh: `模型没有词元 ${token}，不是曲调模型。` },
    { en: "Use 'tunes', or a model trained on from it.", zh: '请使用 tunes，或以它为底子训练的模型。' },
  );
}

function tooLong({ contextLength, identity }: TokenModel, length: number): Error {
  return refusal(
    'input',
    'music/too-long-for-model',
    {
      en: `The piece does not fit into what ${identity.name} reads at once: ${length} of ${contextLength} events are needed before the end.`,
      zh: `乐曲超出 ${identity.name} 一次能读的长度：未到结尾已需 ${length} 个事件，上限 ${contextLength}。`,
    },
    { en: 'Ask for fewer bars, or write the piece in parts.', zh: '请减少小节数，或分段写作。' },
  );
}
