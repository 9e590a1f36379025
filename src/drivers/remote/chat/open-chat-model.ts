/**
 * A chat model behind an address, whichever provider's package speaks to it.
 *
 *   request ─▶ fits? ─▶ ask (another try after faults that pass, another manner where the server wants one)
 *              ▲                 │
 *              └── mend, once ◀──┤ JSON that breaks the schema, a call that cannot be read
 *                                ▼
 *                              reply
 *
 * With a schema nothing is delivered before it holds; otherwise pieces are delivered as they come, and nothing is asked again
 * once the first was.
 */
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import {
  type ChatMessage,
  type ChatModel,
  type ChatReply,
  type ChatRequest,
  engineFault,
} from '../../../kernel/index.ts';
import { identityOf, type RemoteCard } from '../card.ts';
import { type Line, tryAgain } from '../line/index.ts';
import { adapt, type Manner, PLAIN_MANNER } from './adapt.ts';
import { noteCost, usageOf } from './cost.ts';
import { estimateTokens } from './count-tokens.ts';
import { callsInWords, schemaInWords, toolsInWords, withInstruction } from './instruct.ts';
import { createJudge, type Verdict } from './judge.ts';
import { type Answer, oneAnswer } from './one-answer.ts';
import { toPrompt, toTools } from './to-prompt.ts';

/** One provider's package. */
export interface Speaker {
  readonly engine: string;
  /** A model of the package, made anew for each request. */
  create(parts: {
    readonly card: RemoteCard;
    readonly manner: Manner;
    readonly key: string | undefined;
    readonly fetch: typeof globalThis.fetch;
  }): Promise<LanguageModelV4>;
}

