/**
 * Ops: named, versioned creative steps from works and options to works.
 *
 *   input works ─┐
 *   options ─────┼─▶ run ─▶ outputs (candidates) ─▶ works
 *   seed, model ─┘
 *
 * The same four give the same outputs. An op takes time, randomness and models from its context alone, and touches neither
 * disk nor network. Raise `version` whenever the same record would give something else: code, tables or defaults.
 */
import type { z } from 'zod';
import { type Json, OsError, type Random } from '../core/index.ts';
import type { Bilingual } from './plan.ts';
import type { ChatModel } from './ports/chat-model.ts';
import type { GapFiller } from './ports/gap-filler.ts';
import type { PictureEye } from './ports/picture-eye.ts';
import type { PictureModel } from './ports/picture-model.ts';
import type { ReadPicture, ReadPictureOptions } from './ports/picture-reader.ts';
import type { SoundModel } from './ports/sound-model.ts';
import type { TokenModel } from './ports/token-model.ts';
import type { Workshop } from './ports/workshop.ts';
import type { Progress } from './progress.ts';
import type { Work } from './work.ts';

/** One input place of an op. */
export interface OpInput {
  readonly name: string;
  /** Medium of the works it takes; `*` takes all. */
  readonly medium: string;
  readonly optional?: true;
}

/** An input work with its content at hand. */
export interface InputWork {
  readonly work: Work;
  readonly bytes: Uint8Array;
  /** The parsed JSON of a document, undefined for other content. Parse it with a schema. */
  readonly document: unknown;
}

/** Something to look at before the work is finished. */
export interface Preview {
  /** Which candidate it belongs to, 0 first. */
  readonly candidate?: number;
  readonly text?: string;
  readonly data?: Json;
}

/** What an op may use of the world. */
export interface OpContext {
  /** Seeded by the record; use `fork` for independent parts. */
  readonly random: Random;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Opens the model that `model(options)` named; it stays open after the run, so do not dispose of it. */
  tokenModel(): Promise<TokenModel>;
  /** The same where that model is spoken to. */
  chatModel(): Promise<ChatModel>;
  /** The same where that model makes sound. */
  soundModel(): Promise<SoundModel>;
  /** The same where that model makes pictures. */
  pictureModel(): Promise<PictureModel>;
  /** The same where that model looks at pictures. */
  pictureEye(): Promise<PictureEye>;
  /** The same where that model fills gaps in a text. */
  gapFiller(): Promise<GapFiller>;
  /** Opens a picture file that the artist brought, where it can do no harm. Throws as `PictureReader.read`. */
  readPicture(bytes: Uint8Array, options?: ReadPictureOptions): Promise<ReadPicture>;
  /** The place where models are made; only ops that train have business there. */
  workshop(): Workshop;
  progress(progress: Progress): void;
  preview(preview: Preview): void;
  /** Lets events and cancellation through; await it now and then in long computations. Throws `core/cancelled`. */
  breathe(): Promise<void>;
}

/** One work to be: a document (any plain data) or bytes of a named type. */
export type OpOutput = {
  readonly medium: string;
  readonly title: string;
  /** Named facts about it: scores, novelty report. Plain data. */
  readonly measures?: object;
} & ({ readonly document: object } | { readonly bytes: Uint8Array; readonly mime: string });

export interface OpResult {
  /** Candidates, best first; empty for ops that only report. */
  readonly works: readonly OpOutput[];
  /** What the op found out, as plain data; kept with the cache. */
  readonly report?: object;
}

export interface OpDefinition<Options extends z.ZodType> {
  /** `art/verb`, unique. */
  readonly name: `${string}/${string}`;
  readonly version: number;
  readonly summary: Bilingual;
  /** Every option described and with a default where one makes sense; the parsed options go into the record. */
  readonly options: Options;
  readonly inputs?: readonly OpInput[];
  /** Catalogue name of the model it will use with these options; absent or null: none. */
  model?(options: z.output<Options>): string | null;
  run(context: OpContext, inputs: readonly InputWork[], options: z.output<Options>): Promise<OpResult> | OpResult;
}

/** Any op, its options' type forgotten. */
export type Op = OpDefinition<z.ZodType>;

/** Declares an op; no effects. Throws `kernel/bad-op-name`. */
export function defineOp<Options extends z.ZodType>(definition: OpDefinition<Options>): OpDefinition<Options> {
  if (!/^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/.test(definition.name)) {
    throw new OsError({
      kind: 'bug',
      code: 'kernel/bad-op-name',
      message: `defineOp: '${definition.name}' is not of the form art/verb in lower case.`,
      hint: 'Name it like verse/compose.',
      zh: {
        message: `defineOp：“${definition.name}”不是小写的“门类/动作”形式。`,
        hint: '请像 verse/compose 那样命名。',
      },
    });
  }
  return Object.freeze(definition);
}
