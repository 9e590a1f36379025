/**
 * The names under which a learner's tensors are fed, returned and stored: a letter for the part they play, then the name.
 * The same names serve the graph, the state and the checkpoint, so that nothing is translated between them.
 */
import { OsError } from '../../core/index.ts';
import { type Feed, type Graph, input, type Tensor } from '../graph/index.ts';
import type { InputSpec, Parts } from './objective.ts';
import type { Parameter } from './parameter.ts';

/** The part a tensor plays. */
export const PART = {
  parameter: 'p.',
  frozen: 'f.',
  buffer: 'b.',
  firstMoment: 'm.',
  secondMoment: 'v.',
  average: 'a.',
  gradient: 'g.',
} as const;

/** Before the name of a tensor that a run returns changed. */
export const NEXT = 'next:';

/** Weights of one part. */
export interface Weights {
  readonly part: string;
  readonly list: readonly Parameter[];
}

/** Declares weights and inputs in a graph; returns what `build` may use. `owner` names the definition in errors. */
export function declare(graph: Graph, weights: readonly Weights[], inputs: readonly InputSpec[], owner: string): Parts {
  const declared = weights.flatMap(({ part, list }) =>
    list.map(({ name, shape }): [string, Tensor] => [name, input(graph, part + name, 'f32', shape)]),
  );
  const byName = new Map(declared);
  const inputByName = new Map(inputs.map(({ name, type, shape }) => [name, input(graph, name, type, shape)]));
  const find = (map: ReadonlyMap<string, Tensor>, name: string): Tensor => {
    const found = map.get(name);
    if (!found) throw undeclared(owner, name);
    return found;
  };
  return { input: (name) => find(inputByName, name), weight: (name) => find(byName, name) };
}

/** Weights as feeds, read in place; throws `training/undeclared-tensor` for one that is missing or of another size. */
export function weightFeeds(
  { part, list }: Weights,
  values: ReadonlyMap<string, Float32Array>,
  owner: string,
): Record<string, Feed> {
  return Object.fromEntries(
    list.map(({ name, shape }) => {
      const data = values.get(name);
      if (data?.length !== sizeOf(shape)) throw undeclared(owner, name);
      return [part + name, { data, shape }];
    }),
  );
}

/** The product of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** A tensor that is not there, or not of its shape. */
export function undeclared(owner: string, name: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'training/undeclared-tensor',
    message: `'${owner}' was given no tensor '${name}' of the declared shape.`,
    hint: 'Declare it in the objective, and pass it under the same name with as many numbers as its shape holds.',
    zh: {
      message: `“${owner}”没有得到符合声明形状的张量“${name}”。`,
      hint: '请在目标定义中声明它，并以相同名称、相同数量传入数值。',
    },
  });
}