/** Opens it; nothing is sent before the first request. */
export function openChatModel(line: Line, speaker: Speaker): ChatModel {
  const { card, name } = line;
  const sees = card.sees ?? true;
  let manner: Manner = {
    ...PLAIN_MANNER,
    schema: card.structured !== 'words',
    tools: card.usesTools ?? true,
  };
  const send = async (asked: Asked): Promise<Answer> => {
    const key = await line.key();
    for (;;) {
      const model = await speaker.create({ card, manner, key, fetch: line.fetch() });
      try {
        return await oneAnswer(name, model, optionsOf(asked, manner), asked.deliver);
      } catch (fault) {
        const next = adapt(manner, fault);
        if (!next) throw fault;
        manner = next;
      }
    }
  };
  return {
    identity: identityOf(card, speaker.engine),
    ...(card.contextLength === undefined ? {} : { contextLength: card.contextLength }),
    sees,
    get usesTools() {
      return manner.tools;
    },
    count: async (messages) => ({ tokens: estimateTokens(messages).likely, exact: false }),
    reply: async (request) => {
      refuseUnfit(name, request, card, sees);
      const judge = createJudge(name, request);
      const bill = { input: 0, output: 0 };
      let held = { text: '', messages: request.messages };
      for (let round = 0; ; round++) {
        const mending = round > 0;
        const { answer, told } = await ask(line, request, held.messages, mending, send, () => manner);
        refuseCut(name, held.messages, answer);
        add(bill, held.messages, answer);
        const verdict = judge(answer, !manner.tools);
        if ('mend' in verdict && !mending) {
          held = { text: told, messages: [...request.messages, ...verdict.mend] };
          continue;
        }
        const usage = usageOf(card, bill.input, bill.output);
        await noteCost(line, usage.cost);
        return { ...deliverRest(name, request, verdict, held.text || told), usage };
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** One request as it is sent. */
interface Asked {
  readonly request: ChatRequest;
  readonly messages: readonly ChatMessage[];
  readonly deliver: (piece: string) => void;
}

/** Sends it, with further tries; `told` is what the caller was told. */
async function ask(
  line: Line,
  request: ChatRequest,
  messages: readonly ChatMessage[],
  mending: boolean,
  send: (asked: Asked) => Promise<Answer>,
  manner: () => Manner,
): Promise<{ readonly answer: Answer; readonly told: string }> {
  const { onText, schema, tools = [], signal } = request;
  let told = '';
  const deliver = (piece: string): void => {
    const silent = mending || schema !== undefined || (tools.length > 0 && !manner().tools);
    if (silent || !onText) return;
    told += piece;
    onText(piece);
  };
  const answer = await tryAgain(line, () => send({ request, messages, deliver }), {
    signal,
    untouched: () => told === '',
  });
  return { answer, told };
}

/** The caller hears what was held back until it was sure. */
function deliverRest(name: string, { onText }: ChatRequest, verdict: Verdict, told: string): Omit<ChatReply, 'usage'> {
  if ('mend' in verdict) throw engineFault('wrong-answer', name, verdict.wrong);
  const { reply } = verdict;
  if (told === '' && reply.text !== '') onText?.(reply.text);
  // A call that was mended comes with the words that were delivered before it.
  return told !== '' && reply.text !== told ? { ...reply, text: told } : reply;
}

function optionsOf({ request, messages }: Asked, manner: Manner): LanguageModelV4CallOptions {
  const { schema, tools = [], maxTokens, temperature = 0.8, topP, seed, stop, signal } = request;
  const wordy = tools.length > 0 && !manner.tools;
  let told = wordy ? withInstruction(callsInWords(messages), toolsInWords(tools)) : messages;
  if (schema && !manner.schema) told = withInstruction(told, schemaInWords(schema));
  return {
    prompt: toPrompt(told),
    ...(tools.length > 0 && !wordy && { tools: toTools(tools) }),
    ...(schema && manner.schema && !wordy && { responseFormat: jsonBy(schema) }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(manner.sampling && { temperature, ...(topP !== undefined && { topP }) }),
    ...(manner.seed && seed !== undefined && { seed }),
    ...(manner.stop && stop && stop.length > 0 && { stopSequences: [...stop] }),
    ...(signal && { abortSignal: signal }),
  };
}

function jsonBy(schema: NonNullable<ChatRequest['schema']>): NonNullable<LanguageModelV4CallOptions['responseFormat']> {
  type Format = Extract<NonNullable<LanguageModelV4CallOptions['responseFormat']>, { type: 'json' }>;
  return { type: 'json', name: 'answer', schema: schema as NonNullable<Format['schema']> };
}

/** What cannot be sent at all. */
function refuseUnfit(name: string, { messages }: ChatRequest, card: RemoteCard, sees: boolean): void {
  const pictures = messages.some((one) => one.role === 'user' && one.parts.some(({ kind }) => kind === 'picture'));
  if (pictures && !sees) throw engineFault('cannot', name, { en: 'it takes no pictures', zh: '它不看图' });
  const { least } = estimateTokens(messages);
  if (card.contextLength === undefined || least <= card.contextLength) return;
  const facts = `≥ ${least} > ${card.contextLength} tokens`;
  throw engineFault('context-full', name, facts);
}

/** Texts shorter than so many tokens are not judged: frames and templates blur the count. */
const SHORT = 600;

/** Some servers cut long messages in silence and answer what is left; the tokens that they counted give them away. */
function refuseCut(name: string, messages: readonly ChatMessage[], { input }: Answer): void {
  const { least, likely } = estimateTokens(messages);
  if (input === undefined || input === 0 || least < SHORT || input >= least * 0.7) return;
  throw engineFault('context-full', name, {
    en: `it read ${input} of about ${likely} tokens; give it a longer context`,
    zh: `约 ${likely} 个 token 只读了 ${input} 个；请调大它的上下文长度`,
  });
}

function add(bill: { input: number; output: number }, messages: readonly ChatMessage[], answer: Answer): void {
  bill.input += answer.input ?? estimateTokens(messages).likely;
  bill.output += answer.output ?? estimateTokens([{ role: 'assistant', text: answer.text }]).likely;
}
