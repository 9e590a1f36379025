/** Composing with the tune model. */
export {
  type ComposeOptions,
  composeTunes,
  continueTune,
  fitsTuneLanguage,
  type GuardedMelody,
  infillTune,
  type TuneCandidate,
} from './compose-tunes.ts';
export type { Hole, TaskOptions } from './plan-task.ts';
export { TUNE_WEIGHTS, type TuneScores } from './rank.ts';
