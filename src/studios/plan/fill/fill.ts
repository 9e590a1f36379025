/**
 * The op `plan/fill`: a model that is spoken to reads the same brief and fills the same plan.
 *
 *   brief, plan by rules ─▶ words and JSON Schema ─▶ model ─▶ answer ─▶ checked ─▶ plan; what was mended is told
 *                                                      ▲                  │ nothing of it can be used
 *                                                      └── once more ◀────┘
 *
 * The model proposes; what is locked, what the brief rules out and what the table of elements knows is decided here.
 */
import { z } from 'zod';
import {
  type ChatMessage,
  type ChatModel,
  defineOp,
  engineFault,
  type Plan,
  planSchema,
} from '../../../kernel/index.ts';
import { hold } from '../renew.ts';
import { checkFilled } from './check-filled.ts';
import { FILL_SCHEMA } from './fill-schema.ts';
import { instruct } from './instruct.ts';

/** Answers that are asked for before it is given up. */
const TRIES = 2;

export const fillPlan = defineOp({
  name: 'plan/fill',
  version: 1,
  summary: {
    en: 'Has a language model read the brief and fill the plan; what it proposes is checked.',
    zh: '请语言模型读懂创作要求并填写方案；它的提议都经过检查。',
  },
  options: z.object({
    model: z.string().min(1).describe('a model that is spoken to'),
    temperature: z.number().min(0).max(2).default(0.7).describe('0 the likeliest … 2 anything'),
  }),
  inputs: [{ name: 'plan', medium: 'plan' }],
  model: ({ model }) => model,
  async run(context, [work], { model: name, temperature }) {
    const plan = planSchema.parse(work!.document);
    const model = await context.chatModel();
    const { text, usage } = await ask(model, plan, { seed: context.seed, temperature, signal: context.signal, name });
    const { plan: filled, mended } = checkFilled(plan, text);
    const document = hold(plan, filled);
    const measures = { filledBy: name, mended: mended.length, tokensRead: usage.input, tokensWritten: usage.output };
    const noted = { ...document, notes: [...document.notes, ...mended, filledNote(name)] };
    return { works: [{ medium: 'plan', title: noted.title ?? work!.work.title, document: noted, measures }] };
  },
});

const filledNote = (name: string): Plan['notes'][number] => ({
  en: `Filled by the model ${name}, checked by rules.`,
  zh: `由模型 ${name} 填写，经规则检查。`,
});

interface Asking {
  readonly name: string;
  readonly seed: number;
  readonly temperature: number;
  readonly signal: AbortSignal;
}

/** The answer, as text that is an object of JSON. Throws `engine/wrong-answer` when there is none. */
async function ask(model: ChatModel, plan: Plan, { name, ...settings }: Asking) {
  let messages: readonly ChatMessage[] = instruct(plan);
  for (let left = TRIES; ; ) {
    const { text, usage } = await model.reply({ ...settings, messages, schema: FILL_SCHEMA, maxTokens: 2000 });
    if (isObject(text)) return { text, usage };
    if (--left === 0) {
      throw engineFault('wrong-answer', name, { en: 'no object of JSON', zh: '没有给出 JSON 对象' });
    }
    const again = plan.language === 'zh' ? '请只回答一个 JSON 对象。' : 'Answer with one JSON object only.';
    messages = [...messages, { role: 'assistant', text }, { role: 'user', parts: [{ kind: 'text', text: again }] }];
  }
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
