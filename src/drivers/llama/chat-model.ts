/** A GGUF file that is spoken to. */
import { z } from 'zod';
import type { Json } from '../../core/index.ts';
import type { EngineProcess } from '../../isolation/index.ts';
import {
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  engineFault,
  type ModelIdentity,
} from '../../kernel/index.ts';
import type { ReplyInput } from './engine/converse.ts';

/** Serves a loaded file; the engine ends with it. */
export function serveChat(
  engine: EngineProcess,
  identity: ModelIdentity,
  { contextLength }: { readonly contextLength: number },
): ChatModel {
  return {
    identity,
    contextLength,
    sees: false,
    usesTools: true,
    count: async (messages) => ({
      tokens: await engine.call<number>('count', { messages }, { again: true }),
      exact: true,
    }),
    reply: async ({ signal, onText, ...request }) => {
      const onEvent = ({ text }: { readonly text: string }): void => onText?.(text);
      const input = inputOf(request);
      const written = await engine.call<ChatReply>('reply', input, { signal, onEvent, again: true });
      return request.schema === undefined ? written : follow(written, request.schema, identity.name);
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

function inputOf({ temperature = 0.8, topP = 1, seed, ...request }: ChatRequest): ReplyInput {
  return { ...request, temperature, topP, seed: (seed ?? Math.floor(Math.random() * 2 ** 32)) % 2 ** 32 };
}

/** The grammar holds the shape, but lets absurd numbers through: what comes is checked again. */
function follow(reply: ChatReply, schema: NonNullable<ChatRequest['schema']>, name: string): ChatReply {
  const value = parse(reply.text);
  const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  if (value !== undefined && check.safeParse(value).success) return { ...reply, value };
  throw engineFault('wrong-answer', name, { en: 'it does not follow the schema', zh: '不符合所要求的格式' });
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
