/** What servers of the OpenAI shape write, as their reference documents it (chat completions, streamed and whole). */

const FRAME = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000000, model: 'm' };

/** One event of a stream. */
export const event = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** A piece of text. */
export const piece = (content: string): string =>
  event({ ...FRAME, choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] });

/** A piece of a call of a tool. */
export const callPiece = (name: string | undefined, args: string): string =>
  event({
    ...FRAME,
    choices: [
      {
        index: 0,
        delta: {
          tool_calls: [
            {
              index: 0,
              ...(name && { id: 'call_1', type: 'function' }),
              function: { ...(name && { name }), arguments: args },
            },
          ],
        },
        finish_reason: null,
      },
    ],
  });

/** The end: a reason, and how many tokens were used. */
export const ending = (
  reason = 'stop',
  usage: object | null = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
): string =>
  event({ ...FRAME, choices: [{ index: 0, delta: {}, finish_reason: reason }] }) +
  (usage ? event({ ...FRAME, choices: [], usage }) : '') +
  event('[DONE]');

/** A whole stream of an answer. */
export const spoken = (text: string): string[] => [...text].map(piece).concat(ending());

/** The same answer unstreamed. */
export const whole = (content: string): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1700000000,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
});

/** A refusal as OpenAI writes it. */
export const refusal = (message: string, code: string | null = null): object => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});
