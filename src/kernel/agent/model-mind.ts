/**
 * A mind that is a language model: it reads the context, answers with one act, and is asked again with the reason when the
 * answer is none. After that rules think, and the agent says so.
 *
 *   context ─▶ reply ─▶ call of a tool, or JSON ─▶ an act
 *                ▲           │ neither
 *                └─ reason ◀─┘  (twice at most)
 */
import type { Json } from '../../core/index.ts';
import type { ChatMessage, ChatModel, ChatReply, ChatTool } from '../ports/chat-model.ts';
import { tellContext } from './context.ts';
import type { Mind, ThinkContext, Thinking, Toolbox } from './tool.ts';
import type { AgentAct, AgentState, Effect, PromptMark } from './types.ts';

/** What a model thinks with. */
export interface ModelMindParts {
  readonly name: string;
  readonly model: ChatModel;
  readonly effects: readonly Effect[];
  /** Price of a token read or written, the dearer of the two; 0 where it costs nothing. */
  readonly price: number;
  readonly prompt: string;
  /** Which state of the prompt's file that is; kept with every thought. */
  readonly mark?: PromptMark | undefined;
  /** Lines about the works at hand. */
  works(state: AgentState): Promise<readonly string[]>;
  /** The act that a text without any call may stand for, such as a poem handed in as talk; undefined where it is mere talk. */
  actOfText?(text: string, state: AgentState): AgentAct | undefined;
  /** Thinks where the model gives nothing usable. */
  readonly rules: Mind;
}

/** Most tokens of one reply. */
const REPLY = 1500;
/** Replies to one thought. */
const TRIES = 2;

export function modelMind(parts: ModelMindParts): Mind {
  const { model, effects, price } = parts;
  return {
    effects,
    estimate: async (state) => {
      const tokens = (Math.min(state.budget.context, model.contextLength ?? Number.POSITIVE_INFINITY) + REPLY) * TRIES;
      const left = Math.max(0, state.budget.tokens - state.used.tokens);
      // With less room than two long thoughts a short one may still be had: what it takes is counted exactly.
      const reserved = Math.min(tokens, Math.max(left, REPLY));
      return { tokens: reserved, money: reserved * price };
    },
    think: (state, context) => thinkWith(parts, state, context),
  };
}

async function thinkWith(parts: ModelMindParts, state: AgentState, context: ThinkContext): Promise<Thinking> {
  const { model, name, prompt, rules, mark } = parts;
  const had = { by: name, ...(mark && { prompt: mark }) };
  const telling = {
    prompt,
    tools: model.usesTools ? '' : toolWords(context.tools, state),
    works: await parts.works(state),
  };
  const window = Math.min(state.budget.context, (model.contextLength ?? Number.POSITIVE_INFINITY) - REPLY);
  let messages = await tellContext(model, state, telling, window);
  let tokens = 0;
  let money = 0;
  for (let left = TRIES; left > 0; left--) {
    const cap = Math.floor(Math.min(REPLY, state.budget.tokens - state.used.tokens - tokens));
    if (cap <= 0) break;
    const reply = await model.reply({ ...asked(model, context), messages, maxTokens: cap, seed: context.seed + left });
    tokens += reply.usage.input + reply.usage.output;
    money += reply.usage.cost?.amount ?? 0;
    const read = readAct(reply, context.tools);
    if ('act' in read) return { thought: { words: read.words, act: read.act, ...had }, tokens, money };
    const meant = reply.calls.length === 0 ? parts.actOfText?.(reply.text, state) : undefined;
    if (meant) return { thought: { words: '', act: meant, ...had }, tokens, money };
    messages = [...messages, { role: 'assistant', text: reply.text }, again(read.wrong, state)];
  }
  return { ...(await rules.think(state, context)), tokens, money, fellBack: true };
}

function asked(
  model: ChatModel,
  { tools, signal }: ThinkContext,
): { signal: AbortSignal; tools?: ChatTool[]; schema?: typeof ACT_SCHEMA } {
  if (!model.usesTools) return { signal, schema: ACT_SCHEMA };
  const own = [...tools.values()].map(({ name, summary, input }) => ({
    name,
    description: `${summary.en} ${summary.zh}`,
    input,
  }));
  return { signal, tools: [...own, ...INNER_TOOLS] };
}

