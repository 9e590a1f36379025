/**
 * What an agent is between two steps: plain data, kept whole after each of them. Everything that decides what it does next
 * stands here, so that a loop in any process can go on with it.
 *
 *   ready ─▶ (thought kept ─▶ act ─▶ step kept)* ─▶ done | failed | spent
 *     ▲ └──▶ paused, asking, taken ──┐
 *     └──────────── the artist ◀─────┘
 */
import type { Json } from '../../core/index.ts';
import type { Bilingual } from '../plan.ts';

/** `taken`: the artist has taken over; `spent`: one of its bounds is reached. */
export type AgentPhase = 'ready' | 'paused' | 'asking' | 'taken' | 'done' | 'failed' | 'spent';

/** What an act may do beyond this machine. */
export type Effect = 'send' | 'spend';

/** The most that one agent may use, those it calls for included. */
export interface AgentBudget {
  readonly steps: number;
  /** Of work, not of waiting for the artist. */
  readonly seconds: number;
  /** Read and written together. */
  readonly tokens: number;
  /** In the currency of the models' price lists. */
  readonly money: number;
  /** Most tokens of context that a thought may read. */
  readonly context: number;
}

/** What was used so far. */
export type AgentUse = Omit<AgentBudget, 'context'>;

/** One thing to do, as the agent planned it and the artist may change it. */
export interface AgentTask {
  readonly role: string;
  readonly goal: string;
  readonly state: 'open' | 'done' | 'dropped';
  /** What it led to. */
  readonly works: readonly string[];
}

/** What an agent decided to do. */
export type AgentAct =
  | { readonly kind: 'use'; readonly tool: string; readonly input: Json }
  | { readonly kind: 'plan'; readonly tasks: readonly Pick<AgentTask, 'role' | 'goal'>[] }
  | { readonly kind: 'ask'; readonly question: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'finish'; readonly words: string; readonly good: boolean };

/** Which state of its role's prompt file an agent goes by. */
export interface PromptMark {
  /** As the file says. */
  readonly version: number;
  /** SHA-256 of what the file says in both languages, in hexadecimal. */
  readonly digest: string;
}

/** A thought that led to an act. */
export interface AgentThought {
  readonly words: string;
  readonly act: AgentAct;
  /** Who thought it: the name of a model, or `rules`. */
  readonly by: string;
  /** The prompt that the model was told; absent where rules thought. */
  readonly prompt?: PromptMark;
}

/** What came of a thought. */
export interface AgentStep extends AgentThought {
  readonly works: readonly string[];
  /** What the agent is told of it. */
  readonly seen: string;
  /** Whether `seen` may hold words of strangers. */
  readonly strange: boolean;
  /** The code of what went wrong. */
  readonly failed?: string;
  /** Named findings: repairs, measures, differences. */
  readonly facts?: Json;
}

/** What the artist is asked. */
export interface AgentQuestion {
  readonly words: Bilingual;
  /** For a grant: what it is for. */
  readonly grant?: readonly Effect[];
  /** The agent below that asks; absent: this one. */
  readonly of?: string;
}

/** Something kept in mind: what the artist said, what was noted. */
export interface AgentMemory {
  readonly from: 'artist' | 'agent' | 'system';
  readonly text: string;
  /** How many steps there were. */
  readonly at: number;
}

export interface AgentState {
  readonly version: 1;
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly role: string;
  readonly language: 'zh' | 'en';
  readonly brief: string;
  /** Name of the model it thinks with; null: by rules. */
  readonly model: string | null;
  /** Models of single roles, for agents that this one calls. */
  readonly models: Readonly<Record<string, string | null>>;
  readonly seed: number;
  /** The prompt of its role when it was last run; absent in agents that were kept before prompts were noted. */
  readonly prompt?: PromptMark;
  readonly phase: AgentPhase;
  /** The agent that called this one. */
  readonly parent?: string;
  /** Works that it was given, then those it made; the context calls them w1, w2 … */
  readonly works: readonly string[];
  /** How many of them it was given. */
  readonly given: number;
  /** Of those, the works whose words are not strange: the agent that called it made them itself. */
  readonly trusted: readonly string[];
  readonly plan: readonly AgentTask[];
  readonly memory: readonly AgentMemory[];
  readonly steps: readonly AgentStep[];
  /** Decided and kept, and not yet known to be done. */
  readonly pending?: AgentThought;
  /** Set aside for the thought that is being had; counted as used if the process dies over it. */
  readonly reserved?: { readonly tokens: number; readonly money: number };
  readonly used: AgentUse;
  readonly budget: AgentBudget;
  /** Where words of strangers came in first; absent: it has read none. */
  readonly taint?: { readonly step: number; readonly source: string };
  /** What the artist granted in this run after those words. */
  readonly grants: readonly Effect[];
  readonly question?: AgentQuestion;
  readonly outcome?: string;
  /** The model gave no usable answers; rules think since then. */
  readonly fellBack?: true;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What somebody wants an agent for. */
export interface AgentWish {
  readonly role: string;
  readonly brief: string;
  /** Default: that of the brief. */
  readonly language?: 'zh' | 'en' | undefined;
  /** Absent or null: by rules. */
  readonly model?: string | null | undefined;
  readonly models?: Readonly<Record<string, string | null>> | undefined;
  readonly budget?: Partial<AgentBudget> | undefined;
  /** Ids of works that it is given. */
  readonly works?: readonly string[] | undefined;
  readonly trusted?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly parent?: string | undefined;
}
