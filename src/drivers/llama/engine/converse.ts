/** A reply to messages: the model's own template makes one text of them; what would not fit is refused, never cut. */
import type { ChatHistoryItem, ChatModelFunctions, Token } from 'node-llama-cpp';
import { type CallContext, HandlerFault } from '../../../isolation/index.ts';
import type { ChatMessage, ChatReply, ChatTool } from '../../../kernel/index.ts';
import { type Runtime, withRuntime } from './runtime.ts';

/** A request as it travels. */
export interface ReplyInput {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[] | undefined;
  readonly schema?: object | undefined;
  readonly maxTokens?: number | undefined;
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly stop?: readonly string[] | undefined;
}

/** Messages as one run of tokens. */
export function count({ messages }: Pick<ReplyInput, 'messages'>): Promise<number> {
  return withRuntime(async (runtime) => render(runtime, historyOf(messages)).length);
}

/** Writes a reply, a piece at a time. */
export function reply(input: ReplyInput, { signal, event }: CallContext): Promise<Omit<ChatReply, 'value'>> {
  return withRuntime(async (runtime) => {
    const { LlamaChat } = await import('node-llama-cpp');
    const { sequence, llama, context, wrapper } = runtime;
    const functions = input.tools?.length ? functionsOf(input.tools) : undefined;
    const history = historyOf(input.messages);
    const read = render(runtime, history, functions).length;
    // The runtime keeps one place free, and begins to forget where it is needed.
    const room = context.contextSize - read - 1;
    if (room < 1) throw tooLong(read, context.contextSize);
    await sequence.clearHistory();
    const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: wrapper });
    const before = sequence.tokenMeter.usedOutputTokens;
    const brim = watchBrim();
    const usual = {
      maxTokens: Math.min(input.maxTokens ?? room, room),
      temperature: input.temperature,
      topP: input.topP,
      seed: input.seed,
      customStopTriggers: [...(input.stop ?? [])],
      signal: AbortSignal.any([signal, brim.signal]),
      stopOnAbortSignal: false,
      contextShift: { strategy: brim.strategy },
      onTextChunk: (text: string) => event({ text }),
    };
    try {
      // The model's turn is open at the end of the history.
      const turns: ChatHistoryItem[] = [...history, { type: 'model', response: [] }];
      const grammar = input.schema && (await llama.createGrammarForJsonSchema(input.schema as never));
      const answer = functions
        ? await chat.generateResponse(turns, { ...usual, functions })
        : await chat.generateResponse(turns, { ...usual, ...(grammar && { grammar }) });
      const { stopReason } = answer.metadata;
      const calls = (answer.functionCalls ?? []) as readonly { functionName: string; params: unknown }[];
      return {
        text: answer.response,
        calls: calls.map(({ functionName, params }, i) => ({
          id: `call-${i + 1}`,
          name: functionName,
          input: JSON.parse(JSON.stringify(params ?? {})),
        })),
        finish: calls.length > 0 ? 'tools' : stopReason === 'maxTokens' ? 'length' : 'stop',
        usage: { input: read, output: sequence.tokenMeter.usedOutputTokens - before },
      };
    } catch (error) {
      if (!brim.reached() || signal.aborted) throw error;
      throw tooLong(read + sequence.tokenMeter.usedOutputTokens - before, context.contextSize);
    } finally {
      chat.dispose({ disposeSequence: false });
    }
  });
}

/** Where the runtime would leave out what was said to make room (calls of tools may grow beyond any bound), it is stopped. */
function watchBrim() {
  const stop = new AbortController();
  const strategy = ({ chatHistory }: { readonly chatHistory: readonly ChatHistoryItem[] }) => {
    stop.abort();
    return { chatHistory: [...chatHistory], metadata: null };
  };
  return { signal: stop.signal, strategy, reached: () => stop.signal.aborted };
}

function tooLong(read: number, most: number): HandlerFault {
  return new HandlerFault('context-full', `${read} of ${most} tokens`, `${read} 个词元，上限 ${most}`);
}

/** The tokens that the model reads: what was said, what is told of tools, and the beginning of its own turn. */
export function render(
  { model, wrapper }: Pick<Runtime, 'model' | 'wrapper'>,
  history: readonly ChatHistoryItem[],
  availableFunctions?: ChatModelFunctions,
): readonly Token[] {
  const turns: ChatHistoryItem[] = [...history, { type: 'model', response: [] }];
  const { contextText } = wrapper.generateContextState({
    chatHistory: turns,
    ...(availableFunctions && { availableFunctions }),
  });
  return contextText.tokenize(model.tokenizer);
}

/** Our messages as llama's history; the answer of a tool stands in the turn that called it. */
export function historyOf(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const outputs = new Map(messages.flatMap((one) => (one.role === 'tool' ? [[one.call, one.output] as const] : [])));
  return messages.flatMap((message): ChatHistoryItem[] => {
    if (message.role === 'system') return [{ type: 'system', text: message.text }];
    if (message.role === 'tool') return [];
    if (message.role === 'user') {
      const texts = message.parts.map((part) => {
        if (part.kind !== 'text') throw new HandlerFault('cannot', 'it does not see pictures', '它不能看图');
        return part.text;
      });
      return [{ type: 'user', text: texts.join('\n') }];
    }
    const calls = (message.calls ?? []).map(({ id, name, input }) => ({
      type: 'functionCall' as const,
      name,
      params: input,
      result: outputs.get(id) ?? '',
    }));
    return [{ type: 'model', response: [...(message.text === '' ? [] : [message.text]), ...calls] }];
  });
}

export function functionsOf(tools: readonly ChatTool[]): ChatModelFunctions {
  return Object.fromEntries(
    tools.map(({ name, description, input }) => [name, { description, params: input as never }]),
  );
}
