/** What Anthropic and Google write, as their references document it (messages and generateContent, streamed). */

const named = (type: string, value: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;

/** Anthropic: a message in pieces of text, perhaps with a call of a tool, up to its end. */
export function anthropicStream(
  pieces: readonly string[],
  {
    call,
    reason = 'end_turn',
    cut = false,
  }: { call?: { name: string; json: string }; reason?: string; cut?: boolean } = {},
): string[] {
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  const begin = named('message_start', { message: { ...message, usage: { input_tokens: 11, output_tokens: 1 } } });
  const text = [
    named('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces.map((one) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text: one } })),
  ];
  if (cut) return [begin, ...text];
  const tool = call
    ? [
        named('content_block_start', {
          index: 1,
          content_block: { type: 'tool_use', id: 'toolu_1', name: call.name, input: {} },
        }),
        named('content_block_delta', { index: 1, delta: { type: 'input_json_delta', partial_json: call.json } }),
        named('content_block_stop', { index: 1 }),
      ]
    : [];
  return [
    begin,
    ...text,
    named('content_block_stop', { index: 0 }),
    ...tool,
    named('message_delta', { delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 6 } }),
    named('message_stop', {}),
  ];
}

/** Anthropic: an error in the midst of a stream. */
export const anthropicError = (type: string, message: string): string => named('error', { error: { type, message } });

/** Google: pieces of text up to a reason, perhaps with a call of a tool. */
export function googleStream(
  pieces: readonly string[],
  { call, reason = 'STOP' }: { call?: { name: string; args: object }; reason?: string | null } = {},
): string[] {
  const data = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
  const part = (content: object): object => ({ content: { role: 'model', parts: [content] }, index: 0 });
  const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 4, totalTokenCount: 13 };
  return [
    ...pieces.map((text) => data({ candidates: [part({ text })] })),
    ...(call ? [data({ candidates: [part({ functionCall: call })] })] : []),
    ...(reason === null
      ? []
      : [data({ candidates: [{ ...part({ text: '' }), finishReason: reason }], usageMetadata })]),
  ];
}
