/** Agents as they are born, and the names that their contexts give to works. */
import { createRandom, sha256 } from '../../core/index.ts';
import type { AgentBudget, AgentState, AgentWish } from './types.ts';

/** Enough for a poem, a picture and a tune with some revision; no money unless it is given. */
export const USUAL_BUDGET: AgentBudget = { steps: 24, seconds: 900, tokens: 200_000, money: 0, context: 8_000 };

/** A new agent; `name` decides its id, so that the same name is the same agent. */
export function bornAgent(wish: AgentWish, name: string, { seed, at }: { seed: number; at: string }): AgentState {
  const { role, brief, language, model = null, models = {}, budget = {}, works = [], trusted = [], parent } = wish;
  const given = Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined));
  return {
    version: 1,
    id: sha256(`agent ${name}`).slice(0, 16),
    ...{ role, brief, model, models },
    language: language ?? (/\p{Script=Han}/u.test(brief) ? 'zh' : 'en'),
    seed: wish.seed ?? seed,
    phase: 'ready',
    ...(parent === undefined ? {} : { parent }),
    works: [...works],
    given: works.length,
    trusted: [...trusted],
    plan: [],
    memory: [],
    steps: [],
    used: { steps: 0, seconds: 0, tokens: 0, money: 0 },
    budget: { ...USUAL_BUDGET, ...given },
    grants: [],
    createdAt: at,
  };
}

/** The id of a work that a context calls w1, w2 …; other names stay. */
export function workNamed({ works }: AgentState, name: string): string {
  const place = /^w(\d+)$/.exec(name)?.[1];
  return (place !== undefined && works[Number(place) - 1]) || name;
}

/** What a context calls a work. */
export function nameOf({ works }: AgentState, id: string): string {
  const place = works.indexOf(id);
  return place < 0 ? id : `w${place + 1}`;
}

/** Works that it made, oldest first. */
export const worksMade = ({ works, given }: AgentState): readonly string[] => works.slice(given);

/** The seed of the step to come: the same whenever it is taken. */
export function seedOfStep({ seed, steps }: AgentState): number {
  return createRandom(`${seed}/step-${steps.length}`).integer(2 ** 31);
}
