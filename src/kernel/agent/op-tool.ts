/**
 * Ops as tools: the options' schema becomes JSON Schema, works are named as the context names them, and what came of it is told
 * in a line a work: medium, title, measures.
 */
import { z } from 'zod';
import { type Json, OsError } from '../../core/index.ts';
import type { InputWork, Op } from '../op.ts';
import type { ModelRole } from '../ports/model-driver.ts';
import type { Work } from '../work.ts';
import { workNamed } from './state.ts';
import type { Tool, ToolContext, ToolResult } from './tool.ts';
import type { AgentState, AgentWish, Effect } from './types.ts';

/** A model of the artist's that makes pictures or sounds, as agents may choose it. */
export interface Engine {
  readonly name: string;
  /** Price of one picture or sound; 0 where it costs nothing. */
  readonly each: number;
  readonly currency: string;
}

/** What the tools use of the house. */
export interface Hands {
  listOps(): readonly Op[];
  /** Runs an op to its end; throws what it throws. */
  run(request: {
    readonly op: string;
    readonly inputs: readonly string[];
    readonly options: unknown;
    readonly seed: number;
    readonly actor: string;
    readonly signal: AbortSignal;
  }): Promise<{ readonly works: readonly Work[]; readonly report: Json }>;
  load(id: string): Promise<InputWork>;
  critique(id: string): Promise<readonly { name: string; value: number; summary: { en: string; zh: string } }[]>;
  /** The latest works of the artist, newest first. */
  recent(limit: number): Promise<readonly Work[]>;
  /** What speaking to a model, or having it work, does beyond this machine. */
  effectsOf(model: string): Promise<readonly Effect[]>;
  /** Engines of the artist's for a role, the preferred one first; our own small networks are none. */
  engines(role: ModelRole): Promise<readonly Engine[]>;
  /** What a picture shows, told by the agent's own model; undefined where it has none that sees. */
  describe(
    state: AgentState,
    id: string,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly tokens: number; readonly money: number } | undefined>;
  /** The words of a work. */
  wordsOf(id: string): Promise<string>;
  /** Runs the agent that a name stands for, born from the wish the first time, until it ends or needs the artist. */
  call(wish: AgentWish, name: string, signal: AbortSignal): Promise<AgentState>;
}

const inputSchema = z.object({
  inputs: z.array(z.string()).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

/** Reads what a mind gave a tool. Throws `agent/bad-input`, which tells the mind what to mend. */
export function readInput<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const what = read.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ');
  throw new OsError({
    kind: 'input',
    code: 'agent/bad-input',
    message: `The tool cannot use this input: ${what}.`,
    hint: 'Call it again as its schema says.',
    zh: { message: `工具无法使用这样的参数：${what}。`, hint: '请按其 schema 重新调用。' },
  });
}

/** `verse/compose` as models may write it. */
export const toolName = (op: string): string => op.replaceAll('/', '_').replaceAll('-', '_');

/** Makes a tool of an op; `set` are options that the agent does not choose. */
export function opTool(hands: Hands, op: Op, set: Readonly<Record<string, unknown>> = {}): Tool {
  const { inputs = [] } = op;
  const optionsOf = (input: Json): Record<string, unknown> => ({ ...readInput(inputSchema, input).options, ...set });
  return {
    name: toolName(op.name),
    summary: op.summary,
    input: {
      type: 'object',
      properties: {
        ...(inputs.length > 0 && {
          inputs: {
            type: 'array',
            items: { type: 'string' },
            description: inputs
              .map(({ name, medium, optional }) => `${name}: ${medium}${optional ? '?' : ''}`)
              .join('; '),
          },
        }),
        options: optionsSchema(op, set),
      },
      ...(inputs.some(({ optional }) => !optional) && { required: ['inputs'] }),
    },
    effects: async (input) => {
      const parsed = op.options.safeParse(optionsOf(input));
      const model = parsed.success ? op.model?.(parsed.data) : undefined;
      return model == null ? [] : hands.effectsOf(model);
    },
    run: (input, context) =>
      runOp(hands, op, { inputs: readInput(inputSchema, input).inputs ?? [], options: optionsOf(input) }, context),
  };
}

function optionsSchema(op: Op, set: Readonly<Record<string, unknown>>): Json {
  const schema = z.toJSONSchema(op.options, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as {
    properties?: Record<string, Json>;
    $schema?: string;
  };
  const { $schema: _, properties = {}, ...rest } = schema;
  const free = Object.entries(properties).filter(([name]) => !(name in set));
  return { ...(rest as { [key: string]: Json }), properties: Object.fromEntries(free) };
}

async function runOp(
  hands: Hands,
  op: Op,
  { inputs, options }: { readonly inputs: readonly string[]; readonly options: object },
  { state, seed, signal }: ToolContext,
): Promise<ToolResult> {
  const ids = inputs.map((name) => workNamed(state, name));
  const actor = state.role;
  const { works, report } = await hands.run({ op: op.name, inputs: ids, options, seed, actor, signal });
  const strange = anyStrange(state, ids);
  const lines = works.map((work, i) => tellWork(work, `w${placeOf(state, works, i)}`));
  const seen = works.length > 0 ? lines.join('\n') : tellReport(report);
  const facts = works.length > 0 ? factsOf(report) : undefined;
  return {
    works: works.map(({ id }) => id),
    seen: facts === undefined ? seen : `${seen}\n${JSON.stringify(facts)}`,
    strange,
    ...(facts === undefined ? {} : { facts }),
    used: { tokens: spokenTokens(works) },
  };
}

/** Where a work will stand among the agent's, from 1. */
function placeOf({ works: known }: AgentState, works: readonly Work[], i: number): number {
  const fresh = works.map(({ id }) => id).filter((id) => !known.includes(id));
  const at = known.indexOf(works[i]!.id);
  return at >= 0 ? at + 1 : known.length + fresh.indexOf(works[i]!.id) + 1;
}

/** A line about a work. */
export function tellWork({ medium, title, measures }: Work, name: string): string {
  const told = JSON.stringify(measures, (key, value) => (key === 'machine' || key === 'syllables' ? undefined : value));
  return `${name}: ${medium} 《${title}》 ${told.length > 600 ? `${told.slice(0, 600)}…` : told}`;
}

function tellReport(report: Json): string {
  const told = JSON.stringify(report);
  return told.length > 4000 ? `${told.slice(0, 4000)}…` : told;
}

/** Small findings that belong on the step: how many changes a repair took. */
function factsOf(report: Json): Json | undefined {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return undefined;
  const { repairs, changes } = report as { repairs?: Json; changes?: Json };
  const count = repairs ?? (Array.isArray(changes) ? changes.length : undefined);
  return count === undefined ? undefined : { repairs: count };
}

/** What ops that speak to models say they used. */
function spokenTokens(works: readonly Work[]): number {
  return works.reduce(
    (sum, { measures }) => sum + (Number(measures.tokensRead) || 0) + (Number(measures.tokensWritten) || 0),
    0,
  );
}

/** A work is the agent's own when it made it in this run; all others hold words of strangers. */
export function anyStrange(state: AgentState, ids: readonly string[]): boolean {
  const own = new Set([...state.works.slice(state.given), ...state.trusted]);
  return ids.some((id) => !own.has(id));
}
