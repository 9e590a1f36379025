/** The desk of the house: tasks in a queue, done by worker processes. */
export { createDesk, type DeskParts } from './create-desk.ts';
export { createInProcessRunner } from './in-process.ts';
export { createOtherJobs, type OtherJobs } from './other-jobs.ts';
export { createWorkers, type WorkerHome } from './workers.ts';
