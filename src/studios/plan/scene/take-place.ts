/** Places on the picture: 左边, in the distance. */
import { LIVING } from './by-body.ts';
import { type Draft, type State, thingBeforeInClause } from './parse-state.ts';
import { standBy } from './stand-by.ts';
import { isAtEnd, lastNamed, startBefore } from './take-preposition.ts';
import type { Place, SceneToken } from './token.ts';

/** `below lies the pond`: the place stands for itself. */
const INVERTED =
  /^(?:lies?|stands?|sits?|stretch(?:es)?|spreads?|flows?|runs?|is|are|hangs?|floats?|rises?|winds?|glints?|glitters?|gleams?|waits?|sleeps?|we|you|there)$/u;

/** `a tiny balloon, way up in the top left,`: a place between commas. */
function isAside({ tokens, heads, drafts }: State, token: SceneToken, i: number): boolean {
  if (token.language !== 'en' || heads.length === 0) return false;
  const start = tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1;
  const isAlone = tokens.slice(start, i).every(({ thing, isAnd }) => !thing && !isAnd) && isAtEnd({ tokens }, i);
  const next = tokens[i + 1];
  const isOver = next === undefined || next.stop === 'full';
  const isOpen = heads.every((head) => {
    const { depth, side, level, relation } = drafts[head]!;
    return !depth && !side && !level && (isOver || !relation);
  });
  return isAlone && isOpen;
}

/** A place on the picture: for what follows, or for what went before when nothing follows. */
export function takePlace(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const next = state.tokens[i + 1];
  if (token.before && isAdjective && !INVERTED.test(next?.text ?? '') && !next?.isHolding && !next?.isAnd) {
    startBefore(state, token, i);
    return;
  }
  if (/^(?:left|right)$/u.test(token.text) && !(state.tokens[i - 1]?.thing && (!next || next.stop || next.isAnd)))
    return;
  if (/^[远近]$/u.test(token.text)) {
    if (next?.thing) state.pending.place = { ...state.pending.place, ...token.place };
    return;
  }
  if (next?.isLink || (token.language === 'en' && isAdjective && isBareAdjective(token.text))) {
    state.pending.place = { ...state.pending.place, ...token.place };
    return;
  }
  if (isOfStranger(state, token, i)) return;
  const backward =
    state.at ??
    (isAside(state, token, i) ? state.heads : undefined) ??
    (thingBeforeInClause(state, i) && belongsBack(state, token, i) ? namedBefore(state, token, i) : undefined);
  if (backward && backward.length > 0) {
    for (const head of withGround(state, i, backward))
      placeOn(state.drafts[head]!, token.place!, backward.includes(head));
    standBy(state, token, backward);
    state.at = undefined;
    return;
  }
  state.place = state.isPlaceFresh ? { ...state.place, ...token.place } : token.place;
  state.isPlaceFresh = true;
  state.anchor = undefined;
}

/** `a ball on the right and two cones on the left`: what is on the left has no name here. */
function isOfStranger({ tokens, lastAt }: State, { language }: SceneToken, i: number): boolean {
  const between = tokens.slice(lastAt + 1, i);
  const rest = between.slice(between.findLastIndex(({ isAnd }) => isAnd) + 1);
  const isUnknown = Object.keys(rest.at(-1) ?? {}).length === 4;
  return (
    language === 'en' &&
    rest.length > 1 &&
    rest.length < between.length &&
    rest[0]!.isNew === true &&
    isUnknown &&
    isAtEnd({ tokens }, i)
  );
}

/** What a place behind things is said of. */
function namedBefore(state: State, { language }: SceneToken, i: number): readonly number[] {
  // a square with a fountain in the middle: the fountain
  const { last } = state;
  if (language === 'en' && last !== undefined && state.drafts[last]!.isLoose && state.lastAt === i - 1) return [last];
  // a hunter with a lantern walking on the right
  const isMoving =
    language === 'en' &&
    /^(?:walk|stand|sitt|runn|rid|fly|kneel|climb|lean|wait|sleep)/u.test(state.tokens[i - 1]?.text ?? '');
  const isSomebody = state.heads.some((head) => LIVING.has(state.drafts[head]!.naming.entry.kind));
  if (isMoving && isSomebody) return state.heads;
  // a girl with a lantern at the bottom: both
  const isWith =
    last !== undefined &&
    !state.heads.includes(last) &&
    /^(?:thing|light)$/u.test(state.drafts[last]!.naming.entry.kind);
  const isBoth = language === 'en' && isWith && isSomebody && !state.drafts[last]!.relation && state.lastAt === i - 1;
  return isBoth ? [...state.heads, last] : lastNamed(state);
}

/** `past a barn on the left`: the ground that stands directly before is there too. */
function withGround({ last, lastAt, drafts, at }: State, i: number, backward: readonly number[]): readonly number[] {
  const isDirect = last !== undefined && lastAt === i - 1 && !at && drafts[last]!.isGround && !backward.includes(last);
  return isDirect ? [...backward, last] : backward;
}

/** A place that was said already stays. */
function placeOn(draft: Draft, place: Place, isHead: boolean): void {
  for (const axis of ['depth', 'side', 'level'] as const)
    if (place[axis] && (isHead || !draft[axis])) Object.assign(draft, { [axis]: place[axis] });
}

const isBareAdjective = (text: string): boolean =>
  /^(?:distant|faraway|far-off|background|foreground|middle|nearby)$/u.test(text);

/** English puts the place behind its thing, Chinese before it unless nothing follows. */
function belongsBack({ tokens }: State, token: SceneToken, i: number): boolean {
  const rest = tokens.slice(i + 1);
  const end = rest.findIndex(({ stop }) => stop);
  const following = end < 0 ? rest : rest.slice(0, end);
  if (token.language === 'en') return !(tokens[i - 1]?.isAnd && following.some(({ thing }) => thing));
  return !following.some(({ thing }) => thing);
}
