/** For tests: a model that says what it is told to, or nothing but noise. */
import { createRandom, type Json } from '../../core/index.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../../kernel/index.ts';

/** What a scripted model does next: a call of a tool, or a text. */
export type Line =
  | { readonly tool: string; readonly input: Json; readonly thought?: string }
  | { readonly text: string };

export interface ScriptedModel extends ChatModel {
  readonly asked: readonly ChatRequest[];
}

/** A model that answers by `next`, which is given how often it was asked and what; it fails the test when it has no answer. */
export function scriptedModel(next: (asked: number, request: ChatRequest) => Line | undefined): ScriptedModel {
  const asked: ChatRequest[] = [];
  return {
    asked,
    identity: {
      name: 'scripted',
      digest: '0'.repeat(64),
      engine: 'trial',
      kind: 'chat',
    } as unknown as ChatModel['identity'],
    sees: false,
    usesTools: true,
    contextLength: 32_000,
    count: async (messages) => ({ tokens: Math.ceil(JSON.stringify(messages).length / 3), exact: false }),
    reply: async (request) => {
      const line = next(asked.length, request);
      asked.push(request);
      if (!line) throw new Error('the script has come to its end');
      return replyOf(line, asked.length, JSON.stringify(request.messages).length);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function replyOf(line: Line, number: number, read: number): ChatReply {
  const usage = { input: Math.ceil(read / 3), output: 20 };
  if ('text' in line) return { text: line.text, calls: [], finish: 'stop', usage };
  const { tool: name, input, thought = '' } = line;
  return { text: thought, calls: [{ id: `c${number}`, name, input }], finish: 'tools', usage };
}

/** A model that draws its texts: noise, now and then the beginning of something sensible. */
export function randomModel(seed: number): ScriptedModel {
  const random = createRandom(`noise ${seed}`);
  const characters = [...'春江潮水连海平abc{}":[],\n 月明花山风雪tool_thought0123'];
  const noise = (): string => Array.from({ length: 5 + random.integer(60) }, () => random.pick(characters)).join('');
  return scriptedModel(() => {
    const kind = random.integer(4);
    if (kind === 0) return { text: noise() };
    const text = Array.from({ length: 4 }, () => noise().slice(0, 7)).join('\n');
    if (kind === 1)
      return { tool: 'verse_accept', input: { options: { text, form: random.pick(['free', '七绝', '五绝', 'x']) } } };
    return {
      tool: random.pick(['look', 'verse_compose', 'finish', 'nothing', 'verse_accept']),
      input: { work: noise(), words: noise() },
    };
  });
}
