/** A language model whose caller chooses every token; its memory stays in the engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTokenRows, type EngineProcess } from '../../isolation/index.ts';
import { engineFault, type ModelIdentity, type TokenModel } from '../../kernel/index.ts';
import { readTokenText } from './token-text.ts';

/** What the engine says when the model is loaded. */
export interface LoadedConfig {
  readonly vocab_size?: number;
  readonly max_position_embeddings?: number;
  readonly n_positions?: number;
  readonly max_seq_len?: number;
}

/** Tokens of a model that does not say how many it can read. */
const USUAL_CONTEXT = 2048;

export const contextOf = (config: LoadedConfig): number =>
  config.max_position_embeddings ?? config.n_positions ?? config.max_seq_len ?? USUAL_CONTEXT;

/** Serves a loaded model; the engine ends with it. */
export function serveTokens(
  engine: EngineProcess,
  {
    identity,
    files,
    folder,
    config,
  }: {
    readonly identity: ModelIdentity;
    readonly files: string;
    readonly folder: string;
    readonly config: LoadedConfig;
  },
): TokenModel {
  const text = readTokenText(files, config.vocab_size ?? 0, identity.name);
  const contextLength = contextOf(config);
  const fits = (length: number): void => {
    if (length > contextLength) {
      throw engineFault('context-full', identity.name, {
        en: `${length} of ${contextLength} tokens`,
        zh: `${length} 个词元，上限 ${contextLength}`,
      });
    }
  };
  return {
    identity,
    ...text,
    contextLength,
    companion: (name) => readCompanion(folder, name),
    open: async (prompt, width, signal) => {
      fits(prompt.length);
      if (prompt.length === 0 || width < 1) {
        throw engineFault('cannot', identity.name, { en: 'it must read something first', zh: '须先读入内容' });
      }
      const begun = await engine.call<{ batch: number; logits: Float32Array }>('open', { prompt }, { signal });
      return createTokenRows(engine, { ...begun, begin: prompt.length, width, fits });
    },
    score: async (rows, signal) => {
      for (const row of rows) fits(row.length);
      return engine.call<Float32Array[]>('score', { rows }, { signal, again: true });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** A file of the folder itself; names that lead elsewhere count as absent. */
function readCompanion(folder: string, name: string): Uint8Array | undefined {
  if (!/^\w[\w.-]*$/.test(name)) return undefined;
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}
