/**
 * The driver of GGUF files through llama.cpp. The head of a file is walked by our own reader first; the runtime lives in an
 * engine process of its own.
 */
import { createEngineProcess, type EngineProcess } from '../../isolation/index.ts';
import { type DriverSurroundings, engineFault, type ModelDriver } from '../../kernel/index.ts';
import { serveChat } from './chat-model.ts';
import type { LoadInput } from './engine/runtime.ts';
import { BadHead, type GgufHead, isGguf, readGgufHead } from './gguf-head.ts';
import { factOf, identityOf, licenceOf, memoryOf, type Settled, settle } from './model-card.ts';
import { serveTokens } from './token-model.ts';
import { isKnownVocabulary } from './vocabulary.ts';

/** Creates the driver. */
export function createLlamaDriver({ residency }: DriverSurroundings): ModelDriver {
  const openEngine = (settled: Settled): EngineProcess => {
    const { name, path, adapters, contextLength, threads, gpuLayers, head } = settled;
    const input: LoadInput = { path, adapters, contextLength, threads, gpuLayers };
    return createEngineProcess({
      name,
      entry: new URL('./engine/main.ts', import.meta.url),
      resident: { residency, bytes: memoryOf(head, contextLength) },
      prepare: { method: 'load', input },
    });
  };
  return {
    recognise: async (source) => {
      if (source.kind !== 'file' || !isGguf(source.head)) return undefined;
      const head = walk(source.path);
      const contextLength = Math.min(factOf(head, 'context_length') ?? 8192, 8192);
      const licence = licenceOf(head);
      return {
        card: {
          ...(licence !== undefined && { licence }),
          architecture: String(head.facts.get('general.architecture') ?? 'unknown'),
          contextLength,
          chats: head.facts.has('tokenizer.chat_template'),
          tokens: isKnownVocabulary(head),
        },
        memory: memoryOf(head, contextLength),
      };
    },
    memory: async (folder) => {
      const { head, contextLength } = settle(folder);
      return memoryOf(head, contextLength);
    },
    identify: async (folder) => identityOf(settle(folder)),
    roles: ({ card }) => (card.tokens === true ? ['chat', 'token'] : ['chat']),
    createTokenModel: async (folder) => {
      const settled = settle(folder);
      if (!isKnownVocabulary(settled.head)) throw engineFault('cannot', settled.name, NO_TOKENS);
      return serveTokens(openEngine(settled), await identityOf(settled), { folder, ...settled });
    },
    createChatModel: async (folder) => {
      const settled = settle(folder);
      return serveChat(openEngine(settled), await identityOf(settled), settled);
    },
  };
}

const NO_TOKENS = {
  en: 'its way of cutting texts is not known here; it can be spoken to',
  zh: '尚不支持它的分词方式；可以与它对话',
};

function walk(path: string): GgufHead {
  try {
    return readGgufHead(path);
  } catch (error) {
    if (!(error instanceof BadHead)) throw error;
    throw engineFault('broken-model', path, error.message, error);
  }
}
