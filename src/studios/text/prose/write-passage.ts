/**
 * One passage, token by token:
 *
 *   <s><title>…<text> opening ─▶ [ logits ─▶ tokens that keep characters whole ─▶ filters ─▶ draw ─▶ append ]… ─▶ end of a sentence
 *
 * When the model's context is full it reads the last half again and goes on. Writing ends with `</s>`, or at the first
 * sentence that ends after the wished length.
 */
import type { Random } from '../../../core/index.ts';
import type { TokenModel } from '../../../kernel/index.ts';
import { filterChoices, penaliseRepetition, rankChoices, sampleChoice } from '../sampling.ts';
import type { ProseOptions } from './options.ts';
import { admittedTokens, endOf, openTail, promptOf } from './reading.ts';
import { follow, type Under } from './whole-characters.ts';

/** What one passage is written with. */
export interface PassageRequest {
  readonly model: TokenModel;
  readonly options: ProseOptions;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** The text so far, now and then. */
  readonly onText: (text: string) => void;
}

export interface Passage {
  readonly text: string;
  /** Mean ln P of the tokens written, under the model alone. */
  readonly fluency: number;
  /** Share of distinct pairs of neighbouring tokens. */
  readonly variety: number;
}

const SENTENCE_END = /[。！？!?…]["”’」』]?$|[.]["”’]?$/u;
/** Tokens that the repetition penalty looks back on. */
const LOOK_BACK = 96;

export async function writePassage(request: PassageRequest): Promise<Passage> {
  const { model, options, signal } = request;
  const prompt = promptOf(model, options.title, options.opening);
  const written: number[] = [];
  let fluency = 0;
  let under: Under = 'whole';
  let batch = await openTail(model, prompt, signal);
  try {
    for (const most = 4 * options.length; written.length < most; ) {
      signal.throwIfAborted();
      const drawn = draw(request, batch.logits(0), written, under);
      if (drawn.token === endOf(model)) break;
      written.push(drawn.token);
      fluency += Math.log(drawn.probability);
      under = follow(under, model.bytes(drawn.token))!;
      if (under === 'whole' && isLongEnough(model.decode(written), options.length)) break;
      if (written.length % 16 === 0) request.onText(options.opening + model.decode(written).replace(/\uFFFD$/, ''));
      if (batch.length < model.contextLength) await batch.extend([drawn.token]);
      else {
        await batch[Symbol.asyncDispose]();
        batch = await openTail(model, [...prompt, ...written], signal);
      }
    }
  } finally {
    await batch[Symbol.asyncDispose]();
  }
  const text = model.decode(written).replace(/\uFFFD$/, '');
  return { text, fluency: fluency / Math.max(1, written.length), variety: varietyOf(written) };
}

function draw(
  { model, options, random }: PassageRequest,
  view: Float32Array,
  written: readonly number[],
  under: Under,
) {
  const admitted = admittedTokens(model, under, written.length);
  const logits = Float32Array.from(view);
  penaliseRepetition(logits, written.slice(-LOOK_BACK), options.repetitionPenalty);
  return sampleChoice(
    filterChoices(rankChoices(logits, admitted, options.temperature, 1e-5), options),
    options.temperature,
    random,
  );
}

function isLongEnough(text: string, length: number): boolean {
  return text.length >= length && (SENTENCE_END.test(text.trimEnd()) || text.length > 1.5 * length + 80);
}

function varietyOf(tokens: readonly number[]): number {
  const pairs = tokens.slice(1).map((token, i) => `${tokens[i]} ${token}`);
  return pairs.length === 0 ? 1 : new Set(pairs).size / pairs.length;
}
