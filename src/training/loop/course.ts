/**
 * A course: anything that learns step by step, as `runCourse` (run-course.ts) sees it. One course may hold several learners,
 * such as the two of a GAN. The loop owns the steps, the folder, the log and the checkpoints; the course owns the network,
 * the data and the optimiser.
 *
 *   createCourse(options) ─▶ { course, run } ─▶ runCourse: restore, step … step, validate, sample, finish
 *
 * Every kind of network has a folder with a `createCourse`; courses.ts lists them by kind. A step must follow from the
 * state and its index alone (rows and noise drawn from seed and index, see `createRandom(...).fork`), for only then does
 * an interrupted run end bit for bit where an unbroken one ends.
 */
import type { Json } from '../../core/index.ts';
import type { LearnerState } from '../learn/index.ts';
import type { Bilingual } from '../refusal.ts';
import type { LogLine } from './train-log.ts';

/** Everything a course needs to go on bit for bit: its learners by name. */
export type CourseState = ReadonlyMap<string, LearnerState>;

/** What one step did; numbers are those before the weights moved. */
export interface StepNumbers {
  readonly loss: number;
  readonly learningRate: number;
  /** Where it is measured. */
  readonly gradientNorm?: number | undefined;
  /** How much was learned from in this step, in the course's unit. */
  readonly amount: number;
  /** More curves for log and plot, such as the loss of the other network. */
  readonly reports?: Readonly<Record<string, number>>;
}

/** Measurements by name; `loss` is drawn beside the training loss. */
export type Scores = Readonly<Record<string, number>>;

/** What `finish` is told. */
export interface Finished {
  /** Folder in which to leave the finished model. */
  readonly model: string;
  readonly scores: Scores | undefined;
  readonly log: readonly LogLine[];
  /** Withdrawals of data after which the run went on from an earlier step, oldest first. */
  readonly forgotten: readonly Forgotten[];
}

export interface Course extends AsyncDisposable {
  /** What `amount` counts, such as tokens or pictures. */
  readonly unit: Bilingual;
  /** Learned numbers in all. */
  readonly parameters: number;
  /** Rows, pictures or other items of the training set. */
  readonly items: number;
  /** The step of this index, counted from 0, after all steps before it. */
  step(index: number): Promise<StepNumbers>;
  state(): CourseState;
  restore(state: CourseState): void;
  /** Measures held-out data: a part that is quick to measure, or the whole. Undefined when there is none. */
  validate?(extent: 'part' | 'whole', signal?: AbortSignal): Promise<Scores | undefined>;
  /** Writes samples of the present weights into a folder, which exists and is empty. */
  sample?(folder: string, step: number): Promise<void>;
  /** Writes the finished model. */
  finish?(finished: Finished): Promise<void>;
}

/** How a course is run. */
export interface RunOptions {
  /** Folder of the run: checkpoints, train.jsonl, loss.svg, samples/, and the finished model in model/. */
  readonly out: string;
  readonly steps: number;
  /** Above the plot. */
  readonly title?: string;
  /** Steps between two checkpoints; default 100. */
  readonly saveEvery?: number;
  /** Steps between two validations; default never but at the end. */
  readonly validateEvery?: number;
  /** Steps between two sets of samples, the last step always included; default never. */
  readonly sampleEvery?: number;
  /** Everything that decides what is learned: options, data, start. A checkpoint is resumed only under an equal one. */
  readonly identity: Json;
  /** Steps whose checkpoints are kept for good, as places to go on from when data are withdrawn. */
  readonly keep?: readonly number[];
  /** What the run was known by before data were withdrawn. */
  readonly earlier?: readonly EarlierIdentity[];
}

/** An identity that a run had before something was withdrawn from its data. */
export interface EarlierIdentity {
  readonly identity: Json;
  /** Checkpoints of up to so many steps know nothing of what was withdrawn; later ones are removed. */
  readonly until: number;
  /** What was withdrawn since, for the record. */
  readonly withdrawn: Json;
}

/** That a run went on without data which it, or its later checkpoints, had read. */
export interface Forgotten {
  readonly withdrawn: Json;
  /** Steps of the checkpoint it went on from; 0 is a fresh start. */
  readonly from: number;
}

/** A course and how it is to be run. */
export interface PlannedCourse {
  readonly course: Course;
  readonly run: RunOptions;
}

/** What the folder of each kind exports as `createCourse`; throws `training/bad-options` for options it cannot use. */
export type CreateCourse = (options: unknown) => Promise<PlannedCourse>;
