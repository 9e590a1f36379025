/**
 * The runtime as our engine uses it: @huggingface/transformers with the network off, told in the few types that we need. It
 * reads one folder of this machine and nothing else.
 */
import '../../../core/no-telemetry.ts';
import { basename, dirname } from 'node:path';
import * as transformers from '@huggingface/transformers';
import type { LoadInput } from '../open-engine.ts';

export const { Tensor, RawImage, random } = transformers;
export type Tensor = transformers.Tensor;
export type RawImage = transformers.RawImage;

/** A model: called with tensors by name, it gives tensors by name. */
export interface Network {
  (inputs: Readonly<Record<string, unknown>>): Promise<Record<string, Tensor>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly generation_config?: Readonly<Record<string, unknown>> | null;
  generate(inputs: Readonly<Record<string, unknown>>): Promise<Tensor>;
}

/** A tokeniser, as far as it is used. */
export interface Tokenizer {
  (text: string | string[], options?: object): Record<string, Tensor>;
  encode(text: string, options?: object): number[];
  decode(ids: readonly number[], options?: object): string;
  apply_chat_template(messages: object[], options: object): unknown;
  readonly mask_token_id?: number;
  readonly mask_token?: string;
}

/** Turns pictures into tensors. */
export type Processor = (images: RawImage | RawImage[]) => Promise<Record<string, Tensor>>;

/** A task of the runtime as a whole. */
export type Pipeline = (input: unknown, options?: object) => Promise<unknown>;

/** What of a folder is opened when it is asked for. */
export interface Opened {
  readonly input: LoadInput;
  model(kind: keyof typeof transformers): Promise<Network>;
  tokenizer(): Promise<Tokenizer>;
  processor(): Promise<Processor>;
  pipeline(task: string): Promise<Pipeline>;
}

/** Points the runtime at a folder. */
export function openFolder(input: LoadInput): Opened {
  const { env } = transformers;
  Object.assign(env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    useFSCache: false,
    localModelPath: dirname(input.folder),
    logLevel: 40,
  });
  const id = basename(input.folder);
  const options = {
    dtype: input.dtype,
    subfolder: input.within,
    local_files_only: true,
    session_options: { intraOpNumThreads: input.threads, interOpNumThreads: 1, logSeverityLevel: 3 },
  };
  const opener = (
    name: keyof typeof transformers,
  ): { from_pretrained(id: string, options: object): Promise<unknown> } => transformers[name] as never;
  return {
    input,
    model: (kind) => opener(kind).from_pretrained(id, options) as Promise<Network>,
    tokenizer: () => opener('AutoTokenizer').from_pretrained(id, options) as Promise<Tokenizer>,
    processor: () => opener('AutoProcessor').from_pretrained(id, options) as Promise<Processor>,
    pipeline: (task) => transformers.pipeline(task as never, id, options as never) as unknown as Promise<Pipeline>,
  };
}

/** Whole numbers as the networks take them. */
export function wholeTensor(values: readonly number[], shape: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [...shape]);
}
