/**
 * Preference tuning on pairs (Rafailov et al., 2023): of two answers to one prompt the chosen one shall become more likely
 * than the rejected one, measured from where the model started.
 *
 *   margin = beta · ([ln π(chosen) − ln π(rejected)] − [ln π₀(chosen) − ln π₀(rejected)])      loss = mean −ln σ(margin)
 *
 * π₀, the model before tuning, is asked once (`measureGaps`) and fed as one number a pair. Rows come in pairs: row 2i is
 * the chosen answer of pair i and row 2i + 1 the rejected one, prompt included, with the answer's tokens marked as
 * predicted.
 */
import {
  cast,
  gemm,
  greater,
  mul,
  neg,
  reduceMean,
  reshape,
  type SessionOptions,
  scalar,
  scale,
  softplus,
  sub,
  type Tensor,
  targetLogProbability,
} from '../graph/index.ts';
import { createEvaluation, type Feeds, type InputSpec, type Objective, type Parts } from '../learn/index.ts';
import { adapt, adapterParameters } from './adapter.ts';
import { type Batch, type BatchShape, batchFeeds, countTargets } from './batch.ts';
import { batchInputs, batchNetwork } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import { dropoutParts } from './dropout.ts';
import { type GptObjectiveOptions, noiseSites } from './objective.ts';
import { gptParameters, type Weights } from './parameters.ts';

/** How strongly preferences pull. */
export interface DpoOptions extends GptObjectiveOptions {
  /** Larger holds the model closer to where it started. Default 0.1. */
  readonly beta?: number;
}

/**
 * The objective over batches of `shape.rows` / 2 pairs; `dpoFeeds` and, for dropout, `gptNoise` give its inputs. Reports:
 * `margin` (mean, in nats, times beta) and `accuracy` (share of pairs with a positive margin).
 */
export function dpoObjective(config: GptConfig, shape: BatchShape, options: DpoOptions = {}): Objective {
  const { beta = 0.1, adapter } = options;
  const sites = noiseSites(config, shape, options);
  const own = gptParameters(config);
  const reference: InputSpec = { name: 'reference', type: 'f32', shape: [shape.rows / 2, 1] };
  return {
    name: adapter ? 'dpo-adapter' : 'dpo',
    parameters: adapter ? adapterParameters(config, adapter) : own,
    ...(adapter ? { frozen: own } : {}),
    inputs: [...pairInputs(shape), reference, ...sites.map(({ input }) => input)],
    build: (parts) => {
      const { input, weight } = parts;
      const change = adapter ? { adapt: adapt(adapter, config, weight, input) } : {};
      const gaps = pairGaps(config, shape, parts, { ...dropoutParts(sites, input, mul), ...change });
      const margins = scale(sub(gaps, input('reference')), beta); // (pairs, 1)
      const mean = (value: Tensor): Tensor => reshape(reduceMean(value, [0, 1]), []);
      const right = cast(greater(margins, scalar(margins.graph, 0)), 'f32');
      return { loss: mean(softplus(neg(margins))), reports: { margin: mean(margins), accuracy: mean(right) } };
    },
  };
}

/** Measures pairs as often as is asked, by the weights that are given. */
export interface GapMeter extends AsyncDisposable {
  /** ln π(chosen) − ln π(rejected) of every pair of a batch of its shape. */
  measure(weights: Weights, batch: Batch): Promise<Float32Array>;
}

/** Builds the session that measures batches of a shape. */
export async function createGapMeter(
  config: GptConfig,
  shape: BatchShape,
  options: SessionOptions = {},
): Promise<GapMeter> {
  const evaluation = await createEvaluation(
    {
      name: 'dpo-reference',
      parameters: gptParameters(config),
      inputs: pairInputs(shape),
      build: (parts) => ({ gaps: pairGaps(config, shape, parts, {}) }),
    },
    options,
  );
  return {
    measure: async (weights, batch) => (await evaluation.run(weights, pairFeeds(batch))).gaps as Float32Array,
    [Symbol.asyncDispose]: () => evaluation[Symbol.asyncDispose](),
  };
}

/** ln π(chosen) − ln π(rejected) of every pair of the batches, in their order, by a model as it is. */
export async function measureGaps(
  config: GptConfig,
  weights: Weights,
  batches: readonly Batch[],
  options: SessionOptions = {},
): Promise<Float32Array[]> {
  if (batches.length === 0) return [];
  const { rows, length } = batches[0]!;
  await using meter = await createGapMeter(config, { rows, length }, options);
  const gaps: Float32Array[] = [];
  for (const batch of batches) gaps.push(await meter.measure(weights, batch));
  return gaps;
}

/** The feeds of a batch of pairs; `reference` holds what `measureGaps` gave for it. */
export function dpoFeeds(batch: Batch, reference: Float32Array): Feeds {
  return { ...pairFeeds(batch), reference: { data: reference, shape: [batch.rows / 2, 1] } };
}

function pairInputs(shape: BatchShape): InputSpec[] {
  return [...batchInputs(shape), { name: 'signs', type: 'f32', shape: [shape.rows / 2, 'R'] }];
}

function pairGaps(
  config: GptConfig,
  shape: BatchShape,
  { input, weight }: Parts,
  changes: Partial<Parameters<typeof batchNetwork>[0]>,
): Tensor {
  const { chosen, table } = batchNetwork({ config, shape, input, weight, ...changes });
  return gemm(input('signs'), targetLogProbability(chosen, table, input('targets')));
}

/** Beside the batch itself, `signs` (pairs, R): +1 for the tokens of a pair's chosen row, −1 for the rejected one's. */
function pairFeeds(batch: Batch): Feeds {
  countTargets([batch]);
  const count = batch.targets.length;
  const signs = new Float32Array((batch.rows / 2) * count);
  batch.predicted.forEach((cell, i) => {
    const row = cell % batch.rows;
    signs[Math.floor(row / 2) * count + i] = row % 2 === 0 ? 1 : -1;
  });
  return { ...batchFeeds(batch), signs: { data: signs, shape: [batch.rows / 2, count] } };
}
