/** What a judge of models is asked, and what it answers. */
import type { ModelCard } from '../../model/card.ts';
import type { Bilingual } from '../../refusal.ts';
import type { Evaluation } from '../evaluate-model.ts';
import type { Report } from '../report/index.ts';

export interface JudgeOptions {
  /** What the model is measured on: a folder of pictures or sounds, of prepared rows, of word sets. */
  readonly data?: string | undefined;
  /** Pictures the model never saw, in a folder of their own. Default: the share of `data` that training kept back. */
  readonly heldOut?: string | undefined;
  /** The recipe it was trained by; needed for picture models whose card does not say how pictures are loaded. */
  readonly recipe?: Readonly<Record<string, unknown>> | undefined;
  /** Of prepared rows: which part, default `validation`, and how many rows. */
  readonly split?: string | undefined;
  readonly rows?: number | undefined;
  /** Of language models: as in `EvaluationOptions`. */
  readonly groupBy?: number | undefined;
  readonly baseline?: boolean | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done. */
  readonly onStage?: ((stage: Bilingual) => void) | undefined;
}

/** The report, and what a program may want besides. */
export interface Judgement {
  readonly card: ModelCard;
  readonly report: Report;
  /** Perplexities, of language models. */
  readonly evaluation?: Evaluation;
}

/** Measures a finished model of one kind; every kind has one in `judge.ts` of its folder. */
export type Judge = (folder: string, options: JudgeOptions) => Promise<Judgement>;
