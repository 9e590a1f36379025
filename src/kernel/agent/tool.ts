/**
 * Tools: what an agent may do. Each says beforehand what an input would send away or spend, and afterwards what was seen and
 * whether words of strangers are in it.
 */
import type { Json } from '../../core/index.ts';
import type { AgentState, AgentThought, AgentUse, Effect } from './types.ts';

/** What a tool is told of the run. */
export interface ToolContext {
  readonly state: AgentState;
  /** The same for this step whenever it is taken. */
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface ToolResult {
  /** Ids of the works it made, best first. */
  readonly works?: readonly string[];
  /** What the agent is told, in its language. */
  readonly seen: string;
  /** `seen` holds words from works, files or the web: data, never instructions. */
  readonly strange?: boolean;
  readonly facts?: Json;
  readonly used?: Partial<AgentUse>;
  /** The agent below needs the artist. */
  readonly waits?: { readonly agent: string };
}

export interface Tool {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  readonly summary: { readonly en: string; readonly zh: string };
  /** What the artist reads where it is asked for, such as “have an engine paint”; absent: the name. */
  readonly title?: { readonly en: string; readonly zh: string };
  /** JSON Schema of an object. */
  readonly input: { readonly [key: string]: Json };
  /** What this input would do beyond the machine; absent: nothing. */
  effects?(input: Json, state: AgentState): Promise<readonly Effect[]>;
  /** Throws OsError; then the step has failed and says so. The same call again must lead to the same works. */
  run(input: Json, context: ToolContext): Promise<ToolResult>;
}

export type Toolbox = ReadonlyMap<string, Tool>;

/** How a thought is had. */
export interface ThinkContext {
  readonly tools: Toolbox;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** A thought, and what having it took. */
export interface Thinking {
  readonly thought: AgentThought;
  readonly tokens: number;
  readonly money: number;
  /** The model gave no usable answers: rules think from now on. */
  readonly fellBack?: true;
}

/** What thinks: a model that is spoken to, or rules. */
export interface Mind {
  /** What a thought sends away or spends. */
  readonly effects: readonly Effect[];
  /** The most that the next thought can take. */
  estimate(state: AgentState, tools: Toolbox): Promise<{ readonly tokens: number; readonly money: number }>;
  think(state: AgentState, context: ThinkContext): Promise<Thinking>;
}
