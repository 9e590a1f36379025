/** Agents: their loop, context, bounds and snapshots. It knows no art: roles, prompts and rules come from `src/agents`. */
export { boundReached, notGranted } from './bounds.ts';
export { fence } from './context.ts';
export { type AgentControl, controlAgent, getAgent } from './control.ts';
export { type LoopParts, runAgent } from './loop.ts';
export { type ModelMindParts, modelMind } from './model-mind.ts';
export { anyStrange, type Engine, type Hands, opTool, readInput, tellWork, toolName } from './op-tool.ts';
export { markInWords } from './prompt-mark.ts';
export { bornAgent, nameOf, USUAL_BUDGET, workNamed, worksMade } from './state.ts';
export type { Mind, ThinkContext, Thinking, Tool, Toolbox, ToolContext, ToolResult } from './tool.ts';
export type {
  AgentAct,
  AgentBudget,
  AgentMemory,
  AgentPhase,
  AgentQuestion,
  AgentState,
  AgentStep,
  AgentTask,
  AgentThought,
  AgentUse,
  AgentWish,
  Effect,
  PromptMark,
} from './types.ts';
