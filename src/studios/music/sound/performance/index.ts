/** Performance: from a score to what players do. */
export { clockOf } from './clock.ts';
export { type PerformOptions, perform } from './perform.ts';
export type { PartPerformance, Performance, PerformedControl, PerformedNote } from './performance.ts';
