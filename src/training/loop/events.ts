/** What a training run tells while it goes on. */
import type { Bilingual } from '../refusal.ts';
import type { Scores } from './course.ts';

export type TrainingEvent =
  | {
      readonly type: 'training-start';
      readonly parameters: number;
      readonly steps: number;
      /** Steps already taken by an earlier, interrupted run. */
      readonly resumedFrom: number;
      /** Rows, pictures or other items of the training set. */
      readonly items: number;
    }
  | {
      readonly type: 'training-step';
      /** Steps taken, counted from 1. */
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly gradientNorm?: number | undefined;
      /** Further curves of the course. */
      readonly reports: Readonly<Record<string, number>>;
      /** Tokens, pictures … per second over the last twenty steps, and what they are called. */
      readonly perSecond: number;
      readonly unit: Bilingual;
      readonly secondsLeft: number;
    }
  | { readonly type: 'validation-end'; readonly step: number; readonly scores: Scores }
  | { readonly type: 'samples-save'; readonly step: number; readonly folder: string }
  | { readonly type: 'checkpoint-save'; readonly step: number; readonly path: string }
  | { readonly type: 'training-end'; readonly result: TrainingResult };

/** What a finished run leaves. */
export interface TrainingResult {
  readonly steps: number;
  /** Loss of the last step. */
  readonly loss: number;
  /** Over the whole of the held-out data, where there is some. */
  readonly validation: Scores | undefined;
  /** Folder of the finished model. */
  readonly model: string;
  /** Path of the loss plot. */
  readonly plot: string;
}

/** How a caller follows and stops a run. */
export interface TrainingHooks {
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Stops after the present step; a checkpoint is written first. */
  readonly signal?: AbortSignal;
}
