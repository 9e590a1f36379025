/** The graphs of a learner: the whole step, and the gathering of gradients over several batches. */
import {
  add,
  createGraph,
  div,
  type Graph,
  gradients,
  input,
  minimum,
  mul,
  output,
  scalar,
  scale,
  sqrt,
  sub,
  sumOfSquares,
  type Tensor,
} from '../graph/index.ts';
import type { Objective } from './objective.ts';
import { isTurned, type Moving, move, type Optimiser, rateInputs } from './optimiser.ts';
import type { Parameter } from './parameter.ts';
import { declare, NEXT, PART } from './tensors.ts';

/** Before the name of a report among the outputs. */
export const REPORT = 'report:';
/** The share of the old average that stays, a scalar input. */
export const KEPT = 'rate:kept';

/** What shapes the graph of a step. */
export interface LearningGraphOptions {
  readonly optimiser: Optimiser;
  readonly clip?: number;
  readonly average?: number;
  readonly accumulation?: number;
}

/**
 * The whole step: outputs `loss`, `gradientNorm`, reports and, after `next:`, everything that changed. With accumulation
 * the gradients gathered so far are fed and added, and the loss is this batch's share of the mean.
 */
export function stepGraph(objective: Objective, options: LearningGraphOptions): Graph {
  const { graph, moving } = reversePass(objective, options.accumulation ?? 1);
  const { optimiser, clip } = options;
  const squares = inOrderOfMaking(moving).map(({ parameter, gradient }) => ({
    parameter,
    square: sumOfSquares(gradient),
  }));
  const norm = (counts: (parameter: Parameter) => boolean): Tensor =>
    sqrt(squares.flatMap(({ parameter, square }) => (counts(parameter) ? [square] : [])).reduce(add, scalar(graph, 0)));
  output(
    'gradientNorm',
    norm(() => true),
  );
  const shrink =
    clip === undefined
      ? undefined
      : shorten(
          norm((parameter) => !isTurned(optimiser, parameter)),
          clip,
        );
  const rates = rateInputs(graph);
  const kept = options.average === undefined ? undefined : input(graph, KEPT, 'f32', []);
  for (const one of moving) {
    const next = move(one, rates, optimiser, shrink);
    output(NEXT + PART.parameter + one.parameter.name, next);
    if (kept) follow(one, next, kept);
  }
  return graph;
}

/** Forward and backward only: outputs `loss`, reports, buffers and, after `next:`, the gathered gradients. */
export function gatheringGraph(objective: Objective, accumulation: number): Graph {
  const { graph, moving } = reversePass(objective, accumulation);
  for (const { parameter, gradient } of moving) output(NEXT + PART.gradient + parameter.name, gradient);
  return graph;
}

function reversePass(objective: Objective, accumulation: number): { graph: Graph; moving: Moving[] } {
  const graph = createGraph();
  const { parameters, frozen = [], buffers = [] } = objective;
  const groups = [
    { part: PART.parameter, list: parameters },
    { part: PART.frozen, list: frozen },
    { part: PART.buffer, list: buffers },
  ];
  const parts = declare(graph, groups, objective.inputs, objective.name);
  const built = objective.build(parts);
  const share = (value: Tensor): Tensor => (accumulation === 1 ? value : scale(value, 1 / accumulation));
  const loss = share(built.loss);
  output('loss', loss);
  for (const [name, value] of Object.entries(built.reports ?? {})) output(REPORT + name, share(value));
  for (const [name, value] of Object.entries(built.buffers ?? {})) output(NEXT + PART.buffer + name, value);
  const values = parameters.map(({ name }) => parts.weight(name));
  const fresh = gradients(loss, values);
  const moving = parameters.map((parameter, i): Moving => {
    const gathered =
      accumulation === 1 ? undefined : input(graph, PART.gradient + parameter.name, 'f32', parameter.shape);
    const gradient = gathered ? add(gathered, fresh[i]!) : fresh[i]!;
    return { parameter, value: values[i]!, gradient };
  });
  return { graph, moving };
}

/**
 * The last layers first. ONNX Runtime works its way to the innermost term of a sum first; were that the first layer's, all
 * other gradients would be left to the end, and with them every value they are computed from.
 */
function inOrderOfMaking(moving: readonly Moving[]): Moving[] {
  const nodes = moving[0]?.gradient.graph.nodes ?? [];
  const place = new Map(nodes.flatMap(({ outputs }, i) => outputs.map(({ name }): [string, number] => [name, i])));
  return moving.toSorted((a, b) => (place.get(a.gradient.name) ?? -1) - (place.get(b.gradient.name) ?? -1));
}

/** The factor that brings a gradient of this length down to the limit. */
function shorten(norm: Tensor, limit: number): Tensor {
  const { graph } = norm;
  return minimum(div(scalar(graph, limit), add(norm, scalar(graph, 1e-6))), scalar(graph, 1));
}

/** kept · average + (1 − kept) · next. */
function follow({ parameter }: Moving, next: Tensor, kept: Tensor): void {
  const key = PART.average + parameter.name;
  const average = input(next.graph, key, 'f32', parameter.shape);
  output(NEXT + key, add(next, mul(sub(average, next), kept)));
}
