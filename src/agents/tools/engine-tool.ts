/**
 * Engines of the artist's as tools: a picture or sound model paints or plays for an agent. The agent chooses among those that are at
 * hand; what they may be sent and may cost is decided at the way out, as for the artist, and by the agent's own money.
 *
 *   input ─▶ an engine that is there? ─▶ enough money left? ─▶ the op ─▶ the way out ─▶ works, and what they cost
 *                                                                │ no grant: the loop asks the artist
 */
import { type Json, OsError } from '../../core/index.ts';
import {
  type AgentState,
  type Bilingual,
  type Engine,
  type Hands,
  type Op,
  opTool,
  type Tool,
} from '../../kernel/index.ts';

interface Wish {
  readonly options?: { readonly model?: string; readonly count?: number; readonly [key: string]: Json | undefined };
  readonly [key: string]: Json | undefined;
}

/** `engines`: those that it may choose from, the one that is taken where it names none first. */
export function engineTool(hands: Hands, op: Op, engines: readonly [Engine, ...Engine[]], title: Bilingual): Tool {
  const tool = opTool(hands, op);
  const chosen = (
    input: Json,
  ): { readonly input: Json; readonly engine: Engine | undefined; readonly count: number } => {
    const wish = (typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}) as Wish;
    const model = wish.options?.model ?? engines[0].name;
    const engine = engines.find(({ name }) => name === model);
    const count = Number(wish.options?.count ?? 1);
    return { input: { ...wish, options: { ...wish.options, model } } as Json, engine, count };
  };
  return {
    ...tool,
    title,
    input: withEngines(tool.input, engines),
    effects: async (input, state) => (await tool.effects?.(chosen(input).input, state)) ?? [],
    run: async (input, context) => {
      const wish = chosen(input);
      if (!wish.engine) throw noSuchEngine(engines);
      const { each } = wish.engine;
      const left = context.state.budget.money - context.state.used.money;
      if (each * wish.count > left) throw tooDear(wish.engine, wish.count, context.state);
      const made = await tool.run(wish.input, context);
      return { ...made, used: { ...made.used, money: each * (made.works?.length ?? 0) } };
    },
  };
}

/** Their names stand in the schema, so that no mind has to guess one. */
function withEngines(schema: Tool['input'], engines: readonly Engine[]): Tool['input'] {
  const { properties } = schema as { properties: { readonly [key: string]: Json } };
  const options = properties.options as { properties: { readonly [key: string]: Json }; required?: string[] };
  const model = { type: 'string', enum: engines.map(({ name }) => name), default: engines[0]!.name };
  const { required = [], ...rest } = options;
  const free = {
    ...rest,
    properties: { ...options.properties, model },
    required: required.filter((name) => name !== 'model'),
  };
  return { ...schema, properties: { ...properties, options: free } };
}

function noSuchEngine(engines: readonly Engine[]): OsError {
  const known = engines.map(({ name }) => name);
  return new OsError({
    kind: 'input',
    code: 'agent/no-such-engine',
    message: 'There is no such engine for this.',
    hint: `There are: ${known.join(', ')}.`,
    zh: { message: '没有可做此事的这个引擎。', hint: `现有：${known.join('、')}。` },
  });
}

function tooDear({ name, each, currency }: Engine, count: number, { budget, used }: AgentState): OsError {
  const [price, left] = [each * count, Math.max(0, budget.money - used.money)].map((one) => Number(one.toFixed(4)));
  return new OsError({
    kind: 'denied',
    code: 'agent/too-dear',
    message: `'${name}' would cost ${price} ${currency}, and ${left} of the money of this run is left.`,
    hint: 'Do it without; or the artist starts the agent with more: --money, or the budget on the page.',
    zh: {
      message: `“${name}”需要 ${price} ${currency}，而本次运行的费用只剩 ${left}。`,
      hint: '请改用不花钱的办法；或由作者用更多费用重新开始：--money，或页面上的预算。',
    },
  });
}
