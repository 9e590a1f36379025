/**
 * Runs a course from its first step, or from where an interrupted run stopped, to a finished model:
 *
 *   out/run.lock       one process at a time
 *   out/checkpoints/   newest two, resumed from when the run is started again with the same identity; and those to be kept
 *   out/forgotten.jsonl  what was withdrawn from the data, and from where the run went on without it
 *   out/train.jsonl    a line per step
 *   out/samples/       step-N/ every so many steps
 *   out/loss.svg       the curves
 *   out/model/         the finished model
 *
 * Same course, identity and thread count give the same bits, also across interruptions at any moment: a step follows from
 * state and index alone, the log is cut back to the checkpoint, samples are made anew. It computes in this process and
 * blocks it for the length of each step: `trainInChild` is the way for programs that do anything else.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { cancelled } from '../../core/index.ts';
import { writeDurably } from '../model/durable.ts';
import { findCheckpoint, saveCheckpoint } from './checkpoint.ts';
import type { Course, RunOptions, Scores, StepNumbers } from './course.ts';
import { explainFullDisk } from './disk.ts';
import type { TrainingHooks, TrainingResult } from './events.ts';
import { forgetTainted, readForgotten } from './forgetting.ts';
import { formatLossPlot } from './loss-plot.ts';
import { lockRun, type RunLock } from './run-lock.ts';
import { createSpeedometer } from './speedometer.ts';
import type { ChangedRates } from './standing.ts';
import { openTrainLog, type TrainLog } from './train-log.ts';

/** A run under way. */
interface Run {
  readonly course: Course;
  readonly options: RunOptions;
  /** Learning rates that differ from those of the checkpoint. */
  readonly changed: ChangedRates | undefined;
  readonly lock: RunLock;
  readonly log: TrainLog;
  readonly tell: NonNullable<TrainingHooks['onEvent']>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains, or goes on training; does not dispose of the course. Throws `core/cancelled` when the signal stops it,
 * `training/run-in-use`, `training/other-run`, `training/disk-full`, and what the course throws.
 */
export function runCourse(course: Course, options: RunOptions, hooks: TrainingHooks = {}): Promise<TrainingResult> {
  return explainFullDisk(options.out, async () => {
    await using lock = await lockRun(options.out);
    const found = await findCheckpoint(join(options.out, 'checkpoints'), options);
    await forgetTainted(options.out, found);
    const { checkpoint, changed } = found;
    if (checkpoint) course.restore(checkpoint.state);
    const first = checkpoint?.step ?? 0;
    const log = await openTrainLog(join(options.out, 'train.jsonl'), first);
    const { onEvent = () => {}, signal } = hooks;
    const run: Run = { course, options, changed, lock, log, tell: onEvent, signal };
    const { parameters, items } = course;
    onEvent({ type: 'training-start', parameters, steps: options.steps, resumedFrom: first, items });
    const known = await takeSteps(run, first);
    return finish(run, known);
  });
}

/** The loop. Returns the validation of the last step, if one was made. */
async function takeSteps(run: Run, first: number): Promise<Scores | undefined> {
  const { course, options, log, tell, signal } = run;
  const { steps } = options;
  const speed = createSpeedometer();
  let scores: Scores | undefined;
  for (let step = first; step < steps; step++) {
    await setImmediate(); // lets signals and messages in
    if (signal?.aborted) await stop(run, step, step > first);
    const numbers = await course.step(step);
    const done = step + 1;
    scores = isDue(options.validateEvery, done)
      ? await course.validate?.(done === steps ? 'whole' : 'part', signal)
      : undefined;
    await writeLine(run, done, numbers, { ...(step === first && run.changed ? { changed: run.changed } : {}), scores });
    const { loss, learningRate, gradientNorm, amount, reports = {} } = numbers;
    const pace = { ...speed.after(amount, steps - done), unit: course.unit };
    tell({ type: 'training-step', step: done, steps, loss, learningRate, gradientNorm, reports, ...pace });
    if (scores) tell({ type: 'validation-end', step: done, scores });
    if (isDue(options.sampleEvery, done) || (options.sampleEvery && done === steps)) await sample(run, done);
    if (isDue(options.saveEvery ?? 100, done) || options.keep?.includes(done) || done === steps) await save(run, done);
  }
  await log.flush();
  return scores;
}

function isDue(every: number | undefined, done: number): boolean {
  return every !== undefined && done % every === 0;
}

async function writeLine(
  { log }: Run,
  step: number,
  numbers: StepNumbers,
  { changed, scores }: { readonly changed?: ChangedRates; readonly scores: Scores | undefined },
): Promise<void> {
  const { amount, reports, loss, learningRate, gradientNorm } = numbers;
  const seen = (log.lines.at(-1)?.seen ?? 0) + amount;
  const more = {
    ...(reports ? { reports } : {}),
    ...(changed ? { changed } : {}),
    ...(scores ? { validation: scores } : {}),
  };
  await log.append({ step, loss, learningRate, gradientNorm, seen, ...more });
}

async function sample({ course, options, tell }: Run, step: number): Promise<void> {
  if (!course.sample) return;
  const folder = join(options.out, 'samples', `step-${String(step).padStart(8, '0')}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await course.sample(folder, step);
  tell({ type: 'samples-save', step, folder });
}

async function save({ course, options, lock, log, tell }: Run, step: number): Promise<void> {
  await lock.check();
  await log.flush();
  const path = await saveCheckpoint(join(options.out, 'checkpoints'), { step, state: course.state() }, options);
  tell({ type: 'checkpoint-save', step, path });
}

async function stop(run: Run, step: number, moved: boolean): Promise<never> {
  if (moved) await save(run, step);
  throw cancelled(run.signal?.reason);
}

async function finish({ course, options, log, tell, signal }: Run, known: Scores | undefined): Promise<TrainingResult> {
  const validation = known ?? (await course.validate?.('whole', signal));
  const model = join(options.out, 'model');
  await course.finish?.({ model, scores: validation, log: log.lines, forgotten: await readForgotten(options.out) });
  const plot = join(options.out, 'loss.svg');
  await writeDurably(plot, formatLossPlot(log.lines, options.title ?? ''));
  const result = { steps: options.steps, loss: log.lines.at(-1)?.loss ?? Number.NaN, validation, model, plot };
  tell({ type: 'training-end', result });
  return result;
}
