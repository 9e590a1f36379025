/** The desk of the house: tasks in a queue, done by worker processes. */
export { byWorkers } from './by-workers.ts';
export { createDesk, type DeskParts } from './create-desk.ts';
export { createInProcessRunner } from './in-process.ts';
export { createOtherJobs, type OtherJobs } from './other-jobs.ts';
export { runErrand } from './run-errand.ts';
export { createWorkers, type WorkerHome, type Workers } from './workers.ts';
