/** Trains a GPT in this process: the course of loop/gpt-course.ts from its options to a finished model folder. */
import { runRecipe } from './courses.ts';
import type { TrainingHooks, TrainingResult } from './events.ts';
import type { TrainingOptions } from './options.ts';

/** Trains, or goes on training where an interrupted run stopped. Throws `core/cancelled` when the signal stops it. */
export function runTraining(options: TrainingOptions, hooks: TrainingHooks = {}): Promise<TrainingResult> {
  return runRecipe({ ...options, kind: 'gpt' }, hooks);
}
