/** Parameters, moments and the sessions that move them: one call is one step of AdamW over one or more batches. */
import { createSession, type Feed, type Session } from '../graph/index.ts';
import { type Batch, batchFeeds, countTargets } from './batch.ts';
import type { GptConfig } from './config.ts';
import { parameterShapes, sizeOf, type Weights } from './parameters.ts';
import {
  type AdamOptions,
  type BatchShape,
  FIRST_MOMENT,
  gradientGraph,
  NEXT,
  RUNNING,
  SECOND_MOMENT,
  trainingGraph,
} from './training-graph.ts';

/** What a trainer learns and remembers between steps. */
export interface TrainerState {
  /** Steps taken. */
  readonly step: number;
  readonly weights: Weights;
  /** Running means of the gradient and of its square, by parameter. */
  readonly firstMoments: Weights;
  readonly secondMoments: Weights;
}

export interface Trainer extends AsyncDisposable {
  /** The present state; its arrays are not changed by later steps. */
  state(): TrainerState;
  /** One step over the mean loss of all predicted tokens of the batches. Loss and norm are those before the step. */
  step(batches: readonly Batch[], learningRate: number): Promise<StepResult>;
}

export interface StepResult {
  /** Mean −ln P of the predicted tokens, in nats. */
  readonly loss: number;
  /** Length of the gradient over all parameters, before clipping. */
  readonly gradientNorm: number;
}

/** How a trainer works. */
export interface TrainerOptions {
  readonly shape: BatchShape;
  /** Batches per step. Default 1. */
  readonly accumulation?: number;
  readonly adam: AdamOptions;
  readonly threads?: number;
}

/** The state of a model that has not been trained: moments 0. */
export function freshState(config: GptConfig, weights: Weights): TrainerState {
  const zeros = (): Weights =>
    new Map(parameterShapes(config).map(({ name, shape }) => [name, new Float32Array(sizeOf(shape))]));
  return { step: 0, weights, firstMoments: zeros(), secondMoments: zeros() };
}

/** Builds the sessions for a batch shape and takes over a state. */
export async function createTrainer(config: GptConfig, start: TrainerState, options: TrainerOptions): Promise<Trainer> {
  const { shape, adam, accumulation = 1 } = options;
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const gathers = accumulation > 1;
  const last = await createSession(trainingGraph(config, shape, adam, gathers), threads);
  const others = gathers ? await createSession(gradientGraph(config, shape), threads) : undefined;
  const shapes = parameterShapes(config);
  const feed = (prefix: string, values: Weights): [string, Feed][] =>
    shapes.map(({ name, shape: dims }) => [prefix + name, { data: values.get(name)!, shape: dims }]);
  const read = (results: Awaited<ReturnType<Session['run']>>, prefix: string): Weights =>
    new Map(shapes.map(({ name }) => [name, results[NEXT + prefix + name] as Float32Array]));
  const none = gathers ? freshState(config, start.weights).firstMoments : undefined;
  let state = start;
  return {
    state: () => state,
    step: async (batches, learningRate) => {
      const weight = Math.fround(1 / countTargets(batches));
      const parameters = Object.fromEntries(feed('', state.weights));
      const feeds = (batch: Batch): Record<string, Feed> => ({
        ...parameters,
        ...batchFeeds(batch),
        weights: fill(batch, weight),
      });
      let running = none;
      let loss = 0;
      for (const batch of batches.slice(0, -1)) {
        const results = await others!.run({ ...feeds(batch), ...Object.fromEntries(feed(RUNNING, running!)) });
        running = read(results, RUNNING);
        loss += (results.loss as Float32Array)[0]!;
      }
      const results = await last.run({
        ...feeds(batches.at(-1)!),
        ...Object.fromEntries([...feed(FIRST_MOMENT, state.firstMoments), ...feed(SECOND_MOMENT, state.secondMoments)]),
        ...(running ? Object.fromEntries(feed(RUNNING, running)) : {}),
        ...rates(state.step + 1, learningRate, adam),
      });
      state = {
        step: state.step + 1,
        weights: read(results, ''),
        firstMoments: read(results, FIRST_MOMENT),
        secondMoments: read(results, SECOND_MOMENT),
      };
      const number = (name: string): number => (results[name] as Float32Array)[0]!;
      return { loss: loss + number('loss'), gradientNorm: number('gradientNorm') };
    },
    [Symbol.asyncDispose]: async () => {
      await last[Symbol.asyncDispose]();
      await others?.[Symbol.asyncDispose]();
    },
  };
}

function fill(batch: Batch, weight: number): Feed {
  return { data: new Float32Array(batch.targets.length).fill(weight), shape: [batch.targets.length] };
}

/** Learning rates with the correction for moments that started at 0; `step` counts from 1. */
function rates(step: number, learningRate: number, { beta1, beta2 }: AdamOptions): Record<string, Feed> {
  const one = (value: number): Feed => ({ data: Float32Array.of(value), shape: [] });
  return {
    rate: one(learningRate),
    firstRate: one(learningRate / (1 - beta1 ** step)),
    secondScale: one(1 / Math.sqrt(1 - beta2 ** step)),
  };
}
