/**
 * One training run, from its options to a finished model folder:
 *
 *   out/checkpoints/   newest two, resumed from when the run is started again with the same options
 *   out/train.jsonl    a line per step
 *   out/loss.svg       the curve
 *   out/model/         the finished model
 *
 * Same options, data and thread count give the same bits, also across interruptions: rows follow from seed and step, a
 * checkpoint holds parameters and moments exactly. It computes in this process and blocks it for the length of each
 * step: `trainInChild` is the way for programs that do anything else.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { cancelled } from '../../core/index.ts';
import { createRowOrder } from '../data/row-order.ts';
import { measurePerplexity, type Perplexity } from '../evaluation/perplexity.ts';
import { createBatch } from '../gpt/batch.ts';
import { createEvaluator } from '../gpt/evaluator.ts';
import { parameterCount } from '../gpt/parameters.ts';
import { createTrainer, type StepResult, type Trainer } from '../gpt/trainer.ts';
import { writeDurably } from '../model/durable.ts';
import { saveModelFolder } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { saveCheckpoint } from './checkpoint.ts';
import type { TrainingHooks, TrainingResult } from './events.ts';
import { formatLossPlot } from './loss-plot.ts';
import { type CompleteOptions, completeOptions, type TrainingOptions } from './options.ts';
import { scheduleAt } from './schedule.ts';
import { createSpeedometer } from './speedometer.ts';
import { type RunStart, startRun } from './start.ts';
import { openTrainLog, type TrainLog } from './train-log.ts';

/** Trains, or goes on training where an interrupted run stopped. Throws `core/cancelled` when the signal stops it. */
export async function runTraining(given: TrainingOptions, hooks: TrainingHooks = {}): Promise<TrainingResult> {
  const options = completeOptions(given);
  const start = await startRun(options);
  const { config } = start.model;
  const { onEvent = () => {} } = hooks;
  await using trainer = await createTrainer(config, start.state, trainerOptions(options, start));
  const log = await openTrainLog(join(options.out, 'train.jsonl'), start.state.step);
  const tell = { ...hooks, onEvent };
  onEvent({
    type: 'training-start',
    parameters: parameterCount(config),
    steps: options.steps,
    resumedFrom: start.state.step,
    trainRows: start.train.rows,
  });
  const validation = await takeSteps(options, start, trainer, log, tell);
  return finish(options, start, trainer, log, tell, validation);
}

interface Tell extends TrainingHooks {
  readonly onEvent: NonNullable<TrainingHooks['onEvent']>;
}

function trainerOptions({ batchRows, accumulation, adam, threads }: CompleteOptions, { train }: RunStart) {
  const shape = { rows: batchRows, length: train.length };
  return { shape, accumulation, adam, ...(threads === undefined ? {} : { threads }) };
}

/** The loop. Returns the last validation, when it fell on the last step and covered the whole split. */
async function takeSteps(
  options: CompleteOptions,
  start: RunStart,
  trainer: Trainer,
  log: TrainLog,
  { onEvent, signal }: Tell,
): Promise<Perplexity | undefined> {
  const { steps, batchRows, accumulation, learningRate, schedule } = options;
  const order = createRowOrder(start.train.rows, `${options.seed}/rows`);
  const perStep = batchRows * accumulation;
  const speed = createSpeedometer(perStep * start.train.length);
  await using validator = await createValidator(options, start);
  let tokens = log.lines.at(-1)?.tokens ?? 0;
  let validation: Perplexity | undefined;
  for (let step = trainer.state().step; step < steps; step++) {
    await setImmediate(); // lets signals and messages in
    if (signal?.aborted) await stop(options, start, trainer, { onEvent, signal });
    const chosen = order(step * perStep, perStep);
    const batches = Array.from({ length: accumulation }, (_, i) =>
      createBatch(start.train, chosen.slice(i * batchRows, (i + 1) * batchRows)),
    );
    const rate = learningRate * scheduleAt(schedule, step, steps);
    const result = await trainer.step(batches, rate);
    checkFinite(result, step + 1);
    tokens += batches.reduce((sum, batch) => sum + batch.targets.length, 0);
    validation = (step + 1) % options.validateEvery === 0 ? await validator.measure(trainer, signal) : undefined;
    const numbers = { ...result, learningRate: rate };
    await log.append({
      step: step + 1,
      ...numbers,
      tokens,
      ...(validation ? { validationLoss: validation.loss } : {}),
    });
    onEvent({ type: 'training-step', step: step + 1, steps, ...numbers, ...speed.after(steps - step - 1) });
    if (validation) onEvent({ type: 'validation-end', step: step + 1, ...validation });
    if ((step + 1) % options.saveEvery === 0 || step + 1 === steps) await save(options, start, trainer, onEvent);
  }
  return options.validationRows === undefined ? validation : undefined;
}

