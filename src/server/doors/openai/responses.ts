/**
 * `POST /v1/responses`, stateless: every request stands alone, nothing is stored to be referred to.
 *
 *   response.created ─▶ in_progress ─▶ output_item.added ─▶ content_part.added ─▶ output_text.delta … ─▶ … .done ─▶ response.completed
 */
import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import { hangUpSignal } from '../hang-up.ts';
import { type Answer, answer, type Question } from './answer.ts';
import { askedOf, contentSchema, optional, refuseEmpty, sharedParams, wordsOf } from './asked.ts';
import { extrasOf } from './chat.ts';
import { createDeltas, streamEvents } from './event-stream.ts';
import { badParam, failureOf } from './failure.ts';
import { findModel } from './models.ts';
import { readBody } from './read-body.ts';

const itemSchema = z.looseObject({ role: z.string().optional(), content: contentSchema.nullish() });

const responseSchema = z.looseObject({
  ...sharedParams,
  input: z.union([z.string(), z.array(itemSchema).min(1)]),
  instructions: optional(z.string()),
  max_output_tokens: optional(z.int().min(1)),
  previous_response_id: optional(z.string()),
  conversation: optional(z.unknown()),
  background: optional(z.boolean()),
  metadata: optional(z.record(z.string(), z.string())),
});
type Asked = z.output<typeof responseSchema>;

export async function respond(os: Os, c: Context): Promise<Response> {
  const given = await readBody(c, responseSchema);
  refuseMemory(given);
  const model = await findModel(os, given.model, ['director', 'verse', 'prose', 'tunes', 'painter']);
  const text = textOf(given.input);
  refuseEmpty(text, 'input');
  const question: Question = {
    ...askedOf({ ...given, max_tokens: given.max_output_tokens }),
    model,
    text,
    origin: new URL(c.req.url).origin,
  };
  const frame = frameOf(given, model.id);
  if (given.stream) return streamed(os, c, question, frame);
  const made = await answer(os, question, { signal: hangUpSignal(c) });
  return c.json(frame.finished(made, `msg_${randomUUID()}`));
}

function textOf(input: Asked['input']): string {
  if (typeof input === 'string') return input;
  const last = input.findLastIndex(({ role }) => role === 'user');
  return last < 0 ? '' : wordsOf(input[last]!.content ?? '', `input.${last}.content`);
}

/** A response at its beginning and at its end. */
interface Frame {
  readonly begun: object;
  finished(made: Answer, item: string): object;
  failed(thrown: unknown): object;
}

function frameOf(given: Asked, model: string): Frame {
  const base = {
    id: `resp_${randomUUID()}`,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    background: false,
    error: null,
    incomplete_details: null,
    instructions: given.instructions ?? null,
    max_output_tokens: given.max_output_tokens ?? null,
    metadata: given.metadata ?? {},
    model,
    parallel_tool_calls: false,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: given.temperature ?? null,
    text: { format: { type: 'text' } },
    tool_choice: 'none',
    tools: [],
    top_p: given.top_p ?? null,
    truncation: 'disabled',
  };
  return {
    begun: { ...base, status: 'in_progress', output: [], usage: null },
    finished: (made, item) => {
      const { text, finish } = made.choices[0]!;
      const ended = finish === 'length' ? { incomplete_details: { reason: 'max_output_tokens' } } : {};
      const status = finish === 'length' ? 'incomplete' : 'completed';
      const output = [messageOf(item, text, status)];
      return { ...base, ...ended, status, output, output_text: text, usage: usageOf(made), llmagentos: extrasOf(made) };
    },
    failed: (thrown) => {
      const { code, message } = failureOf(thrown).error;
      return { ...base, status: 'failed', output: [], usage: null, error: { code, message } };
    },
  };
}

const partOf = (text: string): object => ({ type: 'output_text', text, annotations: [], logprobs: [] });

function messageOf(id: string, text: string | undefined, status: string): object {
  return { id, type: 'message', role: 'assistant', status, content: text === undefined ? [] : [partOf(text)] };
}

function usageOf({ promptTokens, completionTokens }: Answer): object {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + completionTokens,
  };
}

function streamed(os: Os, c: Context, question: Question, frame: Frame): Response {
  let sequence_number = 0;
  const event = (type: string, data: object): { readonly data: object; readonly event: string } => ({
    data: { type, sequence_number: sequence_number++, ...data },
    event: type,
  });
  return streamEvents(
    c,
    async ({ send, ...listener }) => {
      const tell = (type: string, data: object): void => {
        const told = event(type, data);
        send(told.data, told.event);
      };
      const item_id = `msg_${randomUUID()}`;
      const place = { item_id, output_index: 0, content_index: 0 };
      tell('response.created', { response: frame.begun });
      tell('response.in_progress', { response: frame.begun });
      tell('response.output_item.added', { output_index: 0, item: messageOf(item_id, undefined, 'in_progress') });
      tell('response.content_part.added', { ...place, part: partOf('') });
      const added = createDeltas();
      const onText = (choice: number, text: string): void => {
        const delta = choice === 0 ? added(choice, text) : '';
        if (delta !== '') tell('response.output_text.delta', { ...place, delta, logprobs: [] });
      };
      const made = await answer(os, question, { ...listener, onText });
      const { text, finish } = made.choices[0]!;
      const status = finish === 'length' ? 'incomplete' : 'completed';
      tell('response.output_text.done', { ...place, text, logprobs: [] });
      tell('response.content_part.done', { ...place, part: partOf(text) });
      tell('response.output_item.done', { output_index: 0, item: messageOf(item_id, text, status) });
      tell(`response.${status}`, { response: frame.finished(made, item_id) });
    },
    { failure: (thrown) => event('response.failed', { response: frame.failed(thrown) }) },
  );
}

/** Throws `server/bad-parameter` for what would need an earlier request to be remembered, or this one to be asked for later. */
function refuseMemory(given: Asked): void {
  const param = (['previous_response_id', 'conversation', 'background'] as const).find((name) => given[name]);
  if (param === undefined) return;
  throw badParam(
    param,
    {
      en: `'${param}' needs requests to be remembered; here each stands alone.`,
      zh: `“${param}”需要记住以往的请求，而此处每个请求各自独立。`,
    },
    { en: 'Send all that matters in `input`.', zh: '请把所需内容都放进 input。' },
  );
}
