/**
 * A GGUF file whose caller chooses every token. Which rows are copied and how far they are turned back is noted here and told
 * with the next step, so that both cost nothing by themselves.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineProcess } from '../../isolation/index.ts';
import { engineFault, type ModelIdentity, type TokenBatch, type TokenModel } from '../../kernel/index.ts';
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
      return createBatch(engine, { ...begun, begin: prompt.length, width, fits });
    },
    score: async (rows, signal) => {
      for (const row of rows) fits(row.length);
      return engine.call<Float32Array[]>('score', { rows }, { signal, again: true });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

interface Begun {
  readonly batch: number;
  readonly logits: Float32Array;
  /** Tokens of the prompt. */
  readonly begin: number;
  readonly width: number;
  readonly fits: (length: number) => void;
}

function createBatch(engine: EngineProcess, { batch, logits, begin, width, fits }: Begun): TokenBatch {
  // What each row would write next, after every length since the prompt: turning back needs no engine.
  let history: Float32Array[][] = [new Array(width).fill(logits)];
  // Rows as the engine last knew them.
  let parents: number[] = new Array(width).fill(0);
  const length = (): number => begin + history.length - 1;
  return {
    get width() {
      return parents.length;
    },
    get length() {
      return length();
    },
    logits: (row) => history.at(-1)![row]!,
    extend: async (tokens) => {
      fits(length() + 1);
      const { logits: next } = await engine.call<{ logits: Float32Array }>('extend', {
        ...{ batch, tokens, parents },
        length: length(),
      });
      const size = next.length / tokens.length;
      history.push(tokens.map((_, row) => next.subarray(row * size, (row + 1) * size)));
      parents = tokens.map((_, row) => row);
    },
    select: (rows) => {
      history = history.map((level) => rows.map((row) => level[row]!));
      parents = rows.map((row) => parents[row]!);
    },
    rewind: (to) => {
      history.length = to - begin + 1;
    },
    [Symbol.asyncDispose]: async () => {
      if (engine.pid !== undefined) await engine.call('close', { batch });
    },
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
