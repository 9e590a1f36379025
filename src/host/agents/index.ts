/** Agents, wired to the house. */
import { ROLES } from '../../agents/index.ts';

export { type AgentRun, type Agents, createAgents } from './create-agents.ts';
export { effectsOf } from './hands.ts';

/** Names of the roles. */
export const ROLE_NAMES: readonly string[] = ROLES.map(({ name }) => name);
