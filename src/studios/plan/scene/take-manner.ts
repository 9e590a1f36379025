/** How things are: states, size, colour and number go to the next thing or to the one just named. */
import { type Draft, isBeside, type State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

export function takeManner(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const last = state.last === undefined ? undefined : state.drafts[state.last];
  const fits = token.manners!.filter((manner) => last && manner.kinds.includes(last.naming.entry.kind));
  const isDone = token.manners!.some(({ isVerb }) => isVerb);
  const opensClause = token.language === 'en' && isDone && state.tokens[i - 1]?.stop === 'comma';
  const belongsToLast = (isBeside(state, i) || opensClause) && fits.length > 0 && (!isAdjective || isDone);
  if (belongsToLast) {
    last!.states.add(fits[0]!.id);
    return;
  }
  if (
    isBeside(state, i) &&
    isDone &&
    last &&
    isAdjective &&
    token.language === 'zh' &&
    !token.isAt &&
    state.heads.includes(state.last!) &&
    carries(last) &&
    !state.anchor
  ) {
    state.anchor = { how: 'on', to: state.last!, isUsed: false };
    state.heads = [];
    last.isGround = true;
  }
  state.pending.manners.push(...token.manners!);
}

const carries = ({ naming }: Draft): boolean =>
  ['water', 'land', 'building', 'thing', 'tree', 'sky'].includes(naming.entry.kind);

const isEnd = ({ tokens }: State, i: number): boolean => !tokens[i + 1] || tokens[i + 1]!.stop !== undefined;

/** Size, colour and number belong to the next thing, or to the one just named when none follows. */
export function takeAdjective(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const target =
    isAdjective || !isBeside(state, i) || state.last === undefined ? state.pending : state.drafts[state.last]!;
  const named = state.last === undefined ? undefined : state.drafts[state.last];
  const isTelegraphic =
    token.language === 'zh' && token.count !== undefined && i - 1 === state.lastAt && isEnd(state, i);
  if (isTelegraphic && named) named.count = token.count!;
  if (token.count && isAdjective && !isTelegraphic) state.pending.count = token.count;
  if (token.isNew) state.pending.isNew = true;
  if (token.size) target.size = token.size;
  if (token.colour) target.colour = token.colour;
}
