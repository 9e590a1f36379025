/** What the desk and its workers say to each other, and what is known of a worker. */
import type { ErrorFacts } from '../../core/index.ts';
import type { Task, TaskEvent, TaskResult } from '../../kernel/index.ts';
import type { ResidentModel } from '../models/index.ts';
import type { Errand, ErrandAnswer } from './errand.ts';

export type ToWorker =
  | { readonly task: Task; readonly seed: number }
  | { readonly errand: Errand }
  | { readonly cancel: true };

export type FromWorker =
  | { readonly event: TaskEvent }
  | { readonly done: TaskResult | ErrandAnswer }
  | { readonly failed: ErrorFacts }
  | { readonly state: WorkerState };

/** What a worker tells of itself whenever that changes. */
export interface WorkerState {
  readonly open: readonly ResidentModel[];
  /** Bytes of memory of the process. */
  readonly memory: number;
}

/** A process of the system as people see it. */
export interface ProcessView extends WorkerState {
  readonly pid: number;
  /** `serve`, the name of an op, `create`, `train`, or an errand; null: waits for work. */
  readonly doing: string | null;
  /** Milliseconds since 1970: since when it does so. */
  readonly since: number;
}
