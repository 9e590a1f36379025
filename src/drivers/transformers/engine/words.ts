/** Models that read whole texts: what may fill a gap, and where a text points. */
import { HandlerFault } from '../../../isolation/index.ts';
import { type Network, type Tensor, type Tokenizer, wholeTensor } from './runtime.ts';

/** What may stand in each gap, likeliest first. */
export async function fillGaps(
  model: Network,
  tokenizer: Tokenizer,
  { text, gap, count }: { readonly text: string; readonly gap: string; readonly count: number },
): Promise<{ readonly text: string; readonly probability: number }[][]> {
  const { mask_token: mask, mask_token_id: maskId } = tokenizer;
  if (mask === undefined || maskId === undefined)
    throw new HandlerFault('broken-model', 'its tokeniser knows no gap', '分词器没有空格标记');
  const ids = tokenizer.encode(text.replaceAll(gap, mask));
  checkLength(model, ids);
  const { logits } = await model(feed(ids));
  const size = logits!.dims.at(-1)!;
  return ids.flatMap((id, i) => {
    if (id !== maskId) return [];
    const line = softmax((logits!.data as Float32Array).subarray(i * size, (i + 1) * size));
    const order = [...line.keys()].sort((a, b) => line[b]! - line[a]! || a - b).slice(0, count);
    return [order.map((one) => ({ text: tokenizer.decode([one]).trim(), probability: line[one]! }))];
  });
}

/** One vector of length 1 for each text: the mean over its tokens, or its first token. */
export async function embed(
  model: Network,
  tokenizer: Tokenizer,
  { texts, pooling }: { readonly texts: readonly string[]; readonly pooling: 'mean' | 'cls' },
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) {
    if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
    const ids = tokenizer.encode(text);
    checkLength(model, ids);
    const output = await model(feed(ids));
    vectors.push(output.sentence_embedding ? unit(output.sentence_embedding) : unit(pool(hiddenOf(output), pooling)));
  }
  return vectors;
}

function hiddenOf(output: Readonly<Record<string, Tensor>>): Tensor {
  const hidden = output.last_hidden_state ?? output.token_embeddings ?? output.logits;
  if (hidden) return hidden;
  throw new HandlerFault(
    'broken-model',
    `it gives ${Object.keys(output)}, no last_hidden_state`,
    '输出中没有 last_hidden_state',
  );
}

/** (1, T, C) → (C). */
function pool({ data, dims }: Tensor, pooling: 'mean' | 'cls'): { readonly data: Float32Array } {
  const [, length, width] = dims as [number, number, number];
  const values = data as Float32Array;
  if (pooling === 'cls') return { data: values.slice(0, width) };
  const mean = new Float32Array(width);
  for (let i = 0; i < length * width; i++) mean[i % width]! += values[i]! / length;
  return { data: mean };
}

function unit({ data }: { readonly data: unknown }): Float32Array {
  const values = Float32Array.from(data as Float32Array);
  const size = Math.hypot(...values) || 1;
  return values.map((value) => value / size);
}

/** All that such models ask for; the runtime leaves out what one does not know. */
function feed(ids: readonly number[]): Record<string, Tensor> {
  const shape = [1, ids.length];
  return {
    input_ids: wholeTensor(ids, shape),
    attention_mask: wholeTensor(new Array(ids.length).fill(1), shape),
    token_type_ids: wholeTensor(new Array(ids.length).fill(0), shape),
  };
}

function checkLength({ config }: Network, ids: readonly number[]): void {
  const most = Number(config.max_position_embeddings ?? Number.POSITIVE_INFINITY);
  if (ids.length > most)
    throw new HandlerFault('context-full', `${ids.length} of ${most} tokens`, `${ids.length} 个词元，上限 ${most}`);
}

function softmax(logits: Float32Array): Float32Array {
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logits.map((value) => Math.exp(value - most));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
