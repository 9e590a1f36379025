/** Texts as vectors: the file pools its tokens into one vector in the way that it was made for, or that its card asks for. */
import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import { type CallContext, HandlerFault } from '../../../isolation/index.ts';
import { type LoadInput, openModel } from './runtime.ts';

/** How llama.cpp numbers the ways of pooling. */
const POOLINGS = { mean: 1, cls: 2, last: 3 } as const;

export interface LoadEmbedderInput extends LoadInput {
  /** Architecture of the file, and the way of pooling where it is not the file's own. */
  readonly architecture: string;
  readonly pooling?: keyof typeof POOLINGS | undefined;
}

let context: Promise<LlamaEmbeddingContext> | undefined;

/** Loads a file to embed texts with. */
export async function loadEmbedder(input: LoadEmbedderInput): Promise<void> {
  context = open(input);
  await context;
}

async function open({ architecture, pooling, ...input }: LoadEmbedderInput): Promise<LlamaEmbeddingContext> {
  const overrides = pooling && { [architecture]: { pooling_type: POOLINGS[pooling] } };
  const { model } = await openModel(input, overrides);
  const { contextLength: contextSize, threads } = input;
  // A text is pooled within one batch.
  return model.createEmbeddingContext({ contextSize, batchSize: contextSize, threads });
}

/** One vector of length 1 for each text. */
export async function embed(
  { texts }: { readonly texts: readonly string[] },
  { signal }: CallContext,
): Promise<Float32Array[]> {
  if (!context) throw new HandlerFault('broken-model', 'nothing is loaded', '尚未载入模型');
  const reader = await context;
  const most = reader.model.trainContextSize;
  const vectors: Float32Array[] = [];
  for (const text of texts) {
    if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
    const read = reader.calculateInputLength(text);
    if (read === 0) throw new HandlerFault('cannot', 'a text without tokens points nowhere', '空文本没有方向');
    try {
      vectors.push(unit((await reader.getEmbeddingFor(text)).vector));
    } catch (error) {
      if (!/longer than the usable context/.test(String(error))) throw error;
      throw new HandlerFault('context-full', `${read} of ${most} tokens`, `${read} 个词元，上限 ${most}`);
    }
  }
  return vectors;
}

function unit(vector: readonly number[]): Float32Array {
  const size = Math.hypot(...vector);
  if (!(size > 0 && Number.isFinite(size)))
    throw new HandlerFault('broken-model', 'its vectors are no directions', '向量无方向');
  return Float32Array.from(vector, (value) => value / size);
}
