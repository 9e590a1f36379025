/** The steps from an artist's own work to a model: each an op, each on what the one before made. */
import type { JobResult, JobRun, Work } from '../../kernel/index.ts';
import type { Os } from '../os.ts';

/** The ops of the ways to a model, in order. */
export type StepName =
  | 'corpus/collect'
  | 'corpus/clean'
  | 'dataset/tokenise'
  | 'model/train'
  | 'model/evaluate'
  | 'model/publish'
  | 'tunes/collect'
  | 'tunes/clean'
  | 'tunes/tokenise'
  | 'tunes/evaluate';

/** What a step found out. */
export type Facts = Readonly<Record<string, unknown>>;

/** What a step made, and what it found out. */
export interface StepDone {
  readonly work: Work;
  readonly facts: Facts;
}

/** Runs one step; rejects with what its op throws. */
export type Step = (
  op: StepName,
  inputs: readonly string[],
  options: object,
) => Promise<Facts & { readonly id: string }>;

/** What is to be learned, and how; absent options are the ops' to choose. */
export interface OwnWork {
  /** Name of the model to be. */
  readonly name: string;
  readonly kind: 'text' | 'music';
  /** What `corpus/collect` reads. */
  readonly from: { readonly folder?: string; readonly sources?: readonly object[] };
  readonly base?: string | undefined;
  readonly method?: 'full' | 'lora' | undefined;
  readonly order?: 'shuffled' | 'shards' | undefined;
  readonly epochs?: number | undefined;
  readonly steps?: number | undefined;
  readonly script?: string | undefined;
  readonly licence?: string | undefined;
  readonly seed?: number | undefined;
  readonly replace?: boolean | undefined;
  /** For music: the style that all tunes are taken for. */
  readonly style?: string | undefined;
}

/** Who runs the steps: how they are followed and stopped. */
export interface StepRunner {
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Follows one run to its end. */
  follow(run: JobRun, op: StepName): Promise<JobResult>;
  /** Told after each. */
  onDone?(done: StepDone): void;
}

/** A step over an open system. Always run anew: folder, models and workshop may have changed; training goes on where it was. */
export function createStep(os: Os, { seed, signal, follow, onDone }: StepRunner): Step {
  return async (op, inputs, given) => {
    const options = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const run = os.run({ op, inputs, options, seed, fresh: true, ...(signal ? { signal } : {}) });
    const [work] = (await follow(run, op)).works;
    const facts = (await os.load(work!.id)).document as Facts;
    onDone?.({ work: work!, facts });
    return { ...facts, id: work!.id };
  };
}
