/** The course of a GPT: rows of a dataset, cross-entropy of the next token, AdamW or Muon, a model folder at the end. */

import { join } from 'node:path';
import type { Json } from '../../core/index.ts';
import { measurePerplexity } from '../evaluation/perplexity.ts';
import { type AdapterOptions, mergeAdapter } from '../gpt/adapter.ts';
import { saveAdapter } from '../gpt/adapter-folder.ts';
import type { Batch } from '../gpt/batch.ts';
import type { DropoutRates } from '../gpt/dropout.ts';
import { createEvaluator, type Evaluator } from '../gpt/evaluator.ts';
import { gptFeeds, gptNoise, gptObjective } from '../gpt/objective.ts';
import { parameterCount } from '../gpt/parameters.ts';
import {
  createLearner,
  createParameters,
  type Feeds,
  freshLearnerState,
  type LearnerOptions,
  type Parameters,
} from '../learn/index.ts';
import { saveModelFolder } from '../model/model-folder.ts';
import type { Course, Finished, PlannedCourse, Scores } from './course.ts';
import { type CompleteOptions, completeOptions } from './options.ts';
import { scheduleAt } from './schedule.ts';
import { type RunStart, startRun } from './start.ts';

const LEARNER = 'network';

/** Plans the training of a GPT; throws `training/bad-options`, and the errors of dataset and model folder. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = completeOptions(given);
  const start = await startRun(options);
  const { out, steps, saveEvery, validateEvery, name } = options;
  const { identity, earlier, order } = start;
  const run = { out, steps, saveEvery, validateEvery, title: name, identity, earlier, keep: order.keep };
  return { course: await gptCourse(options, start), run };
}

async function gptCourse(options: CompleteOptions, start: RunStart): Promise<Course> {
  const { config, weights } = start.model;
  const shape = { rows: options.batchRows, length: start.train.length };
  const adapter = adapterOptions(options);
  const { checkpointing = false } = options;
  const changes = { dropout: dropoutOf(options), checkpointing, ...(adapter ? { adapter } : {}) };
  const objective = gptObjective(config, shape, changes);
  const own = adapter ? createParameters(objective.parameters, `${options.seed}/adapter`) : weights;
  const learner = await createLearner(objective, freshLearnerState(objective, own), learnerOptions(options));
  const learned = (): Parameters =>
    adapter ? mergeAdapter(config, weights, learner.parameters(), adapter) : learner.parameters();
  const validation = await createValidation(options, start, learned);
  const noise = Array.from({ length: options.accumulation }, () => gptNoise(config, shape, changes, options.seed));
  const feeds = (batches: readonly Batch[], index: number): Feeds[] =>
    gptFeeds(batches).map((feed, i) => ({ ...feed, ...noise[i]!(`${index}/${i}`) }));
  return {
    unit: { en: 'tokens', zh: '词元' },
    parameters: parameterCount(config),
    items: start.train.rows,
    step: async (index) => {
      const batches = start.order.batches(index);
      const learningRate = options.learningRate * scheduleAt(options.schedule, index, options.steps);
      const { loss, gradientNorm } = await learner.step(
        feeds(batches, index),
        learningRate,
        adapter ? weights : undefined,
      );
      return { loss, gradientNorm, learningRate, amount: batches.reduce((sum, one) => sum + one.targets.length, 0) };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: validation.measure,
    finish: async (finished) => {
      await saveModel(options, start, learned(), finished);
      if (!adapter) return;
      const made = { options: adapter, weights: learner.parameters() };
      await saveAdapter(join(finished.model, 'adapter'), config, made);
    },
    [Symbol.asyncDispose]: async () => {
      await learner[Symbol.asyncDispose]();
      await validation[Symbol.asyncDispose]();
    },
  };
}

/** Without the fields that are absent. */
function adapterOptions({ adapter }: CompleteOptions): AdapterOptions | undefined {
  return (
    adapter &&
    (Object.fromEntries(
      Object.entries(adapter).filter(([, value]) => value !== undefined),
    ) as unknown as AdapterOptions)
  );
}

function dropoutOf({ dropout }: CompleteOptions): number | Partial<DropoutRates> {
  if (typeof dropout === 'number') return dropout;
  return Object.fromEntries(Object.entries(dropout).filter(([, value]) => value !== undefined));
}

function learnerOptions({
  adam,
  optimiser,
  learningRate,
  matrixLearningRate,
  ...options
}: CompleteOptions): LearnerOptions {
  const { clip, ...constants } = adam;
  const kind = optimiser ?? (matrixLearningRate === undefined ? 'adamw' : 'muon');
  const matrixRate = matrixLearningRate === undefined ? {} : { matrixRate: matrixLearningRate / learningRate };
  return {
    optimiser: kind === 'muon' ? { kind, ...constants, ...matrixRate } : { kind, ...constants },
    clip,
    accumulation: options.accumulation,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  };
}

interface Validation extends AsyncDisposable {
  measure(extent: 'part' | 'whole', signal?: AbortSignal): Promise<Scores | undefined>;
}

async function createValidation(
  options: CompleteOptions,
  start: RunStart,
  learned: () => Parameters,
): Promise<Validation> {
  const { validation: split, model } = start;
  if (!split) return { measure: async () => undefined, [Symbol.asyncDispose]: async () => {} };
  const shape = { rows: Math.min(options.batchRows, split.rows), length: split.length };
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const evaluator: Evaluator = await createEvaluator(model.config, shape, threads);
  return {
    measure: async (extent, signal) => {
      const part = extent === 'part' && options.validationRows !== undefined ? { rows: options.validationRows } : {};
      const measured = await measurePerplexity(evaluator, learned(), split, { ...part, signal });
      return { perplexity: measured.perplexity, loss: measured.loss, tokens: measured.tokens };
    },
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

async function saveModel(
  { precision }: CompleteOptions,
  { model }: RunStart,
  weights: Parameters,
  { model: folder, scores, forgotten }: Finished,
): Promise<void> {
  const withdrawn = forgotten.length > 0 ? { withdrawn: forgotten as unknown as Json } : {};
  const card = { ...model.card, ...withdrawn };
  const scored = { ...card, scores: { ...card.scores, ...(scores ? { validation: { ...scores } } : {}) } };
  await saveModelFolder(folder, { ...model, weights, card: scored }, { precision });
}
