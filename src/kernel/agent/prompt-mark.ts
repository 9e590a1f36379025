/**
 * An agent that is gone on with after its role's prompt was rewritten says so: what it thought before, it thought under other
 * words.
 *
 *   kept: version 1, ab12… ─▶ file now: version 2, cd34… ─▶ a line in its memory, a line on the ledger, the new mark kept
 */
import type { Json } from '../../core/index.ts';
import type { AgentChange } from '../ports/agent-store.ts';
import type { AgentState, PromptMark } from './types.ts';
import { words } from './words.ts';

/** What is to be kept of it; undefined where the prompt is as it was. */
export function promptRenewed(state: AgentState, now: PromptMark | undefined): AgentChange | undefined {
  const before = state.prompt;
  if (now === undefined || before?.digest === now.digest) return undefined;
  const marked = { ...state, prompt: now };
  if (before === undefined) return { state: marked };
  const facts = JSON.parse(JSON.stringify({ agent: state.id, step: state.steps.length, before, now })) as Json;
  const ledger = [{ actor: 'system', act: 'prompt-changed', facts }];
  // Rules read no prompt: nothing changes for who goes by them.
  if (state.model === null || state.fellBack) return { state: marked, ledger };
  const text = words(state.language).promptChanged(markInWords(before), markInWords(now));
  const memory = [...state.memory, { from: 'system' as const, text, at: state.steps.length }];
  return { state: { ...marked, memory }, ledger };
}

/** `1 · 0123456789ab`: version and the beginning of the digest. */
export function markInWords({ version, digest }: PromptMark): string {
  return `${version} · ${digest.slice(0, 12)}`;
}
