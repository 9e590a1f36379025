/**
 * The artist's hand on an agent, at any step: pause, go on, another plan, an answer, a grant, taking over. Each is one change
 * of what is kept, with a line on the ledger; a loop that runs elsewhere sees it before its next act.
 */
import { OsError } from '../../core/index.ts';
import type { AgentStore } from '../ports/agent-store.ts';
import type { AgentState, AgentTask } from './types.ts';

/** What the artist can do. */
export type AgentControl =
  | { readonly do: 'pause' }
  | { readonly do: 'resume' }
  /** What it has open is replaced; what is done stays. */
  | { readonly do: 'edit-plan'; readonly tasks: readonly Pick<AgentTask, 'role' | 'goal'>[] }
  | { readonly do: 'answer'; readonly text: string }
  /** Allows, or refuses, what the agent asks for; for this run alone. */
  | { readonly do: 'grant'; readonly allow: boolean }
  | { readonly do: 'tell'; readonly text: string }
  | { readonly do: 'take-over' }
  /** Ends taking over; `works` are what the artist made meanwhile. */
  | { readonly do: 'hand-back'; readonly works?: readonly string[] | undefined };

/** Changes an agent as the artist says. Throws `agent/missing`, `agent/not-now`. */
export async function controlAgent(store: AgentStore, id: string, control: AgentControl): Promise<AgentState> {
  const asked = await getAgent(store, id);
  const below = asked.question?.of;
  if (below !== undefined && (control.do === 'answer' || control.do === 'grant')) {
    const answered = await controlAgent(store, below, control);
    if (answered.phase === 'ready') await store.change(id, (now) => ({ state: ready(now) }));
    return getAgent(store, id);
  }
  const changed = await store.change(id, (now) => ({
    state: controlled(now, control),
    ledger: [{ actor: 'artist', act: control.do, facts: JSON.parse(JSON.stringify({ agent: id, ...control })) }],
  }));
  return changed!;
}

/** An agent; throws `agent/missing`. */
export async function getAgent(store: AgentStore, id: string): Promise<AgentState> {
  const found = await store.find(id);
  if (found) return found;
  throw new OsError({
    kind: 'missing',
    code: 'agent/missing',
    message: `There is no agent ${id}.`,
    hint: 'llmagentos agent list names them.',
    zh: { message: `没有编号为 ${id} 的智能体。`, hint: '用 llmagentos agent list 查看现有的智能体。' },
  });
}

function controlled(now: AgentState, control: AgentControl): AgentState {
  switch (control.do) {
    case 'pause':
      return allowed(now, ['ready', 'asking', 'paused'], control) && { ...now, phase: 'paused' };
    case 'resume':
      return resumed(now, control);
    case 'edit-plan':
      return edited(open(now, control), control.tasks);
    case 'answer':
      allowed(now, ['asking', 'paused'], control);
      if (!now.question || now.question.grant) throw notNow(now, control.do);
      return ready(remember(now, `${now.question.words[now.language]} — ${control.text}`));
    case 'grant':
      return granted(now, control.allow);
    case 'tell':
      return remember(open(now, control), control.text);
    case 'take-over':
      return { ...open(now, control), phase: 'taken' };
    case 'hand-back': {
      allowed(now, ['taken'], control);
      const works = (control.works ?? []).filter((work) => !now.works.includes(work));
      const { pending: _, ...rest } = { ...now, works: [...now.works, ...works] };
      return ready(works.length === 0 ? rest : remember(rest, madeByHand(rest, works.length)));
    }
  }
}

function madeByHand({ works, language }: AgentState, count: number): string {
  const names = Array.from({ length: count }, (_, i) => `w${works.length - count + i + 1}`).join(', ');
  return language === 'zh' ? `作者亲手做了 ${names}。` : `The artist made ${names} by hand.`;
}

function resumed(now: AgentState, control: AgentControl): AgentState {
  allowed(now, ['paused', 'taken', 'ready', 'asking'], control);
  // Who asks still waits for the answer.
  return now.question && !now.question.of ? { ...now, phase: 'asking' } : ready(now);
}

/** What the agent had decided under the old plan is forgotten. */
function edited({ pending: _, ...now }: AgentState, tasks: readonly Pick<AgentTask, 'role' | 'goal'>[]): AgentState {
  const ended = now.plan.filter(({ state }) => state === 'done');
  return { ...now, plan: [...ended, ...tasks.map((task) => ({ ...task, state: 'open' as const, works: [] }))] };
}

/** A refused act is a step that failed; a refused model leaves the thinking to rules. */
function granted(now: AgentState, allow: boolean): AgentState {
  const wanted = now.question?.grant;
  if (!wanted) throw notNow(now, 'grant');
  // Who has read no words of strangers yet was refused at the way out: what was granted there must not hold for what comes after such words.
  if (allow) return ready({ ...now, grants: now.taint ? [...new Set([...now.grants, ...wanted])] : now.grants });
  const { pending, ...rest } = now;
  if (!pending) return ready({ ...rest, fellBack: true });
  const seen = now.language === 'zh' ? '作者不允许。' : 'The artist did not allow it.';
  const step = { ...pending, works: [], seen, strange: false, failed: 'agent/not-granted' };
  return ready({ ...rest, steps: [...now.steps, step], used: { ...now.used, steps: now.used.steps + 1 } });
}

function remember(now: AgentState, text: string): AgentState {
  return { ...now, memory: [...now.memory, { from: 'artist', text, at: now.steps.length }] };
}

function ready({ question: _, ...now }: AgentState): AgentState {
  return { ...now, phase: 'ready' };
}

function open(now: AgentState, control: AgentControl): AgentState {
  return allowed(now, ['ready', 'paused', 'asking', 'taken'], control);
}

function allowed(now: AgentState, phases: readonly AgentState['phase'][], control: AgentControl): AgentState {
  if (!phases.includes(now.phase)) throw notNow(now, control.do);
  return now;
}

function notNow({ id, phase }: AgentState, what: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'agent/not-now',
    message: `Agent ${id} is ${phase}; '${what}' is not possible now.`,
    hint: 'llmagentos agent show tells how it stands.',
    zh: {
      message: `智能体 ${id} 目前的状态是 ${phase}，不能执行“${what}”。`,
      hint: '用 llmagentos agent show 查看它的状态。',
    },
  });
}
