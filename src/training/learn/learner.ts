/**
 * Learns an objective: one call of `step` is one step of the optimiser, computed as a single graph.
 *
 *   feeds, weights, moments ─▶ loss ─▶ gradients ─▶ clip ─▶ AdamW or Muon ─▶ new weights, moments, average, buffers
 *
 * With several batches a step, all but the last go through a second graph that only adds up gradients. Weights are read
 * in place; only what a step changes comes back. Arrays that were handed out are never written to afterwards. Same state,
 * feeds and thread count give the same bits.
 */
import {
  createSession,
  type Feed,
  type Session,
  type SessionOptions,
  shapeBug,
  type TensorData,
} from '../graph/index.ts';
import { refusal } from '../refusal.ts';
import { gatheringGraph, KEPT, type LearningGraphOptions, REPORT, stepGraph } from './learning-graph.ts';
import type { Objective } from './objective.ts';
import { rateFeeds } from './optimiser.ts';
import type { Parameters } from './parameter.ts';
import { carriedTensors, type LearnerState, partOf } from './state.ts';
import { NEXT, PART, sizeOf, weightFeeds } from './tensors.ts';

/**
 * How a learner works. `clip`: the longest gradient over all parameters that AdamW moves, default none. `average`: decay of
 * a moving average of the weights, such as 0.999 (early on min(average, (1 + t) / (10 + t)), so that a short run does not
 * average its random start), default none. `accumulation`: batches per step, whose mean is the loss, default 1.
 */
export interface LearnerOptions extends LearningGraphOptions, SessionOptions {}

/** The inputs of one batch, by name. */
export type Feeds = Readonly<Record<string, Feed>>;

/** What a step did; all numbers are those before the weights moved. */
export interface LearnerStep {
  readonly loss: number;
  /** Length of the gradient over all parameters, before clipping. */
  readonly gradientNorm: number;
  readonly reports: Readonly<Record<string, number>>;
}

export interface Learner extends AsyncDisposable {
  /**
   * One step over a batch, or over as many as `accumulation` says. `frozen` holds the objective's frozen parameters; left
   * out, the ones given last are used. Throws `training/diverged` and keeps its state when a number is not finite.
   */
  step(feeds: Feeds | readonly Feeds[], learningRate: number, frozen?: Parameters): Promise<LearnerStep>;
  parameters(): Parameters;
  /** The moving average of the parameters, when one is asked for. */
  average(): Parameters | undefined;
  buffers(): Parameters;
  state(): LearnerState;
  /** Goes on from another state of the same objective. */
  restore(state: LearnerState): void;
}

type Results = Readonly<Record<string, TensorData>>;

/** Builds the sessions and takes over a state; moments and averages that a fresh state lacks start with it. */
export async function createLearner(
  objective: Objective,
  start: LearnerState,
  options: LearnerOptions,
): Promise<Learner> {
  const { optimiser, average, accumulation = 1 } = options;
  const last = await createSession(stepGraph(objective, options), options);
  const gathering =
    accumulation > 1 ? await createSession(gatheringGraph(objective, accumulation), options) : undefined;
  let { step } = start;
  let carried = carriedTensors(objective, options, start);
  let frozen: Feeds = {};
  return {
    step: async (feeds, learningRate, given) => {
      if (given) frozen = weightFeeds({ part: PART.frozen, list: objective.frozen ?? [] }, given, objective.name);
      const batches = Array.isArray(feeds) ? (feeds as readonly Feeds[]) : [feeds as Feeds];
      checkCount(batches.length, accumulation);
      const rates = { ...rateFeeds(optimiser, step + 1, learningRate), ...keptFeed(average, step + 1) };
      const before = { ...Object.fromEntries(carried), ...frozen, ...rates };
      const gathered = gathering ? await gather(gathering, objective, batches.slice(0, -1), before) : NOTHING;
      const results = await last.run({ ...before, ...gathered.feeds, ...batches.at(-1)! });
      const outcome = readNumbers([...gathered.results, results]);
      checkFinite(outcome, step + 1);
      carried = new Map([...carried].map(([key, tensor]) => [key, changed(key, tensor, results)]));
      step += 1;
      return outcome;
    },
    parameters: () => partOf(carried, PART.parameter),
    average: () => (average === undefined ? undefined : partOf(carried, PART.average)),
    buffers: () => partOf(carried, PART.buffer),
    state: () => ({ step, tensors: carried }),
    restore: (state) => {
      carried = carriedTensors(objective, options, state);
      step = state.step;
    },
    [Symbol.asyncDispose]: async () => {
      await last[Symbol.asyncDispose]();
      await gathering?.[Symbol.asyncDispose]();
    },
  };
}