async function finish(
  options: CompleteOptions,
  start: RunStart,
  trainer: Trainer,
  log: TrainLog,
  { onEvent, signal }: Tell,
  known: Perplexity | undefined,
): Promise<TrainingResult> {
  const { validationRows: _, ...whole } = options;
  await using validator = await createValidator(whole, start);
  const validation = known ?? (await validator.measure(trainer, signal));
  const scores = validation ? { validation: { ...validation } } : {};
  const model = join(options.out, 'model');
  const { card } = start.model;
  const finished = {
    ...start.model,
    weights: trainer.state().weights,
    card: { ...card, scores: { ...card.scores, ...scores } },
  };
  await saveModelFolder(model, finished, { precision: options.precision });
  const plot = join(options.out, 'loss.svg');
  await writeDurably(plot, formatLossPlot(log.lines, options.name));
  const result = { steps: options.steps, loss: log.lines.at(-1)?.loss ?? Number.NaN, validation, model, plot };
  onEvent({ type: 'training-end', result });
  return result;
}

interface Validator extends AsyncDisposable {
  /** Undefined when the dataset has no validation split. */
  measure(trainer: Trainer, signal: AbortSignal | undefined): Promise<Perplexity | undefined>;
}

async function createValidator(
  options: Omit<CompleteOptions, 'validationRows'> & { readonly validationRows?: number | undefined },
  { validation, model }: RunStart,
): Promise<Validator> {
  if (!validation) return { measure: async () => undefined, [Symbol.asyncDispose]: async () => {} };
  const shape = { rows: Math.min(options.batchRows, validation.rows), length: validation.length };
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const evaluator = await createEvaluator(model.config, shape, threads);
  const rows = options.validationRows === undefined ? {} : { rows: options.validationRows };
  return {
    measure: async (trainer, signal) => {
      const measured = await measurePerplexity(evaluator, trainer.state().weights, validation, { ...rows, signal });
      return { perplexity: measured.perplexity, loss: measured.loss, tokens: measured.tokens };
    },
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

async function save(
  options: CompleteOptions,
  start: RunStart,
  trainer: Trainer,
  onEvent: Tell['onEvent'],
): Promise<void> {
  const state = trainer.state();
  const path = await saveCheckpoint(join(options.out, 'checkpoints'), start.model.config, state, start.identity);
  onEvent({ type: 'checkpoint-save', step: state.step, path });
}

async function stop(
  options: CompleteOptions,
  start: RunStart,
  trainer: Trainer,
  { onEvent, signal }: Tell,
): Promise<never> {
  if (trainer.state().step > start.state.step) await save(options, start, trainer, onEvent);
  throw cancelled(signal?.reason);
}

function checkFinite({ loss, gradientNorm }: StepResult, step: number): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  throw refusal(
    'input',
    'training/diverged',
    { en: `The loss became ${loss} at step ${step}.`, zh: `第 ${step} 步的损失变成了 ${loss}。` },
    {
      en: 'Use a lower learning rate or a longer warm-up; the last checkpoint is kept.',
      zh: '请降低学习率或延长预热；上一个检查点已保留。',
    },
  );
}
