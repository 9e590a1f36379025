/** The desk of the house: tasks in a queue, done by worker processes. */
export { byWorkers } from './by-workers.ts';
export { createDesk, type DeskParts } from './create-desk.ts';
export { type ErrandRunner, runErrand } from './errand.ts';
export { createInProcessRunner } from './in-process.ts';
export { createOtherJobs, type OtherJobs } from './other-jobs.ts';
export type { ProcessView } from './words.ts';
export { createWorkers, type WorkerHome, type Workers } from './workers.ts';
