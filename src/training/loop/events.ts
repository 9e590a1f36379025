/** What a training run tells while it goes on. */
import type { Perplexity } from '../evaluation/perplexity.ts';

export type TrainingEvent =
  | {
      readonly type: 'training-start';
      readonly parameters: number;
      readonly steps: number;
      /** Steps already taken by an earlier, interrupted run. */
      readonly resumedFrom: number;
      readonly trainRows: number;
    }
  | {
      readonly type: 'training-step';
      /** Steps taken, counted from 1. */
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly learningRate: number;
      readonly gradientNorm: number;
      /** Cells (rows × length, padding included) per second, over the last twenty steps. */
      readonly tokensPerSecond: number;
      readonly secondsLeft: number;
    }
  | ({ readonly type: 'validation-end'; readonly step: number } & Perplexity)
  | { readonly type: 'checkpoint-save'; readonly step: number; readonly path: string }
  | { readonly type: 'training-end'; readonly result: TrainingResult };

/** What a finished run leaves. */
export interface TrainingResult {
  readonly steps: number;
  /** Loss of the last step. */
  readonly loss: number;
  /** Over the whole validation split, where there is one. */
  readonly validation: Perplexity | undefined;
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
