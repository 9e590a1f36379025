/** Which job is at work, and whether its work may leave: known wherever the work leads, without being handed from call to call. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** The run of an op, as the list of what left names it. */
export interface JobAtWork {
  readonly job: string;
  readonly op: string;
}

const atWork = new AsyncLocalStorage<JobAtWork>();

/** Does something as part of a job. */
export function asJob<T>(job: JobAtWork, body: () => T): T {
  return atWork.run(job, body);
}

/** The job whose work this is; undefined outside of jobs. */
export function jobAtWork(): JobAtWork | undefined {
  return atWork.getStore();
}

const shut = new AsyncLocalStorage<true>();

/** Does something that may not leave this machine, whatever is granted: the way out refuses it with `way-out/wary`. */
export function withoutWayOut<T>(body: () => T): T {
  return shut.run(true, body);
}

/** Whether what is done now may not leave. */
export function isWithoutWayOut(): boolean {
  return shut.getStore() === true;
}
