import type { Sha256 } from '../../core/index.ts';

/** `lost`: its process ended without a word. A scheduler will add `queued` and `admitted` in front. */
export type JobState = 'running' | 'done' | 'failed' | 'cancelled' | 'lost';

/** One run of an op on a machine. */
export interface Job {
  readonly id: string;
  readonly op: string;
  readonly recordHash: Sha256;
  readonly state: JobState;
  /** Which process runs it, as `host:pid`. */
  readonly owner: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Error code of a failed job. */
  readonly error?: string;
}

/** How a job came to its end. */
export interface JobEnd {
  readonly id: string;
  readonly state: Exclude<JobState, 'running'>;
  readonly error?: string;
}

export interface JobStore {
  start(job: { readonly id: string; readonly op: string; readonly recordHash: Sha256 }): Promise<void>;
  /** Ends a running job that made nothing; one that made works ends inside `Storage.commit`. */
  end(end: JobEnd): Promise<void>;
  find(id: string): Promise<Job | undefined>;
  /** Newest first; `limit` default 50; `without`: leaves out ids that begin so. */
  list(query?: {
    readonly state?: JobState;
    readonly limit?: number;
    readonly without?: string;
  }): Promise<readonly Job[]>;
  /** Marks running jobs of this machine whose process is gone as `lost`; returns how many. */
  sweep(): Promise<number>;
}
