/**
 * `POST /v1/chat/completions`. The last message of the user is the brief (of a prose model: the text to go on from); what was said
 * before it is not read, for these models keep no conversation.
 */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import type { WrittenToken } from '../../../studios/text/index.ts';
import { hangUpSignal } from '../hang-up.ts';
import { type Answer, answer, type Choice, type Question } from './answer.ts';
import { askedOf, contentSchema, optional, refuseEmpty, samplingParams, sharedParams, wordsOf } from './asked.ts';
import { createDeltas, streamEvents } from './event-stream.ts';
import { badParam } from './failure.ts';
import { findModel } from './models.ts';
import { readBody } from './read-body.ts';

const messageSchema = z.looseObject({ role: z.string(), content: contentSchema.nullish() });

export const chatSchema = z.looseObject({
  ...sharedParams,
  ...samplingParams,
  messages: z.array(messageSchema).min(1),
  logprobs: optional(z.boolean()),
  top_logprobs: optional(z.int().min(0).max(20)),
});

/** Kinds of models that talk. */
const TALKING = ['director', 'verse', 'prose', 'tunes', 'painter'] as const;

export async function chat(os: Os, c: Context): Promise<Response> {
  const given = await readBody(c, chatSchema);
  const model = await findModel(os, given.model, TALKING);
  const last = given.messages.findLastIndex(({ role }) => role === 'user');
  const text = last < 0 ? '' : wordsOf(given.messages[last]!.content ?? '', `messages.${last}.content`);
  refuseEmpty(text, 'messages');
  if (given.logprobs && model.kind !== 'prose') throw noProbabilities(model.id);
  const question: Question = {
    ...askedOf(given),
    model,
    text,
    top: given.logprobs ? (given.top_logprobs ?? 0) : undefined,
    origin: new URL(c.req.url).origin,
  };
  const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: model.id };
  if (given.stream) return streamed(os, c, question, head, given.stream_options?.include_usage === true);
  const made = await answer(os, question, { signal: hangUpSignal(c) });
  return c.json({
    ...head,
    object: 'chat.completion',
    system_fingerprint: 'llmagentos',
    choices: made.choices.map((choice, index) => ({
      index,
      message: { role: 'assistant', content: choice.text, refusal: null },
      logprobs: probabilitiesOf(choice, question),
      finish_reason: choice.finish,
    })),
    usage: usageOf(made),
    llmagentos: extrasOf(made),
  });
}

function streamed(os: Os, c: Context, question: Question, head: object, usage: boolean): Response {
  const chunk = (choices: readonly object[], more: object = {}): object => ({
    ...head,
    object: 'chat.completion.chunk',
    system_fingerprint: 'llmagentos',
    choices,
    ...more,
  });
  return streamEvents(
    c,
    async ({ send, ...listener }) => {
      const piece = (index: number, delta: object, more: object = {}): void =>
        send(chunk([{ index, delta, logprobs: null, finish_reason: null, ...more }]));
      for (let i = 0; i < question.count; i++) piece(i, { role: 'assistant', content: '' });
      const added = createDeltas();
      const onText = (index: number, text: string): void => {
        const content = added(index, text);
        if (content !== '') piece(index, { content });
      };
      // Tokens with their probabilities are told once they are known to stand.
      const made = await answer(os, question, { ...listener, ...(question.top === undefined && { onText }) });
      for (const [index, choice] of made.choices.entries()) {
        if (question.top !== undefined)
          tellTokens(choice, (content, token) => {
            piece(index, { content }, { logprobs: { content: [publicToken(token)], refusal: null } });
          });
        piece(index, {}, { finish_reason: choice.finish });
      }
      if (usage) send(chunk([], { usage: usageOf(made), llmagentos: extrasOf(made) }));
    },
    { end: '[DONE]' },
  );
}

function tellTokens({ text, tokens = [] }: Choice, tell: (text: string, token: WrittenToken) => void): void {
  for (const [i, token] of tokens.entries()) tell(text.slice(token.from, tokens[i + 1]?.from ?? text.length), token);
}

function probabilitiesOf({ tokens }: Choice, { top }: Question): object | null {
  if (top === undefined || tokens === undefined) return null;
  return { content: tokens.map(publicToken), refusal: null };
}

function publicToken({ token, bytes, logprob, top }: WrittenToken): object {
  const top_logprobs = top.map((one) => ({ token: one.token, bytes: one.bytes, logprob: one.logprob }));
  return { token, bytes, logprob, top_logprobs };
}

/** In tokens of a prose model, else in characters without punctuation. */
export function usageOf({ promptTokens, completionTokens }: Answer): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** What OpenAI's shape has no place for: the works, and the seed that makes them again. */
export function extrasOf({ choices, seed }: Answer): object {
  return { works: choices.flatMap(({ works }) => works), seed };
}

/** Only a model that draws token by token can say how likely each was. */
export function noProbabilities(model: string): Error {
  return badParam(
    'logprobs',
    {
      en: `'${model}' does not answer token by token, so it has no logprobs.`,
      zh: `“${model}”不是逐词元作答，没有 logprobs。`,
    },
    { en: 'Ask a prose model, or leave logprobs out.', zh: '请改用散文模型，或不要 logprobs。' },
  );
}
