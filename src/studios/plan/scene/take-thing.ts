/** Things: taken for new or for one already there, described by what stood before, and related. */
import { LIVING } from './by-body.ts';
import { connect, HOLLOW, nextJoins } from './connect-thing.ts';
import { type Draft, isShapeless, leadsToThing, type Pending, relate, type State } from './parse-state.ts';
import { findSame } from './same-thing.ts';
import { isAdjunct, isPart, isShape, joinAttribute, takeAttribute, takeHeld } from './take-attribute.ts';
import type { SceneToken } from './token.ts';

export function takeThing(state: State, token: SceneToken, i: number): void {
  const naming = token.thing!;
  const { pending } = state;
  if (state.isNegated) state.without.add(naming.entry.id);
  else if (state.isLikened) state.likened.push(token.text);
  if (state.isNegated || state.isLikened) {
    if (!state.tokens[i + 1]?.isAnd) state.isLikened = false;
    if (token.language === 'en' && !nextJoins(state.tokens, i)) state.isNegated = false;
    state.pending = { manners: [] };
    return;
  }
  if (!state.isVerse && (isMaterial(state.tokens, i) || isShape(state.tokens, i) || isPart(state.tokens, i))) return;
  // a rainy street: how the street is, and no place to be
  if (
    token.language === 'en' &&
    /^(?:rainy|snowy|foggy|misty|windy|stormy|frosty)$/u.test(token.text) &&
    leadsToThing(state.tokens, i)
  ) {
    if (findSame(state, token, false) === undefined) create(state, token);
    return;
  }
  const adjoins = !state.isVerse && isAdjunct(state.tokens, i);
  const next = state.tokens[i + 1];
  const isObject =
    state.before !== undefined ||
    state.at !== undefined ||
    next?.after !== undefined ||
    (isShapeless(next) && /[身体顶盖沿壁底面尾根梢]/u.test(next!.text));
  const bank =
    token.text === '两岸' ? state.drafts.findLastIndex(({ naming: { entry } }) => entry.kind === 'water') : -1;
  if (bank >= 0) {
    state.anchor = { how: 'beside', to: bank, isUsed: false };
    state.heads = [];
    return;
  }
  const same = findSame(state, token, isObject);
  const index = same ?? create(state, token);
  if (adjoins) {
    state.adjunct = index;
    state.drafts[index]!.isGround = true;
    return;
  }
  const isAttribute = !state.isVerse && takeAttribute(state, index, i);
  const isOwn = !isAttribute || state.tokens[i - 1]?.isNew === true;
  describe(state.drafts[index]!, isOwn ? pending : { manners: [] }, state);
  state.pending = isOwn ? { manners: [] } : { ...pending };
  if (!isAttribute && !takeHeld(state, index, i)) {
    joinAttribute(state, index);
    connect(state, index, i);
    adjoin(state, index);
  }
  state.last = index;
  state.lastAt = i;
}

const ROOMS = new Set(['land', 'water', 'building', 'tree']);

/** `village church`: in the village, unless more was said. */
function adjoin(state: State, index: number): void {
  const { adjunct } = state;
  state.adjunct = undefined;
  if (adjunct === undefined || adjunct === index || state.drafts[index]!.relation !== undefined) return;
  const { entry } = state.drafts[adjunct]!.naming;
  if (!ROOMS.has(entry.kind)) return;
  const isWithin = entry.kind === 'building' || entry.kind === 'tree' || HOLLOW.test(entry.id);
  const draft = state.drafts[index]!;
  relate(state, index, isWithin ? 'in' : 'on', adjunct);
  draft.isLoose = true;
}

const SHAPED = /^(?:圆形|方形|三角形|心形|星形|螺旋|菱形|六边形|多边形|正方形|几何|spiral|square|circular|triangle)$/u;

const MADE = /^(?:kite|mask|toy|statue|lantern|toy-balloon|balloon|fountain)$/u;

/** What a thing is made of is no thing: stone house, 竹亭. */
function isMaterial(tokens: readonly SceneToken[], i: number): boolean {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  const isNext = next?.start === token.end || token.language === 'en';
  if (
    SHAPED.test(token.text) &&
    isNext &&
    leadsToThing(tokens, i) &&
    (next?.thing || next?.isLink || token.language === 'en')
  )
    return true;
  // butterfly kite, 老虎面具
  if (LIVING.has(token.thing!.entry.kind) && next?.thing && MADE.test(next.thing.entry.id))
    return next.start - token.end <= (token.language === 'en' ? 1 : 0);
  if (
    !next?.thing ||
    next.start - token.end > 1 ||
    (token.text === 'tree' && /^(?:branch|bough)e?s?$/u.test(next.text))
  )
    return false;
  return token.language === 'en'
    ? /^(?:stone|paper|ice|straw|brick|glass|sand|gold|wood|bamboo|flower|clay|jade|silk|winter|river|sea|tree|rain|wind)$/u.test(
        token.text,
      ) && next.language === 'en'
    : /^(?:[石竹木草玉纸冰]|石头|木头|大理石|青铜|水晶|黄金|白玉|竹子|稻草)$/u.test(token.text);
}

function create(state: State, token: SceneToken): number {
  const { form, entry, isPlural } = token.thing!;
  const count = form?.count ?? entry.count ?? (isPlural && !entry.plural ? 3 : undefined);
  state.drafts.push({
    naming: token.thing!,
    start: token.start,
    end: token.end,
    states: new Set(form?.states),
    isGround: false,
    ...(count !== undefined && { count }),
    ...(form?.size && { size: form.size }),
    ...(form?.colour && { colour: form.colour }),
    ...(form?.depth && { depth: form.depth }),
    ...(form?.level && { level: form.level }),
  });
  return state.drafts.length - 1;
}

function describe(draft: Draft, pending: Pending, state: State): void {
  // 一对夫妻 are two people and one couple, a pair of glasses one thing.
  if (pending.count !== undefined)
    draft.count = /^(?:couple|twins|glasses)$/u.test(draft.naming.entry.id) && pending.count === 2 ? 1 : pending.count;
  if (pending.size) draft.size = pending.size;
  if (pending.colour) draft.colour = pending.colour;
  for (const { id, kinds } of pending.manners) if (kinds.includes(draft.naming.entry.kind)) draft.states.add(id);
  if (pending.place) Object.assign(draft, pending.place);
  else if (state.before?.heads.length === 0 && state.isPlaceFresh && isEnglish(state)) return;
  else if (state.place) {
    for (const axis of ['depth', 'side', 'level'] as const)
      if (state.place[axis] && !draft[axis]) Object.assign(draft, { [axis]: state.place[axis] });
  }
  state.isPlaceFresh = false;
}

const isEnglish = ({ tokens }: State): boolean => tokens[0]?.language === 'en';
