/** The bounds of an agent: what it may still use, and what it may do beyond this machine after it has read words of strangers. */
import type { AgentState, AgentUse, Effect } from './types.ts';

/** Bounds in the order in which they are told. */
const BOUNDS = ['steps', 'seconds', 'tokens', 'money'] as const;

/** The first bound that is reached; with `more`, that would be passed. */
export function boundReached(
  { used, budget }: AgentState,
  more: Partial<AgentUse> = {},
): (typeof BOUNDS)[number] | undefined {
  return BOUNDS.find((name) => {
    if (name === 'steps' || name === 'seconds') return used[name] >= budget[name];
    return used[name] + (more[name] ?? 0) > budget[name];
  });
}

/** Adds what was used. */
export function withUse(state: AgentState, more: Partial<AgentUse>): AgentState {
  const { used } = state;
  const sum = (name: keyof AgentUse): number => used[name] + (more[name] ?? 0);
  return {
    ...state,
    used: { steps: sum('steps'), seconds: sum('seconds'), tokens: sum('tokens'), money: sum('money') },
  };
}

/** What of these effects is not allowed now: an agent that has read words of strangers needs a grant that came after them. */
export function notGranted({ taint, grants }: AgentState, effects: readonly Effect[]): readonly Effect[] {
  return taint === undefined ? [] : effects.filter((effect) => !grants.includes(effect));
}

/** Marks that words of strangers came in; the first source is kept. */
export function withTaint(state: AgentState, source: string): AgentState {
  return state.taint ? state : { ...state, taint: { step: state.steps.length, source } };
}
