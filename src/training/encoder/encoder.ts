/**
 * A trained encoder at work: vectors of texts, how well a text answers a brief, and guesses for hidden words.
 *
 *   text ─▶ tokens ─▶ hidden states ─▶ mean over the tokens ─▶ − centre ─▶ length 1
 *
 * The mean vectors of any two texts are much alike; taking away the centre of many texts lets their differences speak.
 */
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { EncoderConfig } from './config.ts';
import type { MaskedBatch } from './masking.ts';
import { guessComputation, hiddenComputation } from './objective.ts';
import { MASK, wordTokens } from './tokens.ts';

/** A model in memory. */
export interface EncoderModel {
  readonly config: EncoderConfig;
  readonly tokenizer: Tokenizer;
  readonly parameters: Parameters;
  /** Mean vector of training texts, (C); zeros when not known. */
  readonly centre: Float32Array;
}

/** A word for a hidden place. */
export interface Guess {
  readonly token: string;
  readonly probability: number;
}

/** How well hidden tokens are guessed. */
export interface GuessScore {
  readonly accuracy: number;
  readonly perplexity: number;
  /** In nats. */
  readonly loss: number;
  readonly tokens: number;
}

export interface Encoder extends AsyncDisposable {
  /** The vector of a text, length 1; of a long text its beginning. */
  embed(text: string): Promise<Float32Array>;
  /** Cosine of a text and a brief, −1 to 1. */
  relevance(brief: string, text: string): Promise<number>;
  /** Guesses for the first `<mask>` in a text, likeliest first; none when there is no such mark. */
  fillMask(text: string, count?: number): Promise<Guess[]>;
  /** Accuracy and perplexity over batches. */
  measure(batches: readonly MaskedBatch[]): Promise<GuessScore>;
  /** Mean of hidden states over the tokens of a row, (C), neither centred nor scaled. */
  pool(ids: readonly number[]): Promise<Float32Array>;
}

/** Starts sessions for one row at a time and, for `measure`, `rows` at a time (default 1). */
export async function createEncoder(
  model: EncoderModel,
  options: { readonly threads?: number; readonly length?: number; readonly rows?: number } = {},
): Promise<Encoder> {
  const { config, tokenizer, parameters, centre } = model;
  const { length = config.max_position_embeddings, rows = 1, ...session } = options;
  await using stack = new AsyncDisposableStack();
  const open = async (start: Promise<Evaluation>): Promise<Evaluation> => stack.use(await start);
  const hidden = await open(createEvaluation(hiddenComputation(config, { rows: 1, length }), session));
  const guess = await open(createEvaluation(guessComputation(config, { rows: 1, length }), session));
  const many = rows === 1 ? guess : await open(createEvaluation(guessComputation(config, { rows, length }), session));
  const row = (ids: readonly number[]) => {
    const padded = Int32Array.from({ length }, (_, i) => ids[i] ?? config.pad_token_id);
    const segments = Int32Array.from({ length }, (_, i) => Number(i < ids.length));
    return { ids: { data: padded, shape: [length] }, segments: { data: segments, shape: [1, length] } };
  };
  const pool = async (ids: readonly number[]): Promise<Float32Array> => {
    const states = (await hidden.run(parameters, row(ids))).hidden as Float32Array;
    const used = Math.min(ids.length, length);
    const sum = new Float32Array(config.hidden_size);
    for (let i = 0; i < used * sum.length; i++) sum[i % sum.length]! += states[i]! / used;
    return sum;
  };
  const embed = async (text: string): Promise<Float32Array> => {
    const pooled = await pool(wordTokens(tokenizer, text, length));
    const centred = pooled.map((value, i) => value - centre[i]!);
    const size = Math.hypot(...centred) || 1;
    return centred.map((value) => value / size);
  };
  const ownership = stack.move();
  return {
    embed,
    pool,
    relevance: async (brief, text) => {
      const [a, b] = [await embed(brief), await embed(text)];
      return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    },
    fillMask: async (text, count = 5) => {
      const ids = wordTokens(tokenizer, text, length);
      const place = ids.indexOf(tokenizer.find(MASK)!);
      if (place < 0) return [];
      const places = { data: Int32Array.of(place), shape: [1] };
      const logits = (await guess.run(parameters, { ...row(ids), places })).logits as Float32Array;
      return likeliest(logits, count).map(([id, probability]) => ({ token: tokenizer.decode([id]), probability }));
    },
    measure: async (batches) => {
      let [right, loss, tokens] = [0, 0, 0];
      for (const { ids, segments, places, targets } of batches) {
        const feeds = {
          ids: { data: ids, shape: [ids.length] },
          segments: { data: segments, shape: [rows, ids.length / rows] },
          places: { data: places, shape: [places.length] },
        };
        const logits = (await many.run(parameters, feeds)).logits as Float32Array;
        targets.forEach((target, i) => {
          const line = logits.subarray(i * config.vocab_size, (i + 1) * config.vocab_size);
          const [best] = likeliest(line, 1);
          right += Number(best![0] === target);
          loss += logSum(line) - line[target]!;
          tokens += 1;
        });
      }
      return { accuracy: right / tokens, perplexity: Math.exp(loss / tokens), loss: loss / tokens, tokens };
    },
    [Symbol.asyncDispose]: () => ownership.disposeAsync(),
  };
}

/** Places of the largest logits with their probabilities. */
function likeliest(logits: Float32Array, count: number): [number, number][] {
  const sum = logSum(logits);
  const best: number[] = [];
  logits.forEach((value, id) => {
    if (best.length === count && value <= logits[best[count - 1]!]!) return;
    best.splice(best.findLastIndex((other) => logits[other]! >= value) + 1, 0, id);
    best.length = Math.min(best.length, count);
  });
  return best.map((id) => [id, Math.exp(logits[id]! - sum)]);
}

/** ln Σ eˣ */
function logSum(values: Float32Array): number {
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}