/** Acts on itself, as tools. */
const INNER_TOOLS: readonly ChatTool[] = [
  inner('set_plan', 'Replace what is still open of the plan.', {
    tasks: {
      type: 'array',
      items: {
        type: 'object',
        properties: { role: { type: 'string' }, goal: { type: 'string' } },
        required: ['role', 'goal'],
      },
    },
  }),
  inner('ask_artist', 'Ask the artist a question and wait.', { question: { type: 'string' } }),
  inner('note', 'Keep something in mind.', { text: { type: 'string' } }),
  inner('finish', 'End: say what was made, or honestly why not.', {
    words: { type: 'string' },
    good: { type: 'boolean' },
  }),
];

function inner(name: string, description: string, properties: { [key: string]: Json }): ChatTool {
  return { name, description, input: { type: 'object', properties, required: Object.keys(properties) } };
}

/** For models without tools: the same as an object. */
const ACT_SCHEMA: { readonly [key: string]: Json } = {
  type: 'object',
  properties: {
    thought: { type: 'string' },
    tool: { type: 'string' },
    input: { type: 'object' },
  },
  required: ['thought', 'tool', 'input'],
};

function toolWords(tools: Toolbox, { language }: AgentState): string {
  const zh = language === 'zh';
  const lead = zh
    ? '每次只回答一个 JSON 对象：{"thought": 为什么, "tool": 工具名, "input": 参数}。工具：'
    : 'Answer with one JSON object each time: {"thought": why, "tool": name, "input": arguments}. Tools:';
  const own = [...tools.values()].map(
    ({ name, summary, input }) => `- ${name}: ${summary[language]} ${JSON.stringify(input)}`,
  );
  const ours = INNER_TOOLS.map(({ name, description, input }) => `- ${name}: ${description} ${JSON.stringify(input)}`);
  return [lead, ...own, ...ours].join('\n');
}

type ReadAct = { readonly words: string; readonly act: AgentAct } | { readonly wrong: string };

function readAct(reply: ChatReply, tools: Toolbox): ReadAct {
  const [call] = reply.calls;
  if (call) return actOf(call.name, call.input, reply.text, tools);
  const value = reply.value ?? parsed(reply.text);
  if (!isObject(value)) return { wrong: 'no tool was called and no JSON object was answered' };
  const { tool, input = {}, thought = '' } = value;
  if (typeof tool !== 'string') return { wrong: '"tool" is missing' };
  return actOf(tool, input, typeof thought === 'string' ? thought : '', tools);
}

function actOf(name: string, input: Json, words: string, tools: Toolbox): ReadAct {
  if (!isObject(input)) return { wrong: `the input of '${name}' is no object` };
  const act = innerAct(name, input);
  if (act) return { words, act };
  if (!tools.has(name)) return { wrong: `there is no tool '${name}'; there are: ${[...tools.keys()].join(', ')}` };
  return { words, act: { kind: 'use', tool: name, input } };
}

function innerAct(name: string, input: { readonly [key: string]: Json }): AgentAct | undefined {
  const { tasks, question, text, words, good } = input;
  if (name === 'ask_artist' && typeof question === 'string') return { kind: 'ask', question };
  if (name === 'note' && typeof text === 'string') return { kind: 'note', text };
  if (name === 'finish' && typeof words === 'string') return { kind: 'finish', words, good: good !== false };
  if (name !== 'set_plan' || !Array.isArray(tasks)) return undefined;
  const read = tasks.flatMap((task) =>
    isObject(task) && typeof task.role === 'string' && typeof task.goal === 'string'
      ? [{ role: task.role, goal: task.goal }]
      : [],
  );
  return read.length === tasks.length && read.length > 0 ? { kind: 'plan', tasks: read } : undefined;
}

function again(wrong: string, { language }: AgentState): ChatMessage {
  const text =
    language === 'zh'
      ? `无法使用：${wrong}。请按要求再答一次。`
      : `This cannot be used: ${wrong}. Answer again as asked.`;
  return { role: 'user', parts: [{ kind: 'text', text }] };
}

/** JSON in a text; a fence of Markdown around it does no harm. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, '')) as Json;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
