/**
 * A language model that is spoken to: messages become one text by the template that the model was trained with. A schema is
 * asked for in words; what comes back is checked, and asked for again where it does not follow.
 */
import { z } from 'zod';
import type { Json } from '../../core/index.ts';
import type { EngineProcess } from '../../isolation/index.ts';
import {
  type ChatMessage,
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  engineFault,
  type ModelIdentity,
} from '../../kernel/index.ts';
import type { Written } from './engine/generate.ts';
import { contextOf, type LoadedConfig } from './token-model.ts';

/** How often a reply that does not follow its schema is asked for anew. */
const TRIES = 3;

/** Serves a loaded model; the engine ends with it. */
export function serveChat(engine: EngineProcess, identity: ModelIdentity, config: LoadedConfig): ChatModel {
  const contextLength = contextOf(config);
  const render = async (messages: readonly ChatMessage[], signal?: AbortSignal): Promise<number[]> =>
    engine.call<number[]>(
      'render',
      { messages: messages.map((message) => plain(message, identity.name)) },
      { signal, again: true },
    );
  const once = async (request: ChatRequest, messages: readonly ChatMessage[], seed: number): Promise<Counted> => {
    const { signal, onText, maxTokens, temperature = 0.8, topP = 1, stop = [] } = request;
    const ids = await render(messages, signal);
    if (ids.length >= contextLength) throw tooLong(identity.name, ids.length, contextLength);
    const room = contextLength - ids.length;
    const input = { ids, maxTokens: Math.min(room, maxTokens ?? room), temperature, topP, seed, stop };
    const onEvent = ({ text }: { readonly text: string }): void => onText?.(text);
    return { ...(await engine.call<Written>('write', input, { signal, onEvent })), read: ids.length };
  };
  return {
    identity,
    contextLength,
    sees: false,
    usesTools: false,
    count: async (messages) => ({ tokens: (await render(messages)).length, exact: true }),
    reply: async (request) => {
      if (request.tools?.length)
        throw engineFault('cannot', identity.name, { en: 'it knows no tools', zh: '它不会调用工具' });
      const seed = request.seed ?? Math.floor(Math.random() * 2 ** 32);
      if (request.schema === undefined) return replyOf(await once(request, request.messages, seed));
      return bySchema(request, identity.name, (messages, i) => once(request, messages, seed + i));
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

interface Counted extends Written {
  readonly read: number;
}

function replyOf({ text, finish, read, tokens }: Counted): ChatReply {
  return { text, calls: [], finish, usage: { input: read, output: tokens } };
}

async function bySchema(
  { messages, schema }: ChatRequest,
  name: string,
  once: (messages: readonly ChatMessage[], attempt: number) => Promise<Counted>,
): Promise<ChatReply> {
  const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  const wish = `Answer with JSON alone, following this JSON Schema: ${JSON.stringify(schema)}`;
  const asked: ChatMessage[] = [{ role: 'system', text: wish }, ...messages];
  let [input, output] = [0, 0];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const written = await once(asked, attempt);
    input += written.read;
    output += written.tokens;
    const value = jsonIn(written.text);
    if (value !== undefined && check.safeParse(value).success) {
      return { ...replyOf(written), value, usage: { input, output } };
    }
  }
  throw engineFault('wrong-answer', name, {
    en: `no JSON that follows the schema in ${TRIES} tries`,
    zh: `${TRIES} 次尝试都没有得到符合要求的 JSON`,
  });
}

/** The JSON of a reply, also between fences or after a word of its own. */
function jsonIn(text: string): Json | undefined {
  const [begin, end] = [text.search(/[[{]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))];
  try {
    return JSON.parse(begin >= 0 && end > begin ? text.slice(begin, end + 1) : text) as Json;
  } catch {
    return undefined;
  }
}

/** A message as templates know it. */
function plain(message: ChatMessage, name: string): { readonly role: string; readonly content: string } {
  if (message.role === 'user') {
    const texts = message.parts.map((part) => {
      if (part.kind === 'text') return part.text;
      throw engineFault('cannot', name, { en: 'it does not see pictures', zh: '它看不见图片' });
    });
    return { role: 'user', content: texts.join('\n') };
  }
  if (message.role === 'tool') return { role: 'user', content: `${message.name}: ${message.output}` };
  return { role: message.role, content: message.text };
}

function tooLong(name: string, tokens: number, most: number): Error {
  return engineFault('context-full', name, { en: `${tokens} of ${most} tokens`, zh: `${tokens} 个词元，上限 ${most}` });
}
