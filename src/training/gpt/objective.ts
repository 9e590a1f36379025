/**
 * A GPT as something to learn (learn/objective.ts): mean −ln P of the predicted tokens of packed rows. With adapters only
 * their matrices are learned, and the model's own weights are read as frozen ones.
 */
import { crossEntropy, mul } from '../graph/index.ts';
import type { Feeds, InputSpec, Objective } from '../learn/index.ts';
import { type AdapterOptions, adapt, adapterParameters, adapterSites } from './adapter.ts';
import { type Batch, type BatchShape, batchFeeds, countTargets } from './batch.ts';
import { batchInputs, batchNetwork } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import { createDropout, type DropoutRates, dropoutParts, dropoutRates, dropoutSites } from './dropout.ts';
import { gptParameters } from './parameters.ts';

/** What is learned, and how hard it is made. */
export interface GptObjectiveOptions {
  /** Share of values dropped; default 0. */
  readonly dropout?: number | Partial<DropoutRates>;
  /** Learn low-rank changes instead of the weights themselves. */
  readonly adapter?: AdapterOptions;
  /** Compute each layer again in the reverse pass instead of keeping its inner values; default false. */
  readonly checkpointing?: boolean;
}

/** The objective over batches of B rows of T tokens; `gptFeeds` and `gptNoise` give its inputs. */
export function gptObjective(config: GptConfig, shape: BatchShape, options: GptObjectiveOptions = {}): Objective {
  const sites = noiseSites(config, shape, options);
  const { adapter, checkpointing = false } = options;
  const inputs: InputSpec[] = [
    ...batchInputs(shape),
    { name: 'weights', type: 'f32', shape: ['R'] },
    ...sites.map(({ input }) => input),
  ];
  const own = gptParameters(config);
  return {
    name: adapter ? 'gpt-adapter' : 'gpt',
    parameters: adapter ? adapterParameters(config, adapter) : own,
    ...(adapter ? { frozen: own } : {}),
    inputs,
    build: ({ input, weight }) => {
      const parts = { config, shape, input, weight, checkpointing, ...dropoutParts(sites, input, mul) };
      const change = adapter ? { adapt: adapt(adapter, config, weight, input) } : {};
      const { chosen, table } = batchNetwork({ ...parts, ...change });
      return { loss: crossEntropy(chosen, table, input('targets'), input('weights')) };
    },
  };
}

/**
 * The feeds of the batches of one step, without noise. Every predicted token of the step weighs the same, however the
 * batches divide them. Throws `training/nothing-to-predict`.
 */
export function gptFeeds(batches: readonly Batch[]): Feeds[] {
  const weight = Math.fround(batches.length / countTargets(batches));
  return batches.map((batch) => {
    const count = batch.targets.length;
    return { ...batchFeeds(batch), weights: { data: new Float32Array(count).fill(weight), shape: [count] } };
  });
}

/** The noise of an objective, batch by batch: a function of the batch's number that names the same noise each time. */
export function gptNoise(
  config: GptConfig,
  shape: BatchShape,
  options: GptObjectiveOptions,
  seed: string | number,
): (at: string | number) => Feeds {
  return createDropout(noiseSites(config, shape, options), seed);
}

/** Where an objective drops something. */
export function noiseSites(config: GptConfig, shape: BatchShape, { dropout = 0, adapter }: GptObjectiveOptions) {
  const sites = dropoutSites(config, shape, dropoutRates(dropout));
  return adapter ? [...sites, ...adapterSites(config, shape, adapter)] : sites;
}
