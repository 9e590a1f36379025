/**
 * One completion, token by token, as programs ask for it: a greatest number of tokens, strings that end it, and how likely each
 * token was.
 *
 *   prompt ─▶ [ logits ─▶ bias ─▶ penalty ─▶ filters ─▶ draw ─▶ note ln P ]… ─▶ stop string, `</s>` or maxTokens
 *
 * ln P is that of the model alone, before bias, penalty, temperature and filters.
 */
import { z } from 'zod';
import type { Random } from '../../../core/index.ts';
import type { TokenModel } from '../../../kernel/index.ts';
import { filterChoices, penaliseRepetition, rankChoices, sampleChoice } from '../sampling.ts';
import { admittedTokens, endOf, openTail, promptOf } from './reading.ts';
import { follow, type Under } from './whole-characters.ts';

/** What can be asked of `prose/complete`. */
export const completeOptionsSchema = z.object({
  model: z.string().default('prose').describe('name of a language model in the catalogue'),
  prompt: z.string().max(20_000).default('').describe('text to go on from'),
  maxTokens: z.int().min(1).max(4096).default(256).describe('tokens to write at most'),
  count: z.int().min(1).max(16).default(1).describe('how many completions'),
  stop: z.array(z.string().min(1).max(200)).max(16).default([]).describe('texts that end a completion; left out of it'),
  top: z.int().min(0).max(20).default(0).describe('how many of the likeliest tokens are told at each place'),
  bias: z
    .record(z.string().regex(/^\d+$/), z.number().min(-100).max(100))
    .default({})
    .describe('token id → what is added to its logit'),
  temperature: z.number().min(0).max(2).default(0.8),
  topK: z.int().min(0).default(0),
  topP: z.number().gt(0).max(1).default(0.92),
  minP: z.number().min(0).max(1).default(0.03),
  typicalP: z.number().gt(0).max(1).default(1),
  repetitionPenalty: z.number().min(1).max(2).default(1.12),
});
export type CompleteOptions = z.output<typeof completeOptionsSchema>;

/** A token that stands in a completion, or might have. */
export interface LikelyToken {
  readonly id: number;
  readonly token: string;
  /** Its UTF-8 bytes, which may be a part of a character. */
  readonly bytes: readonly number[];
  /** ln P. */
  readonly logprob: number;
}

export interface WrittenToken extends LikelyToken {
  /** Where its text begins in the completion, in UTF-16 units. */
  readonly from: number;
  /** The likeliest tokens at this place, likeliest first. */
  readonly top: readonly LikelyToken[];
}

export interface Completion {
  readonly text: string;
  /** `stop`: a stop string or the model ended it; `length`: `maxTokens` did. */
  readonly finish: 'stop' | 'length';
  readonly tokens: readonly WrittenToken[];
}

export interface CompletionRequest {
  readonly model: TokenModel;
  readonly options: CompleteOptions;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Text that will not be taken back any more, after each token. */
  readonly onText: (text: string) => void;
}

/** Tokens that the repetition penalty looks back on. */
const LOOK_BACK = 96;

/** Writes one completion. Throws what the model throws, and `AbortError`. */
export async function completeTokens(request: CompletionRequest): Promise<Completion> {
  const { model, options, signal, onText } = request;
  const prompt = promptOf(model, '', options.prompt);
  const ids: number[] = [];
  const tokens: WrittenToken[] = [];
  let under: Under = 'whole';
  let finish: Completion['finish'] = 'length';
  let batch = await openTail(model, prompt, signal);
  try {
    while (ids.length < options.maxTokens) {
      signal.throwIfAborted();
      const logits = Float32Array.from(batch.logits(0));
      const id = drawToken(request, logits, ids, under);
      if (id === endOf(model)) {
        finish = 'stop';
        break;
      }
      tokens.push({ ...noteToken(model, logits, id, options.top), from: textOf(model, ids).length });
      ids.push(id);
      under = follow(under, model.bytes(id))!;
      const text = textOf(model, ids);
      if (cutAt(text, options.stop) >= 0) {
        finish = 'stop';
        break;
      }
      onText(safePart(text, options.stop));
      if (batch.length < model.contextLength) await batch.extend([id]);
      else {
        await batch[Symbol.asyncDispose]();
        batch = await openTail(model, [...prompt, ...ids], signal);
      }
    }
  } finally {
    await batch[Symbol.asyncDispose]();
  }
  const whole = textOf(model, ids);
  const end = cutAt(whole, options.stop);
  const text = end < 0 ? whole : whole.slice(0, end);
  return { text, finish, tokens: end < 0 ? tokens : tokens.filter(({ from }) => from < end) };
}

const textOf = (model: TokenModel, ids: readonly number[]): string => model.decode(ids).replace(/\uFFFD+$/, '');

function drawToken(
  { model, options, random }: CompletionRequest,
  raw: Float32Array,
  written: readonly number[],
  under: Under,
): number {
  const logits = Float32Array.from(raw);
  for (const [id, bias] of Object.entries(options.bias)) if (Number(id) < logits.length) logits[Number(id)]! += bias;
  penaliseRepetition(logits, written.slice(-LOOK_BACK), options.repetitionPenalty);
  const ranked = rankChoices(logits, admittedTokens(model, under, written.length), options.temperature, 1e-5);
  return sampleChoice(filterChoices(ranked, options), options.temperature, random).token;
}

function noteToken(
  model: TokenModel,
  logits: Float32Array,
  id: number,
  top: number,
): LikelyToken & Pick<WrittenToken, 'top'> {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) highest = Math.max(highest, logit);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - highest);
  const norm = highest + Math.log(sum);
  const likely = (one: number): LikelyToken => ({
    id: one,
    token: model.decode([one]),
    bytes: [...model.bytes(one)],
    logprob: Math.round((logits[one]! - norm) * 1e5) / 1e5,
  });
  return { ...likely(id), top: highestOf(logits, top).map(likely) };
}

/** Places of the greatest numbers, greatest first. */
function highestOf(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  if (count === 0) return best;
  for (let id = 0; id < logits.length; id++) {
    if (best.length === count && logits[id]! <= logits[best[count - 1]!]!) continue;
    best.splice(best.findLastIndex((other) => logits[other]! >= logits[id]!) + 1, 0, id);
    best.length = Math.min(best.length, count);
  }
  return best;
}

/** Where the first stop string begins; −1 without one. */
function cutAt(text: string, stop: readonly string[]): number {
  const found = stop.map((one) => text.indexOf(one)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

/** Without an end that may turn out to be the beginning of a stop string. */
function safePart(text: string, stop: readonly string[]): string {
  let held = 0;
  for (const one of stop) {
    for (let length = Math.min(one.length - 1, text.length); length > held; length--) {
      if (text.endsWith(one.slice(0, length))) held = length;
    }
  }
  return text.slice(0, text.length - held);
}
