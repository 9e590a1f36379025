/** Models that use no tools may still hand in a poem, as talk. */
import type { AgentAct, AgentState } from '../kernel/index.ts';

/**
 * A poet's talk with at least four short Chinese lines in a row is a draft: the studio finds the
 * poem in it, or refuses it with the reason. Talk after a poem was kept ends the work. Other talk is no act: undefined.
 */
export function actOfTalk(text: string, { role, language, steps }: AgentState): AgentAct | undefined {
  const made = steps.some(({ act, works: kept }) => act.kind === 'use' && /^verse_/.test(act.tool) && kept.length > 0);
  if (role !== 'poet') return undefined;
  // What is shaped as JSON was meant as a call, and is asked for again.
  if (/^\s*(?:```(?:json)?\s*)?\{/u.test(text)) return undefined;
  if (made) return { kind: 'finish', words: language === 'zh' ? '诗已写成。' : 'The poem is written.', good: true };
  const clauses = text.split(/[^\p{Script=Han}]+/u).map((clause) => [...clause].length);
  const longest = runsOf(clauses.filter((length) => length > 0));
  return longest < 4
    ? undefined
    : { kind: 'use', tool: 'verse_accept', input: { options: { text: text.slice(0, 20_000) } } };
}

/** Most clauses in a row that could be lines of verse. */
function runsOf(lengths: readonly number[]): number {
  let run = 0;
  let most = 0;
  for (const length of lengths) {
    run = length >= 3 && length <= 11 ? run + 1 : 0;
    most = Math.max(most, run);
  }
  return most;
}
