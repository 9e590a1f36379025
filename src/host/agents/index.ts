/** Agents, wired to the house. */
export { type AgentRun, type Agents, createAgents } from './create-agents.ts';
export { effectsOf } from './hands.ts';
