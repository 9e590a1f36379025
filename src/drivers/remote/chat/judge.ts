/** Whether an answer is what was asked for: JSON that follows the schema, calls of tools that exist, with inputs that are JSON. */
import type { Json } from '../../../core/index.ts';
import {
  type ChatMessage,
  type ChatReply,
  type ChatRequest,
  engineFault,
  type ToolCall,
} from '../../../kernel/index.ts';
import { type Checked, createCheck, readJson } from './check-value.ts';
import { askToCallAgain, askToMend } from './instruct.ts';
import type { Answer } from './one-answer.ts';

/** A reply that holds, or what to say to have it mended. */
export type Verdict =
  | { readonly reply: Omit<ChatReply, 'usage'> }
  | { readonly mend: readonly ChatMessage[]; readonly wrong: string };

/** Prepares the judgement of answers to a request. `wordy`: tools were told in words. */
export function createJudge(name: string, request: ChatRequest): (answer: Answer, wordy: boolean) => Verdict {
  const { schema, tools = [] } = request;
  const check = schema && prepare(name, schema);
  const known = new Set(tools.map((tool) => tool.name));
  return (raw, wordy) => {
    const answer = wordy && known.size > 0 ? unwrap(raw) : raw;
    const { text, finish } = answer;
    const calls = readCalls(answer, known);
    if ('wrong' in calls)
      return { mend: askToCallAgain(calls.name, calls.wrong), wrong: `${calls.name}: ${calls.wrong}` };
    const reply = { text, calls: calls.calls, finish };
    if (!check || !schema || calls.calls.length > 0 || finish === 'refused') return { reply };
    const checked = check(text);
    if ('value' in checked) return { reply: { ...reply, value: checked.value } };
    const wrong = finish === 'length' ? `${checked.wrong} (maxTokens)` : checked.wrong;
    return { mend: askToMend(text, wrong, schema), wrong };
  };
}

function prepare(name: string, schema: NonNullable<ChatRequest['schema']>): (text: string) => Checked {
  try {
    return createCheck(schema);
  } catch (cause) {
    throw engineFault('cannot', name, `JSON Schema: ${(cause as Error).message}`, cause);
  }
}

type Calls = { readonly calls: readonly ToolCall[] } | { readonly name: string; readonly wrong: string };

function readCalls({ calls }: Answer, known: ReadonlySet<string>): Calls {
  const read: ToolCall[] = [];
  for (const { id, name, input } of calls) {
    if (!known.has(name)) return { name, wrong: 'there is no such tool' };
    const value = input.trim() === '' ? {} : parse(input);
    if (value === undefined) return { name, wrong: 'its input is no JSON' };
    read.push({ id, name, input: value });
  }
  return { calls: read };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Reads what a model wrote that was told of tools in words. */
function unwrap(answer: Answer): Answer {
  const found = readJson(answer.text);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return answer;
  const { tool, input, answer: plain } = found as { readonly [key: string]: Json };
  if (typeof tool === 'string') {
    const call = { id: 'call-1', name: tool, input: JSON.stringify(input ?? {}) };
    return { ...answer, text: '', calls: [call], finish: 'tools' };
  }
  return plain === undefined ? answer : { ...answer, text: typeof plain === 'string' ? plain : JSON.stringify(plain) };
}
