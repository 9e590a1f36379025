import type { DeskJob, DeskState } from '../desk/index.ts';

/** What of a job can change. */
export type DeskChange = Partial<Pick<DeskJob, 'state' | 'startedAt' | 'endedAt' | 'works' | 'report' | 'error'>>;

/** Keeps the tasks of the desk; what `add` and `change` return from is on disk. */
export interface DeskStore {
  add(job: DeskJob): Promise<void>;
  /** A task that has ended stays as it ended. */
  change(id: string, change: DeskChange): Promise<void>;
  /** Makes a waiting task of this process a running one; undefined when it waits no longer. */
  claim(id: string): Promise<DeskJob | undefined>;
  find(id: string): Promise<DeskJob | undefined>;
  /** Newest first. */
  list(query: { readonly state?: DeskState | undefined; readonly limit: number }): Promise<readonly DeskJob[]>;
  /** Makes the tasks that a dead process left waiting or running this process's own, waiting again; oldest first. */
  adopt(): Promise<readonly DeskJob[]>;
}
