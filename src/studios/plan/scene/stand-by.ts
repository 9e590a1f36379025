/** Words of place that say nothing of what they are by: `someone on a roof, the city below`, `a castle, mountains behind`. */
import { relate, type State } from './parse-state.ts';
import type { How, SceneToken } from './token.ts';

const BY: readonly (readonly [RegExp, How])[] = [
  [/\b(?:below|beneath|underneath)$/u, 'under'],
  [/^(?:behind|at the back|in back)$/u, 'behind'],
  [/^inside$/u, 'in'],
  [/^(?:in front|ahead|up ahead|out in front)$/u, 'before'],
];

/** By what was spoken of before them, besides their place on the picture; under the roof, not under who is on it. */
export function standBy(state: State, { text }: SceneToken, heads: readonly number[]): void {
  const how = BY.find(([words]) => words.test(text))?.[1];
  const former = formerOf(state, heads);
  if (how === undefined || former === undefined) return;
  const { relation } = state.drafts[former]!;
  const isAloft = how === 'under' && (relation?.how === 'on' || relation?.how === 'in');
  const to = isAloft ? relation!.to : former;
  if (heads.includes(to)) return;
  for (const head of heads) if (!state.drafts[head]!.relation) relate(state, head, how, to);
}

/** What the sentence spoke of before these: never weather, what is up in the air, nor a ground that describes. */
function formerOf({ formerHeads, sentenceHeads, drafts }: State, heads: readonly number[]): number | undefined {
  return [...formerHeads, ...sentenceHeads].find(
    (at) =>
      !heads.includes(at) &&
      !/^(?:weather|light|sky)$/u.test(drafts[at]!.naming.entry.kind) &&
      !drafts[at]!.isGround &&
      drafts[at]!.level !== 'top',
  );
}
