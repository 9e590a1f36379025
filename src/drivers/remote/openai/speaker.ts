/** Any server of the OpenAI shape, spoken to through the package for compatible servers. */

import type { Manner, Speaker } from '../chat/index.ts';

export const openAiSpeaker: Speaker = {
  engine: 'openai',
  create: async ({ card, manner, key, fetch }) => {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    const provider = createOpenAICompatible({
      name: 'remote',
      baseURL: card.baseUrl,
      fetch: asStream(fetch),
      includeUsage: manner.usage,
      supportsStructuredOutputs: true,
      transformRequestBody: (body) => rename(body, manner),
      ...(key === undefined ? {} : { apiKey: key }),
    });
    return provider.chatModel(card.model ?? '');
  },
};

/** The limit of tokens under the name that the server wants; schemas not in the strict manner that forbids optional fields. */
function rename(body: Record<string, unknown>, { limit }: Manner): Record<string, unknown> {
  const { max_tokens, response_format, ...rest } = body;
  const format = response_format as { type?: string; json_schema?: object } | undefined;
  return {
    ...rest,
    ...(max_tokens !== undefined && { [limit]: max_tokens }),
    ...(format && {
      response_format: format.json_schema
        ? { ...format, json_schema: { ...format.json_schema, strict: false } }
        : format,
    }),
  };
}

/** Servers that do not stream send their answer whole, whatever they are asked: it is made a stream of one piece. */
function asStream(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!/application\/json/i.test(response.headers.get('content-type') ?? '')) return response;
    const whole = JSON.parse(await response.text()) as { choices?: readonly Choice[] };
    const choices = whole.choices?.map(({ message, ...rest }) => ({ ...rest, delta: numbered(message) }));
    const body = `data: ${JSON.stringify({ ...whole, ...(choices && { choices }) })}\n\ndata: [DONE]\n\n`;
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
}

interface Choice {
  readonly message?: { readonly tool_calls?: readonly object[] };
}

function numbered(message: Choice['message']): object {
  const calls = message?.tool_calls?.map((call, index) => ({ index, ...call }));
  return { ...message, ...(calls && { tool_calls: calls }) };
}
