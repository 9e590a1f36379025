/** Measures a model: ln P of every predicted token of packed rows. */
import { gemm, logProbability } from '../graph/index.ts';
import { type Computation, createEvaluation } from '../learn/index.ts';
import { type Batch, type BatchShape, batchFeeds } from './batch.ts';
import { batchInputs, batchNetwork } from './batch-network.ts';
import type { GptConfig } from './config.ts';
import { gptParameters, type Weights } from './parameters.ts';

export interface Evaluator extends AsyncDisposable {
  readonly shape: BatchShape;
  /** ln P of each target of a batch of this shape, in its order. */
  scores(weights: Weights, batch: Batch): Promise<Float32Array>;
}

/** Builds the evaluation session for a batch shape; weights are passed with each call. */
export async function createEvaluator(
  config: GptConfig,
  shape: BatchShape,
  options: { readonly threads?: number } = {},
): Promise<Evaluator> {
  const evaluation = await createEvaluation(scoring(config, shape), options);
  return {
    shape,
    scores: async (weights, batch) => {
      if (batch.targets.length === 0) return new Float32Array(0);
      return (await evaluation.run(weights, batchFeeds(batch))).scores as Float32Array;
    },
    [Symbol.asyncDispose]: () => evaluation[Symbol.asyncDispose](),
  };
}

/** `scores` (R, 1): ln P of each target. */
function scoring(config: GptConfig, shape: BatchShape): Computation {
  return {
    name: 'gpt',
    parameters: gptParameters(config),
    inputs: batchInputs(shape),
    build: ({ input, weight }) => {
      const { chosen, table } = batchNetwork({ config, shape, input, weight });
      return { scores: logProbability(gemm(chosen, table, { transB: true }), input('targets')) };
    },
  };
}
