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
import type { ReplyInput } from './engine/main.ts';
import { contextOf, type LoadedConfig } from './token-model.ts';

/** How often a reply that does not follow its schema is asked for anew. */
const TRIES = 3;

/** Serves a loaded model; the engine ends with it. */
export function serveChat(engine: EngineProcess, identity: ModelIdentity, config: LoadedConfig): ChatModel {
  const contextLength = contextOf(config);
  const said = (messages: readonly ChatMessage[]): object[] => messages.map((message) => plain(message, identity.name));
  const once = async (request: ChatRequest, messages: readonly ChatMessage[], seed: number): Promise<Counted> => {
    const { signal, onText, maxTokens, temperature = 0.8, topP = 1, stop = [] } = request;
    const limits = { contextLength, ...(maxTokens !== undefined && { maxTokens }) };
    const input: ReplyInput = { messages: said(messages), ...limits, temperature, topP, seed, stop };
    const onEvent = ({ text }: { readonly text: string }): void => onText?.(text);
    return engine.call<Counted>('reply', input, { signal, onEvent });
  };
  return {
    identity,
    contextLength,
    sees: false,
    usesTools: false,
    count: async (messages) => ({
      tokens: await engine.call<number>('count', { messages: said(messages) }, { again: true }),
      exact: true,
    }),
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
