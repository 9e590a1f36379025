/**
 * The port to the place where models are made from an artist's own work. Each step takes plain data, keeps its files in the
 * home folder under the digest of what it made, and returns plain data that becomes the content of a work; so that a
 * corpus, a dataset and a model have a lineage like every poem.
 *
 *   collect ─▶ clean ─▶ tokenise ─▶ train ─▶ evaluate ─▶ publish (the model is at hand under its name)
 *   collectPreferences ─▶ prefer ─▶ publish
 *
 * A studio that prepares its own art for training (tunes) keeps files here instead and reads them again:
 *
 *   collectFiles ─▶ studio ─▶ keepFiles (dataset) ─▶ train ─▶ measure, openTrained ─▶ publish
 */
import type { Json } from '../../core/index.ts';
import type { Progress } from '../progress.ts';
import type { TokenModel } from './token-model.ts';

/** Plain data about something the workshop keeps, under the digest of its files. */
export interface Made {
  readonly digest: string;
  readonly [fact: string]: Json;
}

/** How a caller follows and stops a step. */
export interface WorkshopHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Numbers and samples of the moment, such as the loss. */
  readonly onFacts: (facts: Json) => void;
}

/** A public repository, or a folder of it, that the artist named. */
export interface RepositoryRequest {
  /** `https://host/owner/name`. */
  readonly repository: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** Of its archive. */
  readonly sha256: string;
  readonly folder?: string | undefined;
  readonly licence?: string | undefined;
}

/** How a model is trained on a dataset. */
export interface TrainRequest {
  readonly dataset: Made;
  /** Catalogue name of the model to go on from. */
  readonly base: string;
  readonly method: 'full' | 'lora';
  /** Times through the training rows. */
  readonly epochs: number;
  /** At most this many steps; 0 for no limit. */
  readonly steps: number;
  readonly learningRate: number;
  /** Rank of LoRA. */
  readonly rank: number;
  /** `shards`: part after part of the dataset, so that a document can be forgotten without training all again. */
  readonly order: 'shuffled' | 'shards';
  readonly seed: number;
}

/** Of two answers to one prompt, which was chosen. */
export interface PreferencePair {
  readonly prompt: string;
  readonly chosen: string;
  readonly rejected: string;
  /** Title of the text, for models that are given one. */
  readonly title?: string | undefined;
}

/** How a model is tuned to preferences. */
export interface PreferRequest {
  readonly preferences: Made;
  /** Catalogue name of the model to go on from. */
  readonly base: string;
  readonly method: 'full' | 'lora';
  /** Times through the training pairs. */
  readonly epochs: number;
  /** At most this many steps; 0 for no limit. */
  readonly steps: number;
  readonly learningRate: number;
  /** Larger holds the model closer to where it started. */
  readonly beta: number;
  readonly rank: number;
  readonly seed: number;
}

/** What samples are written with, before and after. */
export interface EvaluateRequest {
  readonly model: Made;
  readonly dataset: Made;
  readonly base: string;
  readonly samples: number;
  readonly seed: number;
}

export interface Workshop {
  /** Reads every text under a folder, and of public repositories that the artist named; those are fetched when they are not kept. */
  collect(
    request: {
      readonly folder?: string | undefined;
      readonly sources?: readonly RepositoryRequest[] | undefined;
      readonly licence?: string | undefined;
    },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Repairs, normalises, drops what does not belong, and says what was dropped. */
  clean(
    request: { readonly corpus: Made; readonly script: 'keep' | 'simplified' | 'traditional' },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Which model to go on from: of those that write prose, the one that finds the corpus least surprising. */
  chooseBase(corpus: Made, hooks: WorkshopHooks): Promise<string>;
  /**
   * Splits by chapter and writes rows in the tokens of the base; or, with a `vocabulary` above 0, in so many tokens learned
   * from the corpus, for a new model. Throws when there is too little.
   */
  tokenise(
    request: { readonly corpus: Made; readonly base: string; readonly vocabulary?: number; readonly seed: number },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  train(request: TrainRequest, hooks: WorkshopHooks): Promise<Made>;
  /** Reads pairs from a file (one JSON object a line), or takes those given. Throws when there are too few. */
  collectPreferences(
    request: { readonly file?: string | undefined; readonly pairs?: readonly PreferencePair[] | undefined },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Tunes a model to preferences, and measures on held-out pairs which answer it finds likelier, before and after. */
  prefer(request: PreferRequest, hooks: WorkshopHooks): Promise<Made>;
  /** Compares the model with its base on held-out chapters, by numbers and by samples. */
  evaluate(request: EvaluateRequest, hooks: WorkshopHooks): Promise<Made>;
  /** Puts the model under a name among the models at hand. */
  publish(
    request: {
      readonly model: Made;
      /** Absent for a model whose own facts say how it scored. */
      readonly evaluation?: Made | undefined;
      readonly name: string;
      readonly licence: string;
      readonly replace: boolean;
      /** Kept files of the kind `companions` that belong beside the weights. */
      readonly companions?: string | undefined;
      /** Whose work it learned from, with its licence; absent for the artist's own. */
      readonly learnedFrom?: readonly { readonly name: string; readonly licence: string }[] | undefined;
    },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Keeps the files of some kinds under a folder, byte for byte; its facts list each with path, kind, SHA-256 and licence. */
  collectFiles(
    request: {
      readonly folder: string;
      /** As the training engine names them: `midi`, `abc`, `musicxml`. */
      readonly kinds: readonly string[];
      readonly licence?: string | undefined;
    },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Keeps files under the digest of their names and contents, which is returned. Equal files have equal digests. */
  keepFiles(kind: string, files: ReadonlyMap<string, Uint8Array | string>): Promise<string>;
  /** One of the files of something kept; throws `house/not-on-shelf`. */
  readKept(kind: string, digest: string, name: string): Promise<Uint8Array>;
  /** Mean −ln P, in nats, of the predicted tokens of a split: of a model just trained, or of one at hand by its name. */
  measure(
    request: { readonly model: Made | string; readonly dataset: Made; readonly split: 'train' | 'validation' | 'test' },
    hooks: WorkshopHooks,
  ): Promise<{ readonly loss: number; readonly tokens: number }>;
  /** Opens a model that was trained and has no name yet. Dispose of it. */
  openTrained(model: Made): Promise<TokenModel>;
  /** Withdraws a document from a corpus and from every dataset that holds it, and names the models that had read it; `at`: ISO 8601. */
  forget(
    request: { readonly corpus: Made; readonly document: string; readonly at: string },
    hooks: WorkshopHooks,
  ): Promise<Made>;
  /** Trains a model at hand again on what is left of its dataset, from the last checkpoint that had not read what is withdrawn. */
  retrain(request: { readonly model: string }, hooks: WorkshopHooks): Promise<Made>;
}
