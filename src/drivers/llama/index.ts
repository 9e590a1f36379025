/**
 * The driver of GGUF files through llama.cpp. The head of a file is walked by our own reader first; the runtime lives in an
 * engine process of its own.
 */
import { createEngineProcess, type EngineProcess } from '../../isolation/index.ts';
import { type DriverSurroundings, engineFault, type ModelDriver, type ModelRole } from '../../kernel/index.ts';
import { isAdapter } from './adapter.ts';
import { serveChat } from './chat-model.ts';
import { architectureOf, isEmbedder, isRanker, poolingOf, serveVectors } from './embedder.ts';
import type { LoadEmbedderInput } from './engine/embed.ts';
import { BadHead, factOf, type GgufHead, isGguf, readGgufHead } from './gguf-head.ts';
import { identityOf, licenceOf, memoryOf, type Settled, settle, usualContext } from './model-card.ts';
import { serveTokens } from './token-model.ts';
import { isKnownVocabulary } from './vocabulary.ts';

/** Creates the driver. */
export function createLlamaDriver({ residency }: DriverSurroundings): ModelDriver {
  const openEngine = (settled: Settled, method: 'load' | 'loadEmbedder' = 'load'): EngineProcess => {
    const { name, path, adapters, contextLength, threads, gpuLayers, head } = settled;
    const pooling = poolingOf(head, settled.pooling);
    const input: LoadEmbedderInput = {
      path,
      adapters,
      contextLength,
      threads,
      gpuLayers,
      architecture: architectureOf(head),
      pooling,
    };
    return createEngineProcess({
      name,
      entry: new URL('./engine/main.ts', import.meta.url),
      resident: { residency, bytes: memoryOf(head, contextLength) },
      prepare: { method, input },
    });
  };
  return {
    recognise: async (source) => {
      if (source.kind !== 'file' || !isGguf(source.head)) return undefined;
      const head = walk(source.path);
      const contextLength = Math.min(factOf(head, 'context_length') ?? 8192, usualContext(head));
      const licence = licenceOf(head);
      if (isAdapter(head)) throw engineFault('cannot', source.path, ADAPTS);
      if (isRanker(head)) throw engineFault('cannot', source.path, RANKS);
      return {
        card: {
          ...(licence !== undefined && { licence }),
          architecture: architectureOf(head),
          contextLength,
          chats: head.facts.has('tokenizer.chat_template'),
          tokens: isKnownVocabulary(head),
          ...(isEmbedder(head) && { embeds: true }),
        },
        memory: memoryOf(head, contextLength),
      };
    },
    memory: async (folder) => {
      const { head, contextLength } = settle(folder);
      return memoryOf(head, contextLength);
    },
    identify: async (folder) => identityOf(settle(folder)),
    roles: ({ card }) => {
      if (card.embeds === true) return ['embedder'];
      const writes: readonly ModelRole[] = card.tokens === true ? ['chat', 'token'] : ['chat'];
      return card.pooling === undefined ? writes : [...writes, 'embedder'];
    },
    createTextEmbedder: async (folder) => {
      const settled = settle(folder);
      const { head, name, pooling } = settled;
      if (!isEmbedder(head) && pooling === undefined) throw engineFault('cannot', name, NO_POOLING);
      const engine = openEngine(settled, 'loadEmbedder');
      return serveVectors(engine, await identityOf(settled), settled.head, settled.prefixes);
    },
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

const NO_POOLING = {
  en: "it was not made to embed texts; its card may ask for it with 'pooling': 'mean'",
  zh: "它并非为文本向量而作；可在其卡片中写 'pooling': 'mean' 来启用",
};

const ADAPTS = {
  en: `it is an adapter, which is laid over a model: add the model with --set 'adapters=[{"file":"…","strength":1}]'`,
  zh: `它是适配器，须叠加在模型之上：添加该模型时加上 --set 'adapters=[{"file":"…","strength":1}]'`,
};

const RANKS = {
  en: 'it only judges whether texts belong together, which nothing here asks for',
  zh: '它只会判断文本是否相关，这里没有用到这一能力',
};

function walk(path: string): GgufHead {
  try {
    return readGgufHead(path);
  } catch (error) {
    if (!(error instanceof BadHead)) throw error;
    throw engineFault('broken-model', path, error.message, error);
  }
}
