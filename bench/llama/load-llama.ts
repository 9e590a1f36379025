/**
 * llama.cpp through node-llama-cpp, to compare with: for benches and for the tests of exports, never for the product.
 * It is installed beside this file from its lock the first time it is asked for (85 MB, linux-x64).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A GGUF file loaded by llama.cpp. */
export interface LlamaModel extends AsyncDisposable {
  /** Ids of a text; special tokens written in it are recognised. */
  tokenize(text: string): number[];
  detokenize(ids: readonly number[]): string;
  /** The likeliest continuation, one token at a time; `onToken` is called after each. */
  continue(prompt: readonly number[], count: number, onToken?: () => void): Promise<number[]>;
}

/** Why llama.cpp cannot be had here, or undefined when it can; installs it if need be. */
export function llamaMissing(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'node-llama-cpp is locked for linux-x64 only';
  if (existsSync(join(import.meta.dirname, 'node_modules/node-llama-cpp/package.json'))) return undefined;
  const flags = ['--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  const run = spawnSync('npm', ['ci', ...flags], { cwd: import.meta.dirname, encoding: 'utf8', timeout: 300_000 });
  return run.status === 0 ? undefined : `node-llama-cpp could not be installed: ${run.stderr ?? run.error?.message}`;
}

const EXACT = { experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32', flashAttention: false };

/** How a file is loaded. */
export interface LlamaOptions {
  readonly threads: number;
  readonly context: number;
  /** Attention in 32 bits, to compare results; llama.cpp's own choice is 16. Default false. */
  readonly exact?: boolean;
}

/** Loads a file. */
export async function loadLlama(path: string, options: LlamaOptions): Promise<LlamaModel> {
  const { getLlama } = await importLlama();
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: options.threads });
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({
    contextSize: options.context,
    threads: options.threads,
    sequences: 1,
    ...(options.exact ? EXACT : {}),
  });
  const sequence = context.getSequence();
  return {
    tokenize: (text) => [...model.tokenize(text, true)],
    detokenize: (ids) => model.detokenize(ids, true),
    continue: async (prompt, count, onToken) => {
      await sequence.clearHistory();
      const ids: number[] = [];
      for await (const id of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
        ids.push(id);
        onToken?.();
        if (ids.length === count) break;
      }
      return ids;
    },
    [Symbol.asyncDispose]: async () => {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

/** The little of node-llama-cpp that is used here; its own types come only with its installation. */
interface NodeLlama {
  getLlama(options: object): Promise<{
    loadModel(options: { modelPath: string }): Promise<{
      tokenize(text: string, special: boolean): readonly number[];
      detokenize(ids: readonly number[], special: boolean): string;
      createContext(options: object): Promise<{
        getSequence(): {
          clearHistory(): Promise<void>;
          evaluate(prompt: readonly number[], options: object): AsyncIterable<number>;
        };
        dispose(): Promise<void>;
      }>;
      dispose(): Promise<void>;
    }>;
    dispose(): Promise<void>;
  }>;
}

async function importLlama(): Promise<NodeLlama> {
  const find = createRequire(join(import.meta.dirname, 'package.json'));
  return (await import(pathToFileURL(find.resolve('node-llama-cpp')).href)) as NodeLlama;
}
