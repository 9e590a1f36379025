/** Composing with the tune model. */
export {
  type ComposeOptions,
  composeTunes,
  continueTune,
  fitsTuneLanguage,
  infillTune,
  type TuneCandidate,
} from './compose-tunes.ts';
export {
  type CopyGuard,
  createCopyGuard,
  findTuneIndex,
  type GuardedMelody,
  holdsCopy,
  MOST_COPIED_BARS,
  reportCopies,
  sharedBars,
} from './copy-guard.ts';
export type { Hole, TaskOptions } from './plan-task.ts';
export { TUNE_WEIGHTS, type TuneScores } from './rank.ts';
