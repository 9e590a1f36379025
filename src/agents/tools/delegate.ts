/** Giving a task to another role: an agent of its own, with its own context and what is left of the bounds. */
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import {
  type AgentBudget,
  type AgentState,
  type AgentWish,
  anyStrange,
  type Hands,
  readInput,
  type Tool,
  workNamed,
  worksMade,
} from '../../kernel/index.ts';
import { schemaOf } from './look.ts';

const input = z.object({ role: z.string(), goal: z.string().min(1), works: z.array(z.string()).default([]) });

/** The tool for agents that may call `roles`. */
export function delegateTool(hands: Hands, roles: readonly string[]): Tool {
  return {
    name: 'delegate',
    summary: { en: 'Gives a task to another role and waits for it.', zh: '把一件事交给另一个角色，等它做完。' },
    input: schemaOf(
      {
        role: { type: 'string', enum: [...roles] },
        goal: { type: 'string', description: 'what is to be made, in the words of the brief' },
        works: { type: 'array', items: { type: 'string' }, description: 'works it needs: w1, w2 …' },
      },
      ['role', 'goal'],
    ),
    effects: async (given, state) => {
      const model = modelFor(state, readInput(input, given).role);
      return model === null ? [] : hands.effectsOf(model);
    },
    run: async (given, { state, signal }) => {
      const { role, goal, works } = readInput(input, given);
      if (!roles.includes(role)) throw noSuchRole(role, roles);
      const ended = await hands.call(wishFor(state, role, goal, works), `${state.id}/${state.steps.length}`, signal);
      if (['paused', 'asking', 'taken', 'ready'].includes(ended.phase)) return { seen: '', waits: { agent: ended.id } };
      const { steps, seconds, tokens, money } = ended.used;
      const good = ended.phase === 'done';
      return {
        works: worksMade(ended),
        seen: `${role} ${good ? '✓' : '✗'} ${ended.outcome ?? ''}`,
        // Who was called may have read what strangers wrote, and its words come from there.
        strange: ended.taint !== undefined,
        facts: {
          agent: ended.id,
          good,
          ...(ended.steps.at(-2)?.facts === undefined ? {} : { last: ended.steps.at(-2)!.facts! }),
        },
        used: { steps, seconds, tokens, money },
      };
    },
  };
}

function modelFor({ models, model }: AgentState, role: string): string | null {
  return models[role] === undefined ? model : models[role];
}

/** An agent below has what is left above, one step kept for what comes after it. */
function wishFor(state: AgentState, role: string, goal: string, names: readonly string[]): AgentWish {
  const { budget, used, models, language, seed, id, steps } = state;
  const works = names.map((name) => workNamed(state, name));
  const left: AgentBudget = {
    steps: Math.max(0, budget.steps - used.steps - 1),
    seconds: Math.max(0, budget.seconds - used.seconds),
    tokens: Math.max(0, budget.tokens - used.tokens),
    money: Math.max(0, budget.money - used.money),
    context: budget.context,
  };
  const trusted = state.taint ? [] : works.filter((work) => !anyStrange(state, [work]));
  const model = modelFor(state, role);
  return {
    role,
    brief: goal,
    language,
    model,
    models,
    budget: left,
    works,
    trusted,
    seed: seed + steps.length + 1,
    parent: id,
  };
}

function noSuchRole(role: string, roles: readonly string[]): OsError {
  const known = roles.join(', ');
  return new OsError({
    kind: 'input',
    code: 'agent/no-such-role',
    message: `There is no role '${role.slice(0, 40)}'.`,
    hint: `Roles: ${known}.`,
    zh: { message: `没有“${role.slice(0, 40)}”这个角色。`, hint: `可用角色：${known}。` },
  });
}
