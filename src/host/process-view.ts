import type { ResidentModel } from './models/index.ts';

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
