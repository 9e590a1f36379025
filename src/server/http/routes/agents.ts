/** Agents: how they stand, and the artist's hand on them; they run where they were called. */
import type { AgentView } from '../../../../sdk/src/api/index.ts';
import type { AgentState } from '../../../kernel/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';

/** Routes of this group. */
type AgentRoutes = 'agents' | 'agent' | 'controlAgent';

export function agentRoutes({ os }: Ground): Pick<Handlers, AgentRoutes> {
  return {
    agents: async () => ({ agents: (await os.agents.list()).map(agentView) }),
    agent: async ({ names: { id } }) => agentView(await os.agents.get(id)),
    controlAgent: async ({ names: { id }, body }) => agentView(await os.agents.control(id, body)),
  };
}

function agentView(state: AgentState): AgentView {
  const { id, role, brief, language, model, phase, plan, steps, works, used, budget, question, outcome } = state;
  return {
    ...{ id, role, brief, language, model, phase, used, budget, createdAt: state.createdAt },
    plan: plan.map((task) => ({ ...task, works: [...task.works] })),
    steps: steps.map(({ strange: _, ...step }) => ({ ...step, act: { ...step.act }, works: [...step.works] })),
    works: [...works],
    ...(question && {
      question: { words: question.words, ...(question.grant && { grant: [...question.grant] }) },
    }),
    ...(outcome !== undefined && { outcome }),
  };
}
