/** What a learner carries from step to step, ready for a safetensors checkpoint. */
import type { StoredTensor } from '../model/safetensors.ts';
import type { LearningGraphOptions } from './learning-graph.ts';
import type { Objective } from './objective.ts';
import { momentsOf } from './optimiser.ts';
import { createParameters, type Parameter, type Parameters } from './parameter.ts';
import { PART, sizeOf, undeclared } from './tensors.ts';

/** Everything a learner needs to go on bit for bit, named as in tensors.ts (`p.` parameters, `m.` `v.` moments, …). */
export interface LearnerState {
  /** Steps taken. */
  readonly step: number;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

/** The state of an objective that has not been learned yet. Buffers missing in `parameters` start as they declare. */
export function freshLearnerState(objective: Objective, parameters: Parameters): LearnerState {
  const buffers = objective.buffers ?? [];
  const missing = buffers.filter(({ name }) => !parameters.has(name));
  const all = new Map([...parameters, ...createParameters(missing, `${objective.name}/buffers`)]);
  const tensors = [
    ...objective.parameters.map((one) => stored(PART.parameter, one, all.get(one.name))),
    ...buffers.map((one) => stored(PART.buffer, one, all.get(one.name))),
  ];
  return { step: 0, tensors: new Map(tensors) };
}

/** The parameters of a state, or their moving average where `average` is asked for and there. */
export function parametersOf(state: LearnerState, which: 'latest' | 'average' = 'latest'): Map<string, Float32Array> {
  const average = which === 'average' ? partOf(state.tensors, PART.average) : undefined;
  return average?.size ? average : partOf(state.tensors, PART.parameter);
}

/** The tensors of one part under their own names. */
export function partOf(tensors: ReadonlyMap<string, StoredTensor>, part: string): Map<string, Float32Array> {
  const own = [...tensors].filter(([key]) => key.startsWith(part));
  return new Map(own.map(([key, { data }]) => [key.slice(part.length), data]));
}

/** All tensors of a learner: those of `start`, moments of 0 and averages of the parameters where it has none. */
export function carriedTensors(
  objective: Objective,
  { optimiser, average }: LearningGraphOptions,
  { tensors }: LearnerState,
): ReadonlyMap<string, StoredTensor> {
  const { parameters, buffers = [] } = objective;
  const moments = parameters.flatMap((one) => momentsOf(optimiser, one).map((part) => ({ part, one })));
  return new Map([
    ...parameters.map((one) => stored(PART.parameter, one, tensors.get(PART.parameter + one.name)?.data)),
    ...buffers.map((one) => stored(PART.buffer, one, tensors.get(PART.buffer + one.name)?.data)),
    ...moments.map(({ part, one }) =>
      stored(part, one, tensors.get(part + one.name)?.data ?? new Float32Array(sizeOf(one.shape))),
    ),
    ...(average === undefined ? [] : parameters).map((one) => {
      const start = tensors.get(PART.average + one.name) ?? tensors.get(PART.parameter + one.name);
      return stored(PART.average, one, start?.data);
    }),
  ]);
}

function stored(part: string, { name, shape }: Parameter, data: Float32Array | undefined): [string, StoredTensor] {
  if (data?.length !== sizeOf(shape)) throw undeclared('learner state', part + name);
  return [part + name, { shape, data }];
}
