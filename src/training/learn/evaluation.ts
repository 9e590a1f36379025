/** Runs a definition forward only: for evaluation, sampling and inference. */
import {
  createGraph,
  createSession,
  output,
  type SessionOptions,
  type Tensor,
  type TensorData,
} from '../graph/index.ts';
import type { Feeds } from './learner.ts';
import type { InputSpec, Objective, Parts } from './objective.ts';
import type { Parameter, Parameters } from './parameter.ts';
import { declare, PART, weightFeeds } from './tensors.ts';

/** What is computed from which weights and inputs; outputs by name. */
export interface Computation {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly inputs: readonly InputSpec[];
  readonly build: (parts: Parts) => Readonly<Record<string, Tensor>>;
}

export interface Evaluation extends AsyncDisposable {
  /** Computes the outputs; `parameters` may hold more weights than are declared. */
  run(parameters: Parameters, feeds: Feeds): Promise<Readonly<Record<string, TensorData>>>;
}

/** Compiles a computation; weights are passed with each call and read in place. */
export async function createEvaluation(computation: Computation, options: SessionOptions = {}): Promise<Evaluation> {
  const weights = { part: PART.parameter, list: computation.parameters };
  const graph = createGraph();
  const built = computation.build(declare(graph, [weights], computation.inputs, computation.name));
  for (const [name, tensor] of Object.entries(built)) output(name, tensor);
  const session = await createSession(graph, options);
  return {
    run: async (parameters, feeds) => session.run({ ...weightFeeds(weights, parameters, computation.name), ...feeds }),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

/** The loss and the reports of an objective as a computation; frozen parameters and buffers count among its weights. */
export function lossOf(objective: Objective): Computation {
  const { name, inputs, parameters, frozen = [], buffers = [] } = objective;
  return {
    name,
    inputs,
    parameters: [...parameters, ...frozen, ...buffers],
    build: (parts) => {
      const { loss, reports } = objective.build(parts);
      return { ...reports, loss };
    },
  };
}
