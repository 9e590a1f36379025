import type { AgentState } from '../agent/types.ts';
import type { LedgerDraft } from './ledger.ts';

/** An agent as it shall be, and what the ledger shall say of it. */
export interface AgentChange {
  readonly state: AgentState;
  readonly ledger?: readonly LedgerDraft[];
}

/** Keeps agents between their steps; what a call returns from is on disk, state and ledger together or neither. */
export interface AgentStore {
  /** Keeps a new agent; one of the same id stays as it is. */
  add(change: AgentChange): Promise<AgentState>;
  find(id: string): Promise<AgentState | undefined>;
  /** Newest first; agents that another agent called are left out unless asked for. */
  list(query: { readonly limit: number; readonly parent?: string | undefined }): Promise<readonly AgentState[]>;
  /** Changes what is there now, in one transaction: the artist and a loop may both do so. Undefined: no such agent. */
  change(id: string, change: (state: AgentState) => AgentChange): Promise<AgentState | undefined>;
  /** Makes this process the one whose loop runs the agent; false while another living process is. */
  claim(id: string): Promise<boolean>;
  release(id: string): Promise<void>;
}
