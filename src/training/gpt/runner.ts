/**
 * A GPT ready to write and to score. `open` reads a prompt once and gives a batch of equal rows; the caller chooses every
 * token. A batch behaves like the `TokenBatch` of the kernel's port, which drivers/house passes through.
 */
import { cancelled, OsError } from '../../core/index.ts';
import { createSession, type Feed, prepareSession, type Session, type TensorData } from '../graph/index.ts';
import { refusal } from '../refusal.ts';
import { type GptConfig, headSize, keyWidth } from './config.ts';
import { decodeGraph, decodePositions } from './decode-graph.ts';
import { type Arithmetic, type BlockShelf, inferenceGraph } from './inference-graph.ts';
import { createKeyValueCache, type KeyValueCache } from './key-value-cache.ts';
import { parameterCount, type Weights } from './parameters.ts';

/** Rows written in step; see `TokenBatch` in the kernel's ports for the meaning of each call. */
export interface GptBatch extends AsyncDisposable {
  readonly width: number;
  readonly length: number;
  logits(row: number): Float32Array;
  extend(tokens: readonly number[]): Promise<void>;
  select(parents: readonly number[]): void;
  rewind(length: number): void;
}

export interface GptRunner extends AsyncDisposable {
  readonly config: GptConfig;
  open(prompt: readonly number[], width: number, signal?: AbortSignal): Promise<GptBatch>;
  /** ln P of every token given those before it; `result[i][0]` is 0. */
  score(rows: readonly (readonly number[])[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** How a runner computes. */
export interface RunnerOptions {
  /** Threads for one operation; default as in `createSession`. */
  readonly threads?: number;
  /** Default `F32`. `I8` and `I4` write faster and differ slightly; see bench/decoding.ts. */
  readonly arithmetic?: Arithmetic;
}

/** Positions computed in one call of `score`, over all rows of the call. */
const SCORE_CELLS = 768;
const MASKED = -1e9;
/** Parameters of the largest model that has a graph of its own for single steps: weights are held twice for it. */
const DECODER_LIMIT = 64e6;

/** Loads a model's weights into an inference session. The weights are copied; the caller's arrays may go. */
export async function createGptRunner(
  config: GptConfig,
  weights: Weights,
  options: RunnerOptions = {},
): Promise<GptRunner> {
  const { arithmetic = 'F32' } = options;
  const shelf: BlockShelf = new Map();
  const session = await createSession(inferenceGraph(config, weights, arithmetic, shelf), options);
  const decoder =
    parameterCount(config) > DECODER_LIMIT
      ? undefined
      : lazySession(prepareSession(decodeGraph(config, weights, arithmetic, shelf), options));
  return {
    config,
    open: async (prompt, width, signal) => {
      checkTokens(config, prompt);
      if (!Number.isInteger(width) || width < 1) throw callerBug(`open: width ${width} is not a positive whole number`);
      stopIf(signal);
      return openBatch({ config, session, decoder }, prompt, width, signal);
    },
    score: (rows, signal) => scoreRows(config, session, rows, signal),
    [Symbol.asyncDispose]: async () => {
      await decoder?.[Symbol.asyncDispose]();
      await session[Symbol.asyncDispose]();
    },
  };
}

/** A session that is loaded the first time it is asked for. */
interface LazySession extends AsyncDisposable {
  get(): Promise<Session>;
}

function lazySession(load: () => Promise<Session>): LazySession {
  let waiting: (() => Promise<Session>) | undefined = load;
  let session: Promise<Session> | undefined;
  return {
    get: () => {
      session ??= waiting!();
      waiting = undefined; // it holds a copy of the weights
      return session;
    },
    [Symbol.asyncDispose]: async () => {
      await (await session)?.[Symbol.asyncDispose]();
    },
  };
}

/** What a batch computes with: any positions by `session`, a single one by `decoder` where there is one. */
interface Engine {
  readonly config: GptConfig;
  readonly session: Session;
  readonly decoder: LazySession | undefined;
}

/** What one call of the graph computes. */
interface Step {
  /** Tokens, time-major (T, W). */
  readonly ids: Int32Array;
  readonly width: number;
  /** Rows of (T · W) whose logits are wanted. */
  readonly pick: Int32Array;
  readonly ask?: Int32Array;
  readonly targets?: Int32Array;
}

async function runStep(
  config: GptConfig,
  session: Session,
  step: Step,
  cache?: KeyValueCache,
): Promise<Record<'logits' | 'scores' | 'rows', Float32Array>> {
  const { ids, width } = step;
  const t = ids.length / width;
  const past = cache && cache.length > 0 ? cache.length : 0;
  const p = Math.max(past, 1); // one masked zero position stands for an empty past
  const [k, d] = [config.num_key_value_heads, headSize(config)];
  const shared = config.num_attention_heads / k;
  const nothing = past === 0 ? new Float32Array(width * k * d) : undefined;
  const feeds: Record<string, Feed> = {
    ids: feed(ids),
    positions: feed(BigInt64Array.from({ length: ids.length }, (_, n) => BigInt(past + Math.floor(n / width)))),
    mask: { data: causalMask(t, p, past > 0, shared), shape: [t * shared, p + t] },
    frame: whole(t, width, k, d),
    cut: whole(p, t),
    ...(shared === 1
      ? {}
      : {
          apart: whole(t, width, k, shared, d),
          asRows: whole(t * shared, width, k, d),
          backApart: whole(t, shared, width, k, d),
        }),
    pick: feed(step.pick),
    ask: feed(step.ask ?? new Int32Array(0)),
    targets: feed(step.targets ?? new Int32Array(0)),
  };
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    for (const [kind, index] of [['k', 2 * layer] as const, ['v', 2 * layer + 1] as const]) {
      feeds[`${kind}${layer}`] = { data: nothing ?? cache!.view(index), shape: [p, width, k, d] };
    }
  }
  return (await session.run(feeds)) as Record<'logits' | 'scores' | 'rows', Float32Array>;
}

/** 0 where position i of the new ones may look, −1e9 elsewhere; `times` equal rows for each, (T · times, P + T). */
function causalMask(t: number, p: number, pastIsReal: boolean, times: number): Float32Array {
  const mask = new Float32Array(t * times * (p + t));
  for (let i = 0; i < t * times; i++) {
    const row = mask.subarray(i * (p + t), (i + 1) * (p + t));
    if (!pastIsReal) row.fill(MASKED, 0, p);
    row.fill(MASKED, p + Math.floor(i / times) + 1);
  }
  return mask;
}

/** One new position of every row. */
async function runDecoder(config: GptConfig, decoder: Session, ids: Int32Array, cache: KeyValueCache) {
  const { length, width } = cache;
  const shape = [length, width, config.num_key_value_heads, headSize(config)];
  const feeds: Record<string, Feed> = {
    ids: feed(ids),
    positions: decodePositions(config, width, length),
    cut: whole(length, 1),
  };
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    feeds[`k${layer}`] = { data: cache.view(2 * layer), shape };
    feeds[`v${layer}`] = { data: cache.view(2 * layer + 1), shape };
  }
  return (await decoder.run(feeds)) as Record<'logits' | 'rows', Float32Array>;
}

async function openBatch(
  { config, session, decoder }: Engine,
  prompt: readonly number[],
  width: number,
  signal: AbortSignal | undefined,
): Promise<GptBatch> {
  const v = config.vocab_size;
  const cache = createKeyValueCache({
    arrays: 2 * config.num_hidden_layers,
    channels: keyWidth(config),
    width,
  });
  const ids = Int32Array.from(prompt);
  const first = await runStep(config, session, { ids, width: 1, pick: Int32Array.of(prompt.length - 1) });
  cache.appendShared(first.rows);
  // Logits by length since the prompt; `rows[i]` says which line of `data` belongs to row i.
  let history = [{ data: first.logits, rows: new Array<number>(width).fill(0) }];
  return {
    get width() {
      return cache.width;
    },
    get length() {
      return cache.length;
    },
    logits: (row) => {
      const { data, rows } = history.at(-1)!;
      if (rows[row] === undefined) throw callerBug(`logits: there is no row ${row} of ${cache.width}`);
      return data.subarray(rows[row] * v, (rows[row] + 1) * v);
    },
    extend: async (tokens) => {
      stopIf(signal);
      if (tokens.length !== cache.width) throw callerBug(`extend: ${tokens.length} tokens for ${cache.width} rows`);
      checkTokens(config, tokens, cache.length + 1);
      const rows = tokens.map((_, i) => i);
      const ids = Int32Array.from(tokens);
      const result = decoder
        ? await runDecoder(config, await decoder.get(), ids, cache)
        : await runStep(config, session, { ids, width: cache.width, pick: Int32Array.from(rows) }, cache);
      cache.append(result.rows);
      history.push({ data: result.logits, rows });
    },
    select: (parents) => {
      const wrong = parents.find((parent) => !Number.isInteger(parent) || parent < 0 || parent >= cache.width);
      if (parents.length === 0 || wrong !== undefined) {
        throw callerBug(`select: parents [${parents}] of a batch of width ${cache.width}`);
      }
      cache.select(parents);
      history = history.map(({ data, rows }) => ({ data, rows: parents.map((parent) => rows[parent]!) }));
    },
    rewind: (length) => {
      if (!Number.isInteger(length) || length < prompt.length || length > cache.length) {
        throw callerBug(`rewind: length ${length} is not between ${prompt.length} and ${cache.length}`);
      }
      cache.rewind(length);
      history.length = length - prompt.length + 1;
    },
    [Symbol.asyncDispose]: async () => {
      history = [];
    },
  };
}

async function scoreRows(
  config: GptConfig,
  session: Session,
  rows: readonly (readonly number[])[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  for (const row of rows) checkTokens(config, row);
  const results = rows.map((row) => new Float32Array(row.length));
  const order = rows.map((_, i) => i).sort((a, b) => rows[a]!.length - rows[b]!.length || a - b);
  for (let from = 0; from < order.length; ) {
    stopIf(signal);
    let to = from + 1;
    while (to < order.length && (to + 1 - from) * rows[order[to]!]!.length <= SCORE_CELLS) to++;
    await scoreChunk(config, session, rows, order.slice(from, to), results);
    from = to;
  }
  return results;
}

async function scoreChunk(
  config: GptConfig,
  session: Session,
  rows: readonly (readonly number[])[],
  chosen: readonly number[],
  results: readonly Float32Array[],
): Promise<void> {
  const width = chosen.length;
  const t = Math.max(...chosen.map((i) => rows[i]!.length)) - 1; // the last token is only a target
  if (t === 0) return;
  const ids = new Int32Array(t * width);
  const asked: { cell: number; target: number; row: number; at: number }[] = [];
  chosen.forEach((row, w) => {
    rows[row]!.forEach((token, at) => {
      if (at < t) ids[at * width + w] = token;
      if (at > 0) asked.push({ cell: (at - 1) * width + w, target: token, row, at });
    });
  });
  const { scores } = await runStep(config, session, {
    ids,
    width,
    pick: new Int32Array(0),
    ask: Int32Array.from(asked, ({ cell }) => cell),
    targets: Int32Array.from(asked, ({ target }) => target),
  });
  asked.forEach(({ row, at }, i) => {
    results[row]![at] = scores[i]!;
  });
}

function feed(data: TensorData): Feed {
  return { data, shape: [data.length] };
}

function whole(...numbers: readonly number[]): Feed {
  return feed(BigInt64Array.from(numbers, BigInt));
}

function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal.reason);
}

function checkTokens(config: GptConfig, tokens: readonly number[], length = tokens.length): void {
  if (tokens.length === 0) throw callerBug('a row needs at least one token');
  const wrong = tokens.find((token) => !Number.isInteger(token) || token < 0 || token >= config.vocab_size);
  if (wrong !== undefined) throw callerBug(`token ${wrong} is not in a vocabulary of ${config.vocab_size}`);
  if (length <= config.max_position_embeddings) return;
  throw refusal(
    'input',
    'training/context-full',
    {
      en: `${length} tokens do not fit into this model's ${config.max_position_embeddings}.`,
      zh: `${length} 个词元超出了该模型 ${config.max_position_embeddings} 的上限。`,
    },
    { en: 'Ask for a shorter text, or use a model with a longer context.', zh: '请缩短文本，或换用上下文更长的模型。' },
  );
}

function callerBug(facts: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'training/bad-call',
    message: `The model was asked for something impossible: ${facts}.`,
    hint: 'This is a mistake in the calling code; report it with the command you ran.',
    zh: { message: `对模型的调用不合法：${facts}。`, hint: '这是调用代码的错误，请连同所用命令一起报告。' },
  });
}
