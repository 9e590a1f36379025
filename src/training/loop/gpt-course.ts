/** The course of a GPT: rows of a dataset, cross-entropy of the next token, AdamW or Muon, a model folder at the end. */

import { createRowOrder } from '../data/row-order.ts';
import { measurePerplexity } from '../evaluation/perplexity.ts';
import { type Batch, type BatchShape, batchFeeds, countTargets, createBatch } from '../gpt/batch.ts';
import { batchInputs, batchNetwork } from '../gpt/batch-network.ts';
import type { GptConfig } from '../gpt/config.ts';
import { createEvaluator, type Evaluator } from '../gpt/evaluator.ts';
import { gptParameters, parameterCount } from '../gpt/parameters.ts';
import { crossEntropy } from '../graph/index.ts';
import {
  createLearner,
  type Feeds,
  freshLearnerState,
  type Learner,
  type LearnerOptions,
  type Objective,
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
  const run = { out, steps, saveEvery, validateEvery, title: name, identity: start.identity };
  return { course: await gptCourse(options, start), run };
}

async function gptCourse(options: CompleteOptions, start: RunStart): Promise<Course> {
  const { config, weights } = start.model;
  const shape = { rows: options.batchRows, length: start.train.length };
  const objective = gptObjective(config, shape);
  const learner = await createLearner(objective, freshLearnerState(objective, weights), learnerOptions(options));
  const validation = await createValidation(options, start, learner);
  const takeBatches = batchSource(options, start);
  return {
    unit: { en: 'tokens', zh: '词元' },
    parameters: parameterCount(config),
    items: start.train.rows,
    step: async (index) => {
      const batches = takeBatches(index);
      const learningRate = options.learningRate * scheduleAt(options.schedule, index, options.steps);
      const { loss, gradientNorm } = await learner.step(weighted(batches), learningRate);
      return { loss, gradientNorm, learningRate, amount: batches.reduce((sum, one) => sum + one.targets.length, 0) };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: validation.measure,
    finish: (finished) => saveModel(options, start, learner, finished),
    [Symbol.asyncDispose]: async () => {
      await learner[Symbol.asyncDispose]();
      await validation[Symbol.asyncDispose]();
    },
  };
}

/** Mean −ln P of the predicted tokens, over the weights that `weighted` feeds. */
export function gptObjective(config: GptConfig, shape: BatchShape): Objective {
  return {
    name: 'gpt',
    parameters: gptParameters(config),
    inputs: [...batchInputs(shape), { name: 'weights', type: 'f32', shape: ['R'] }],
    build: ({ input, weight }) => {
      const { chosen, table } = batchNetwork({ config, shape, input, weight });
      return { loss: crossEntropy(chosen, table, input('targets'), input('weights')) };
    },
  };
}

/** Batches as feeds. The learner takes the mean over batches; every token is to count the same, however they are spread. */
function weighted(batches: readonly Batch[]): Feeds[] {
  const weight = Math.fround(batches.length / countTargets(batches));
  return batches.map((batch) => {
    const count = batch.targets.length;
    return { ...batchFeeds(batch), weights: { data: new Float32Array(count).fill(weight), shape: [count] } };
  });
}

function batchSource({ batchRows, accumulation, seed }: CompleteOptions, { train }: RunStart) {
  const order = createRowOrder(train.rows, `${seed}/rows`);
  const perStep = batchRows * accumulation;
  return (index: number): Batch[] => {
    const chosen = order(index * perStep, perStep);
    return Array.from({ length: accumulation }, (_, i) =>
      createBatch(train, chosen.slice(i * batchRows, (i + 1) * batchRows)),
    );
  };
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

async function createValidation(options: CompleteOptions, start: RunStart, learner: Learner): Promise<Validation> {
  const { validation: split, model } = start;
  if (!split) return { measure: async () => undefined, [Symbol.asyncDispose]: async () => {} };
  const shape = { rows: Math.min(options.batchRows, split.rows), length: split.length };
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const evaluator: Evaluator = await createEvaluator(model.config, shape, threads);
  return {
    measure: async (extent, signal) => {
      const part = extent === 'part' && options.validationRows !== undefined ? { rows: options.validationRows } : {};
      const measured = await measurePerplexity(evaluator, learner.parameters(), split, { ...part, signal });
      return { perplexity: measured.perplexity, loss: measured.loss, tokens: measured.tokens };
    },
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

async function saveModel(
  { precision }: CompleteOptions,
  { model }: RunStart,
  learner: Learner,
  { model: folder, scores }: Finished,
): Promise<void> {
  const { card } = model;
  const scored = { ...card, scores: { ...card.scores, ...(scores ? { validation: { ...scores } } : {}) } };
  await saveModelFolder(folder, { ...model, weights: learner.parameters(), card: scored }, { precision });
}
