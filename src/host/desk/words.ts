/** What the desk and its workers say to each other. */
import type { ErrorFacts } from '../../core/index.ts';
import type { Task, TaskEvent, TaskResult } from '../../kernel/index.ts';
import type { Errand, ErrandAnswer } from '../errand.ts';
import type { WorkerState } from '../process-view.ts';

export type ToWorker =
  | { readonly task: Task; readonly seed: number }
  | { readonly errand: Errand }
  | { readonly cancel: true };

export type FromWorker =
  | { readonly event: TaskEvent }
  | { readonly done: TaskResult | ErrandAnswer }
  | { readonly failed: ErrorFacts }
  | { readonly state: WorkerState };