interface Gathered {
  /** Gradients and buffers after the batches. */
  readonly feeds: Feeds;
  readonly results: readonly Results[];
}

const NOTHING: Gathered = { feeds: {}, results: [] };

/** Runs batches one after another, each adding to the gradients and going on with the buffers of the one before. */
async function gather(
  session: Session,
  objective: Objective,
  batches: readonly Feeds[],
  before: Feeds,
): Promise<Gathered> {
  const zeros = objective.parameters.map(({ name, shape }): [string, Feed] => [
    PART.gradient + name,
    { shape, data: new Float32Array(sizeOf(shape)) },
  ]);
  const buffers = (objective.buffers ?? []).map(({ name }): [string, Feed] => [
    PART.buffer + name,
    before[PART.buffer + name]!,
  ]);
  let feeds: Feeds = Object.fromEntries([...zeros, ...buffers]);
  const results: Results[] = [];
  for (const batch of batches) {
    const one = await session.run({ ...before, ...feeds, ...batch });
    feeds = Object.fromEntries(Object.entries(feeds).map(([key, feed]) => [key, changed(key, feed, one)]));
    results.push(one);
  }
  return { feeds, results };
}

/** A tensor as a run left it: its next value where there is one. */
function changed<T extends Feed>(key: string, tensor: T, results: Results): T {
  const data = results[NEXT + key];
  return data ? { ...tensor, data } : tensor;
}

/** Each run holds its share of the mean, so shares add up. */
function readNumbers(runs: readonly Results[]): LearnerStep {
  const sum = (name: string): number => runs.reduce((total, results) => total + (results[name]?.[0] as number), 0);
  const last = runs.at(-1)!;
  const reports = Object.keys(last).filter((name) => name.startsWith(REPORT));
  return {
    loss: sum('loss'),
    gradientNorm: last.gradientNorm?.[0] as number,
    reports: Object.fromEntries(reports.map((name) => [name.slice(REPORT.length), sum(name)])),
  };
}

function keptFeed(average: number | undefined, step: number): Feeds {
  if (average === undefined) return {};
  return { [KEPT]: { data: Float32Array.of(Math.min(average, (1 + step) / (10 + step))), shape: [] } };
}

function checkCount(given: number, wanted: number): void {
  if (given !== wanted) throw shapeBug('learner', `${given} batches for an accumulation of ${wanted}`);
}

function checkFinite({ loss, gradientNorm }: LearnerStep, step: number): void {
  if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) return;
  const what = Number.isFinite(loss) ? { en: 'gradient', zh: '梯度' } : { en: 'loss', zh: '损失' };
  const value = Number.isFinite(loss) ? gradientNorm : loss;
  throw refusal(
    'input',
    'training/diverged',
    { en: `The ${what.en} became ${value} at step ${step}.`, zh: `第 ${step} 步的${what.zh}变成了 ${value}。` },
    {
      en: 'Lower the learning rate (or lengthen the warm-up) in the recipe and start the same training again: it goes on from the last checkpoint, and train.jsonl notes the change.',
      zh: '请在配方中降低学习率（或延长预热），再次启动同样的训练：会从上一个检查点继续，train.jsonl 会记下这一改动。',
    },
  );
}
