/** Measures a model: ln P of every predicted token of packed rows. */
import { createSession, type Feed } from '../graph/index.ts';
import { type Batch, batchFeeds } from './batch.ts';
import type { GptConfig } from './config.ts';
import { parameterShapes, type Weights } from './parameters.ts';
import { type BatchShape, evaluationGraph } from './training-graph.ts';

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
  const session = await createSession(evaluationGraph(config, shape), options);
  const shapes = parameterShapes(config);
  return {
    shape,
    scores: async (weights, batch) => {
      if (batch.targets.length === 0) return new Float32Array(0);
      const parameters = shapes.map(({ name, shape: dims }): [string, Feed] => [
        name,
        { data: weights.get(name)!, shape: dims },
      ]);
      const results = await session.run({ ...Object.fromEntries(parameters), ...batchFeeds(batch) });
      return results.scores as Float32Array;
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
