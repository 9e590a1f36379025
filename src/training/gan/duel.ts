/**
 * Two learners against each other: in every step first the discriminator learns to tell, then the generator to deceive the
 * discriminator as it is now. With a penalty every few steps the discriminator has two learners that hand one state to and fro.
 *
 *   feeds ─▶ discriminator (generator frozen) ─▶ generator (discriminator and its buffers frozen) ─▶ numbers
 */
import {
  createLearner,
  createParameters,
  type Feeds,
  freshLearnerState,
  type Learner,
  type LearnerOptions,
  type LearnerState,
  type Objective,
  type Parameters,
  parametersOf,
} from '../learn/index.ts';
import type { CourseState } from '../loop/course.ts';

/** The two sides, and how they learn. */
export interface DuelOptions {
  readonly generator: Objective;
  readonly discriminator: Objective;
  /** The discriminator's objective in every `penaltyEvery`-th step, counted from the first. Default: none of its own. */
  readonly penalised?: Objective;
  /** Default 1. */
  readonly penaltyEvery?: number;
  readonly seed: string | number;
  readonly learner: Omit<LearnerOptions, 'average'>;
  /** Decay of the generator's moving average. */
  readonly average: number;
  /** Weights that the generator begins with. Default: fresh ones of the seed. */
  readonly start?: Parameters | undefined;
}

/** Learning rates of the two. */
export interface DuelRates {
  readonly generator: number;
  readonly discriminator: number;
}

export interface Duel extends AsyncDisposable {
  /** One step of both. `real` feeds the discriminator, `given` the generator. */
  step(index: number, real: Feeds, given: Feeds, rates: DuelRates): Promise<DuelStep>;
  state(): CourseState;
  restore(state: CourseState): void;
  /** The generator's moving average. */
  average(): Parameters;
}

/** What a step of both did. */
export interface DuelStep {
  /** The generator's. */
  readonly loss: number;
  /** The generator's. */
  readonly gradientNorm: number;
  /** The discriminator's loss, and the reports of both, its own after `discriminator-`. */
  readonly reports: Readonly<Record<string, number>>;
}

/** Starts both from fresh parameters of the seed. */
export async function createDuel(options: DuelOptions): Promise<Duel> {
  const { generator, discriminator, penalised, penaltyEvery = 1, seed, learner, average, start } = options;
  const fresh = (objective: Objective): LearnerState =>
    freshLearnerState(objective, createParameters([...objective.parameters, ...(objective.buffers ?? [])], seed));
  let judging = fresh(discriminator);
  const made: Learner[] = [];
  const open = async (objective: Objective, more: Partial<LearnerOptions> = {}, from = fresh(objective)) => {
    const one = await createLearner(objective, from, { ...learner, ...more });
    made.push(one);
    return one;
  };
  const painter = await open(generator, { average }, start && freshLearnerState(generator, start));
  const plain = penalised && penaltyEvery === 1 ? undefined : await open(discriminator);
  const strict = penalised ? await open(penalised) : undefined;
  return {
    step: async (index, real, given, rates) => {
      const judge = (index % penaltyEvery === 0 ? strict : undefined) ?? plain ?? strict!;
      judge.restore(judging);
      const told = await judge.step(real, rates.discriminator, painter.parameters());
      judging = judge.state();
      const frozen = new Map([...judge.parameters(), ...judge.buffers()]);
      const { loss, gradientNorm, reports } = await painter.step(given, rates.generator, frozen);
      const theirs = Object.entries(told.reports).map(([name, value]) => [`discriminator-${name}`, value]);
      return { loss, gradientNorm, reports: { ...reports, discriminator: told.loss, ...Object.fromEntries(theirs) } };
    },
    state: () =>
      new Map([
        ['discriminator', judging],
        ['generator', painter.state()],
      ]),
    restore: (state) => {
      judging = state.get('discriminator')!;
      painter.restore(state.get('generator')!);
    },
    average: () => parametersOf(painter.state(), 'average'),
    [Symbol.asyncDispose]: async () => {
      for (const one of made) await one[Symbol.asyncDispose]();
    },
  };
}
