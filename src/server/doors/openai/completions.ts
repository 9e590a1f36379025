/** `POST /v1/completions`: a text goes on. A prose or verse model goes on token by token; any other answers the text as a brief. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import { hangUpSignal } from '../hang-up.ts';
import { type Answer, type AnswerListener, answer, type Choice, goOn, type Question } from './answer.ts';
import { askedOf, optional, samplingParams, sharedParams } from './asked.ts';
import { extrasOf, noProbabilities, usageOf } from './chat.ts';
import { createDeltas, streamEvents } from './event-stream.ts';
import { badParam } from './failure.ts';
import { findModel, type NamedModel } from './models.ts';
import { readBody } from './read-body.ts';

const completionSchema = z.looseObject({
  ...sharedParams,
  ...samplingParams,
  prompt: optional(z.union([z.string(), z.array(z.string()).length(1)])),
  echo: optional(z.boolean()),
  suffix: optional(z.string()),
  logprobs: optional(z.int().min(0).max(5)),
});

/** OpenAI's own default for this route. */
const FEW = 16;

const goesOn = ({ kind }: NamedModel): boolean => kind === 'prose' || kind === 'verse';

export async function complete(os: Os, c: Context): Promise<Response> {
  const given = await readBody(c, completionSchema);
  const model = await findModel(os, given.model, ['prose', 'verse', 'director', 'tunes', 'painter']);
  if (given.suffix) throw noSuffix();
  if (given.logprobs !== undefined && !goesOn(model)) throw noProbabilities(model.id);
  const asked = askedOf(given);
  const text = typeof given.prompt === 'string' ? given.prompt : (given.prompt?.[0] ?? '');
  const question: Question = {
    ...asked,
    ...(goesOn(model) && { most: asked.most ?? FEW }),
    model,
    text,
    top: given.logprobs,
    origin: new URL(c.req.url).origin,
  };
  const opening = given.echo ? text : '';
  const head = {
    id: `cmpl-${randomUUID()}`,
    object: 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: model.id,
  };
  const write = (listener: AnswerListener): Promise<Answer> => (goesOn(model) ? goOn : answer)(os, question, listener);
  if (given.stream)
    return streamed(c, { write, question, head, opening, usage: given.stream_options?.include_usage === true });
  const made = await write({ signal: hangUpSignal(c) });
  const choices = made.choices.map((choice, index) => ({
    index,
    text: opening + choice.text,
    logprobs: probabilitiesOf(choice, question, opening.length),
    finish_reason: choice.finish,
  }));
  return c.json({ ...head, choices, usage: usageOf(made), llmagentos: extrasOf(made) });
}

interface Streaming {
  readonly write: (listener: AnswerListener) => Promise<Answer>;
  readonly question: Question;
  readonly head: object;
  readonly opening: string;
  readonly usage: boolean;
}

function streamed(c: Context, { write, question, head, opening, usage }: Streaming): Response {
  return streamEvents(
    c,
    async ({ send, ...listener }) => {
      const piece = (index: number, text: string, more: object = {}): void =>
        send({ ...head, choices: [{ index, text, logprobs: null, finish_reason: null, ...more }] });
      if (opening !== '') for (let i = 0; i < question.count; i++) piece(i, opening);
      const added = createDeltas();
      const onText = (index: number, text: string): void => {
        const more = added(index, text);
        if (more !== '') piece(index, more);
      };
      const made = await write({ ...listener, ...(question.top === undefined && { onText }) });
      for (const [index, choice] of made.choices.entries()) {
        const logprobs = probabilitiesOf(choice, question, opening.length);
        piece(index, question.top === undefined ? '' : choice.text, { logprobs, finish_reason: choice.finish });
      }
      if (usage) send({ ...head, choices: [], usage: usageOf(made) });
    },
    { end: '[DONE]' },
  );
}

/** The older shape of probabilities: lists side by side. */
function probabilitiesOf({ tokens }: Choice, { top }: Question, offset: number): object | null {
  if (top === undefined || tokens === undefined) return null;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map((one) => Object.fromEntries(one.top.map(({ token, logprob }) => [token, logprob]))),
    text_offset: tokens.map(({ from }) => offset + from),
  };
}

function noSuffix(): Error {
  return badParam(
    'suffix',
    {
      en: 'These models go on from a text; they do not fill a gap before a suffix.',
      zh: '这些模型只能续写，不能填补后文之前的空缺。',
    },
    { en: 'Leave suffix out.', zh: '请去掉 suffix。' },
  );
}
