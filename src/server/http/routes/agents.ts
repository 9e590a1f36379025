/** Agents: called, seen, and led by the artist. They run at the desk, as jobs do. */
import type { AgentView } from '../../../../sdk/src/api/index.ts';
import { OsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import type { AgentState, Desk } from '../../../kernel/index.ts';
import { jobView } from '../job-view.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type AgentRoutes = 'agents' | 'agent' | 'startAgent' | 'controlAgent';

export function agentRoutes({ os, desk, cards }: Ground): Pick<Handlers, AgentRoutes> {
  const whole = async (state: AgentState): Promise<AgentView> => {
    const below = (await os.agents.below(state.id)).toReversed();
    const works = new Set([state, ...below].flatMap((one) => one.works));
    const found = (await Promise.all([...works].map((id) => os.works.find(id)))).filter((work) => work !== undefined);
    return {
      ...agentView(os, state, desk),
      below: below.map((one) => agentView(os, one, desk)),
      cards: await cards(found),
    };
  };
  return {
    agents: async () => ({ agents: (await os.agents.list()).map((state) => agentView(os, state, desk)) }),
    agent: async ({ names: { id } }) => whole(await os.agents.get(id)),
    startAgent: async ({ body: { role = 'director', model, budget = {}, ...wish } }) => {
      const thinks = model === undefined ? ((await os.defaults()).chat ?? null) : model;
      const { agent, job } = await desk.startAgent({ ...wish, role, model: thinks, budget: given(budget) });
      return { agent: await whole(agent), job: jobView(job) };
    },
    controlAgent: async ({ names: { id }, body, c }) => {
      if (body.do === 'grant' && body.allow && c.get('guarded').proof !== 'cookie') throw grantByHand(id);
      return whole(await desk.leadAgent(id, body));
    },
  };
}

/** Without what was not said. */
function given<T extends object>(budget: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined)) as never;
}

function agentView(os: Os, state: AgentState, desk: Desk): AgentView {
  const { id, role, brief, language, model, phase, used, budget, createdAt, given, fellBack, taint, outcome } = state;
  const { plan, steps, pending, works, memory, grants, question, prompt } = state;
  const now = os.agents.promptOf(role);
  const job = desk.jobOfAgent(id)?.id;
  return {
    ...{ id, role, brief, language, model, phase, used, budget, createdAt, given },
    plan: plan.map((task) => ({ ...task, works: [...task.works] })),
    steps: steps.map(({ strange: _, ...step }) => ({ ...step, act: { ...step.act }, works: [...step.works] })),
    works: [...works],
    memory: [...memory],
    grants: [...grants],
    ...(prompt && { prompt: { ...prompt, ...(now && now.digest !== prompt.digest && { now: { ...now } }) } }),
    ...(pending && { pending: { ...pending, act: { ...pending.act } } }),
    ...(question && {
      question: { words: question.words, ...(question.grant && { grant: [...question.grant] }) },
    }),
    ...(outcome !== undefined && { outcome }),
    ...(fellBack && { fellBack }),
    ...(taint && { taint }),
    ...(job !== undefined && { job }),
  };
}

/** A program that holds the key may be what a stranger's words talked into it; the studio's cookie only the artist's browser has. */
function grantByHand(id: string): OsError {
  return new OsError({
    kind: 'denied',
    code: 'agent/grant-by-hand',
    message: 'A program cannot allow an agent to send or spend; the artist does that by hand.',
    hint: `In the studio, on the page of agents; or: llmagentos agent allow ${id}`,
    zh: {
      message: '程序不能替作者允许智能体外发或花费；须由作者亲手允许。',
      hint: `请在工作室的“智能体”页上允许，或运行：llmagentos agent allow ${id}`,
    },
  });
}
