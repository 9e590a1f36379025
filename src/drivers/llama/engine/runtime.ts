/** The one file that is loaded in this process, and one conversation at a time on it. */
import type { ChatWrapper, Llama, LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import { HandlerFault } from '../../../isolation/index.ts';

import { chooseWrapper } from './choose-wrapper.ts';

/** What the engine is told before anything else. */
export interface LoadInput {
  readonly path: string;
  readonly adapters: readonly { readonly path: string; readonly strength: number }[];
  readonly contextLength: number;
  readonly threads: number;
  readonly gpuLayers: 'auto' | number;
}

export interface Runtime {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  /** Makes one text of messages, as the model was trained to read them. */
  readonly wrapper: ChatWrapper;
}

let runtime: Promise<Runtime> | undefined;

/** Loads the file. */
export async function load(input: LoadInput): Promise<void> {
  runtime = open(input);
  await runtime;
}

async function open(input: LoadInput): Promise<Runtime> {
  const { adapters, contextLength, threads } = input;
  const { llama, model } = await openModel(input);
  const lora = { adapters: adapters.map((one) => ({ filePath: one.path, scale: one.strength })) };
  const context = await model.createContext({
    contextSize: contextLength,
    threads,
    sequences: 1,
    ...(adapters.length > 0 && { lora }),
  });
  return { llama, model, context, sequence: context.getSequence(), wrapper: await chooseWrapper(model) };
}

/** Opens a file, with facts of its head put in place of its own. */
export async function openModel(
  { path, threads, gpuLayers }: LoadInput,
  metadataOverrides?: NonNullable<Parameters<Llama['loadModel']>[0]>['metadataOverrides'],
): Promise<Pick<Runtime, 'llama' | 'model'>> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({
    gpu: gpuLayers === 0 ? false : 'auto',
    build: 'never',
    skipDownload: true,
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
  });
  const model = await llama.loadModel({
    modelPath: path,
    gpuLayers,
    checkTensors: true,
    ...(metadataOverrides && { metadataOverrides }),
  });
  return { llama, model };
}

let turn: Promise<unknown> = Promise.resolve();

/** Does something with the file while nobody else does. */
export function withRuntime<T>(body: (runtime: Runtime) => Promise<T>): Promise<T> {
  const mine = turn.then(async () => {
    if (!runtime) throw new HandlerFault('broken-model', 'nothing is loaded');
    return body(await runtime);
  });
  turn = mine.catch(() => undefined);
  return mine;
}
