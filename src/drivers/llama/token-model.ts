/** A GGUF file whose caller chooses every token; its memory stays in the engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTokenRows, type EngineProcess } from '../../isolation/index.ts';
import { engineFault, type ModelIdentity, type TokenModel } from '../../kernel/index.ts';
import { readVocabulary } from './vocabulary.ts';

/** Serves a loaded file; the engine ends with it. */
export function serveTokens(
  engine: EngineProcess,
  identity: ModelIdentity,
  { folder, path, contextLength }: { readonly folder: string; readonly path: string; readonly contextLength: number },
): TokenModel {
  const fits = (length: number): void => {
    if (length <= contextLength) return;
    const detail = { en: `${length} of ${contextLength} tokens`, zh: `${length} 个词元，上限 ${contextLength}` };
    throw engineFault('context-full', identity.name, detail);
  };
  return {
    identity,
    ...readVocabulary(path),
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
