/**
 * The grammar of spatial words, for both languages at once: words go by one after another and say of the things among them how many,
 * how, where and by what they are.
 *
 *   江上|一叶|舟            things before a postposition carry what follows
 *   a cat | on | the roof   things after a preposition carry what went before
 *   左边|有|两株|垂柳        places without a thing hold for the clause, or for what went before when nothing follows
 */
import type { SceneElement } from '../../../kernel/index.ts';
import type { Naming } from './element-table.ts';
import type { How, Manner, Place, SceneToken } from './token.ts';

/** An element in the making. */
export interface Draft extends Place {
  readonly naming: Naming;
  readonly start: number;
  readonly end: number;
  count?: number;
  size?: SceneElement['size'];
  colour?: string;
  readonly states: Set<string>;
  relation?: { how: How; to: number };
  depth?: Place['depth'];
  side?: Place['side'];
  level?: Place['level'];
  /** Named only to say where something else is. */
  isGround: boolean;
}

export interface Parsed {
  readonly drafts: readonly Draft[];
  readonly without: ReadonlySet<string>;
  /** Things named only for comparison. */
  readonly likened: readonly string[];
}

interface Pending {
  count?: number;
  isNew?: boolean;
  size?: SceneElement['size'];
  colour?: string;
  manners: Manner[];
  place?: Place;
}

interface State {
  readonly tokens: readonly SceneToken[];
  readonly isVerse: boolean;
  readonly drafts: Draft[];
  readonly without: Set<string>;
  readonly likened: string[];
  pending: Pending;
  /** For all things of the clause. */
  place: Place | undefined;
  isPlaceFresh: boolean;
  anchor: { how: How; to: number; isUsed: boolean } | undefined;
  before: { how: How; heads: readonly number[] } | undefined;
  at: readonly number[] | undefined;
  mirrors: number | undefined;
  reversed: { how: How; to: number } | undefined;
  heads: number[];
  clauseHeads: readonly number[];
  last: number | undefined;
  lastAt: number;
  isNegated: boolean;
  isLikened: boolean;
}

/** Reads the things of a text. `isVerse` takes every mention of one id for the same thing. */
export function parseScene(tokens: readonly SceneToken[], isVerse: boolean): Parsed {
  const state: State = {
    tokens,
    isVerse,
    drafts: [],
    without: new Set(),
    likened: [],
    pending: { manners: [] },
    place: undefined,
    isPlaceFresh: false,
    anchor: undefined,
    before: undefined,
    at: undefined,
    mirrors: undefined,
    reversed: undefined,
    heads: [],
    clauseHeads: [],
    last: undefined,
    lastAt: -2,
    isNegated: false,
    isLikened: false,
  };
  for (const [i, token] of tokens.entries()) step(state, token, i);
  stop(state, 'full');
  return state;
}

function step(state: State, token: SceneToken, i: number): void {
  if (token.stop) return stop(state, token.stop, i);
  if (token.isNegation) state.isNegated = true;
  if (token.isLikeness && (token.language === 'en' || !state.isNegated)) state.isLikened = true;
  if (token.opens && !token.isNegation) state.isNegated = false;
  if (token.isLink || /^(?:一样|一般|似的|般)$/u.test(token.text)) {
    state.isLikened = false;
    if (token.isLink && state.tokens[i - 1]?.thing) state.isNegated = false;
  }
  if (token.mirrors && state.last !== undefined) state.mirrors = state.last;
  if (token.reversed && state.last !== undefined) state.reversed = { how: token.reversed, to: state.heads[0] ?? state.last };
  const isAdjective = leadsToThing(state.tokens, i);
  if (isThing(state, token, i) && !(token.manners && isAdjective)) return takeThing(state, token, i);
  if (takePosition(state, token, i)) return;
  if (token.manners) takeManner(state, token, i, isAdjective);
  if (token.place) takePlace(state, token, i, isAdjective);
  else if (token.before) startBefore(state, token, i);
  if (token.isAt) state.at = state.heads.length > 0 ? [...state.heads] : undefined;
  takeAdjective(state, token, i, isAdjective);
}

/** Size, colour and number belong to the next thing, or to the one just named when none follows. */
function takeAdjective(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const target = isAdjective || !isBeside(state, i) || state.last === undefined ? state.pending : state.drafts[state.last]!;
  if (token.count && isAdjective) state.pending.count = token.count;
  if (token.isNew) state.pending.isNew = true;
  if (token.size) target.size = token.size;
  if (token.colour) target.colour = token.colour;
}

const isModifier = (token: SceneToken): boolean =>
  !token.thing &&
  !token.stop &&
  !token.isAt &&
  !token.isAnd &&
  (token.count !== undefined ||
    token.isNew === true ||
    token.size !== undefined ||
    token.colour !== undefined ||
    token.manners !== undefined ||
    token.isLink === true ||
    (token.isPlain === true && token.language === 'zh') ||
    /^(?:the|of|very|its|his|her|my|their|and|着|了)$/u.test(token.text));

/** Whether only modifiers stand between a word and the next thing. */
function leadsToThing(tokens: readonly SceneToken[], i: number): boolean {
  let unknown = 0;
  for (const token of tokens.slice(i + 1, i + 9)) {
    if (token.thing) return true;
    if (token.stop || token.place || (token.before && !token.manners)) return false;
    if (!isModifier(token) && ++unknown > 1) return false;
  }
  return false;
}

/** Whether the last thing stands directly before, adverbs apart. */
function isBeside(state: State, i: number): boolean {
  const between = state.tokens.slice(state.lastAt + 1, i);
  return (
    state.lastAt >= 0 &&
    between.length < 4 &&
    between.every((token) => !token.stop && !token.after && !token.thing && !token.isAnd && !token.place)
  );
}

function isThing(state: State, token: SceneToken, i: number): boolean {
  if (!token.thing) return false;
  if (!token.isWeak || (state.isVerse && token.thing.entry.kind !== 'abstract')) return true;
  const previous = state.tokens[i - 1];
  const next = state.tokens[i + 1];
  const isHeld = previous?.end === token.start && (previous.count || previous.isNew || previous.colour || previous.size || previous.isNegation);
  return Boolean(isHeld) || (next?.start === token.end && next.after !== undefined && next.text !== '头');
}

function takeThing(state: State, token: SceneToken, i: number): void {
  const naming = token.thing!;
  const { pending } = state;
  if (state.isNegated) state.without.add(naming.entry.id);
  else if (state.isLikened) state.likened.push(token.text);
  if (state.isNegated || state.isLikened) {
    if (token.language === 'en') state.isLikened = false;
    if (token.language === 'en' && !nextJoins(state.tokens, i)) state.isNegated = false;
    state.pending = { manners: [] };
    return;
  }
  if (isMaterial(state.tokens, i)) return;
  const isObject = state.before !== undefined || state.at !== undefined || state.tokens[i + 1]?.after !== undefined;
  const index = findSame(state, token, isObject) ?? create(state, token);
  const draft = state.drafts[index]!;
  describe(draft, pending, state);
  state.pending = { manners: [] };
  connect(state, index, i);
  state.last = index;
  state.lastAt = i;
}

const nextJoins = (tokens: readonly SceneToken[], i: number): boolean =>
  Boolean(tokens[i + 1]?.isAnd) || (tokens[i + 1]?.stop === 'comma' && Boolean(tokens[i + 2]?.thing));

/** What a thing is made of is no thing: stone house, 竹亭. */
function isMaterial(tokens: readonly SceneToken[], i: number): boolean {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  if (!next?.thing || next.start - token.end > 1) return false;
  return token.language === 'en'
    ? /^(?:stone|paper|ice|straw|brick|glass|sand|gold|wood|bamboo|flower|clay|jade|silk|winter|river|sea|tree|rain|wind)$/u.test(token.text) && next.language === 'en'
    : /^[石竹木草玉纸冰]$/u.test(token.text) && next.text.length === 1;
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

/** The element that a repeated name means; undefined when a new one is meant. */
function findSame(state: State, token: SceneToken, isObject: boolean): number | undefined {
  const { id, kind } = token.thing!.entry;
  const { pending, place } = state;
  const found = state.drafts.findLastIndex(({ naming }) =>
    id === 'water' ? naming.entry.kind === 'water' : naming.entry.id === id || (kind === 'water' && naming.entry.id === 'water' && isObject),
  );
  if (found < 0) return undefined;
  if (state.isVerse) return found;
  if ((pending.count ?? pending.isNew) !== undefined) return undefined;
  const stands = pending.place ?? place;
  const old = state.drafts[found]!;
  const isElsewhere = (['depth', 'side', 'level'] as const).some((axis) => stands?.[axis] && old[axis] && stands[axis] !== old[axis]);
  return isElsewhere ? undefined : found;
}

function describe(draft: Draft, pending: Pending, state: State): void {
  if (pending.count !== undefined) draft.count = pending.count;
  if (pending.size) draft.size = pending.size;
  if (pending.colour) draft.colour = pending.colour;
  for (const { id, kinds } of pending.manners) if (kinds.includes(draft.naming.entry.kind)) draft.states.add(id);
  if (pending.place) Object.assign(draft, pending.place);
  else if (state.place) {
    for (const axis of ['depth', 'side', 'level'] as const) if (state.place[axis] && !draft[axis]) Object.assign(draft, { [axis]: state.place[axis] });
  }
  state.isPlaceFresh = false;
}

function connect(state: State, index: number, i: number): void {
  const { before, at, anchor, tokens } = state;
  const next = tokens[i + 1];
  if (state.mirrors !== undefined) {
    relate(state, index, 'reflected-in', state.mirrors);
    state.mirrors = undefined;
  } else if (state.reversed) relate(state, index, state.reversed.how, state.reversed.to);
  if (before) {
    if (!(before.how === 'reflected-in' && next?.after)) state.before = undefined;
    state.at = undefined;
    state.drafts[index]!.isGround = true;
    if (before.heads.length === 0) state.anchor = { how: before.how, to: index, isUsed: false };
    for (const head of before.heads) relate(state, head, before.how, index);
    return;
  }
  if (at && next?.after === undefined) {
    state.at = undefined;
    if (!tokens[i + 1]?.place) for (const head of at) relate(state, head, 'on', index);
    return;
  }
  if (at) return;
  if (anchor && anchor.to !== index) {
    relate(state, index, anchor.how, anchor.to);
    anchor.isUsed = true;
  }
  const isJoined = tokens[i - 1]?.isAnd || tokens.slice(Math.max(0, i - 4), i).some((token) => token.isAnd);
  if (isJoined && state.heads.length > 0 && state.last === state.heads.at(-1)) state.heads.push(index);
  else state.heads = [index];
}

function relate(state: State, from: number, how: How, to: number): void {
  const draft = state.drafts[from]!;
  if (from === to || draft.relation || leadsBack(state.drafts, to, from)) return;
  draft.relation = { how, to };
}

function leadsBack(drafts: readonly Draft[], from: number, to: number): boolean {
  for (let at: number | undefined = from, steps = 0; at !== undefined && steps < drafts.length; steps++) {
    if (at === to) return true;
    at = drafts[at]!.relation?.to;
  }
  return false;
}

/** A word after a thing that says where something is by it: 江`上`, 房子`左边`. */
function takePosition(state: State, token: SceneToken, i: number): boolean {
  if (!token.after || state.last === undefined) return takeLoosePosition(state, token, i);
  const previous = state.tokens[i - 1];
  const isAfterThing = i - 1 === state.lastAt || (i - 2 === state.lastAt && previous?.isLink);
  if (!isAfterThing || previous?.stop) return takeLoosePosition(state, token, i);
  const to = state.last;
  const ground = state.drafts[to]!;
  const how = howOf(token.after, ground);
  if (state.at) {
    for (const head of state.at) {
      relate(state, head, how, to);
      if (token.place?.side) state.drafts[head]!.side = token.place.side;
    }
    ground.isGround = true;
    state.at = undefined;
    return true;
  }
  state.heads = state.heads.filter((head) => head !== to);
  ground.isGround = true;
  state.anchor = { how, to, isUsed: false };
  if (token.place?.side) state.place = { side: token.place.side };
  return true;
}

/** 树上 and 天空中 mean on and in; below a moon is under it, whatever the word. */
function howOf(how: How, { naming }: Draft): How {
  return how === 'in' && naming.entry.kind === 'water' && naming.entry.id !== 'underwater' ? 'in' : how;
}

/** 旁边, 后面, 四周 without a thing mean by the thing the text is at. */
function takeLoosePosition(state: State, token: SceneToken, i: number): boolean {
  if (!token.after || token.text.length < 2 || !isClauseStart(state, i)) return false;
  const to = state.clauseHeads[0] ?? state.last;
  if (to === undefined || token.place) return false;
  state.anchor = { how: token.after, to, isUsed: false };
  return true;
}

const isClauseStart = ({ tokens }: State, i: number): boolean => {
  const start = tokens.slice(0, i).findLastIndex((token) => token.stop || token.isAnd) + 1;
  return tokens.slice(start, i).every((token) => !token.thing && !token.place);
};

function takeManner(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const last = state.last === undefined ? undefined : state.drafts[state.last];
  const fits = token.manners!.filter((manner) => last && manner.kinds.includes(last.naming.entry.kind));
  const isDone = token.manners!.some(({ isVerb }) => isVerb);
  const opensClause = token.language === 'en' && isDone && state.tokens[i - 1]?.stop === 'comma';
  const belongsToLast = (isBeside(state, i) || opensClause) && fits.length > 0 && (!isAdjective || isDone);
  if (belongsToLast) {
    last!.states.add(fits[0]!.id);
    return;
  }
  if (isBeside(state, i) && isDone && last && isAdjective && token.language === 'zh' && carries(last) && !state.anchor) {
    state.anchor = { how: 'on', to: state.last!, isUsed: false };
    state.heads = [];
    last.isGround = true;
  }
  state.pending.manners.push(...token.manners!);
}

const carries = ({ naming }: Draft): boolean => ['water', 'land', 'building', 'thing', 'tree', 'sky'].includes(naming.entry.kind);

/** A place on the picture: for what follows, or for what went before when nothing follows. */
function takePlace(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  if (token.before && isAdjective) return startBefore(state, token, i);
  const next = state.tokens[i + 1];
  if (next?.isLink || (token.language === 'en' && isAdjective && isBareAdjective(token.text))) {
    state.pending.place = { ...state.pending.place, ...token.place };
    return;
  }
  const backward = state.at ?? (thingBeforeInClause(state, i) && belongsBack(state, token, i) ? state.heads : undefined);
  if (backward && backward.length > 0) {
    for (const head of backward) Object.assign(state.drafts[head]!, token.place);
    state.at = undefined;
    return;
  }
  state.place = state.isPlaceFresh ? { ...state.place, ...token.place } : token.place;
  state.isPlaceFresh = true;
  state.anchor = undefined;
}

const isBareAdjective = (text: string): boolean => /^(?:distant|faraway|far-off|background|foreground|middle|nearby)$/u.test(text);

function thingBeforeInClause({ tokens, heads }: State, i: number): boolean {
  const start = tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;
  return heads.length > 0 && tokens.slice(start, i).some((token) => token.thing);
}

/** English puts the place behind its thing, Chinese before it unless nothing follows. */
function belongsBack({ tokens }: State, token: SceneToken, i: number): boolean {
  const rest = tokens.slice(i + 1);
  const end = rest.findIndex(({ stop }) => stop);
  const following = end < 0 ? rest : rest.slice(0, end);
  if (token.language === 'en') return !(tokens[i - 1]?.isAnd && following.some(({ thing }) => thing));
  return !following.some(({ thing }) => thing);
}

function startBefore(state: State, token: SceneToken, i: number): void {
  if (!token.before) return;
  if (token.manners && state.last !== undefined && token.language === 'zh' && isBeside(state, i)) {
    const { kind } = state.drafts[state.last]!.naming.entry;
    if (!token.manners.some(({ kinds }) => kinds.includes(kind))) return;
  }
  if (!leadsToThing(state.tokens, i)) return;
  state.before = { how: token.before, heads: headsFor(state, i) };
}

/** What a preposition says the place of: the heads of the clause; once they have theirs, the thing just named. */
function headsFor(state: State, i: number): readonly number[] {
  if (!thingBeforeInClause(state, i)) return [];
  const open = state.heads.filter((head) => !state.drafts[head]!.relation);
  if (open.length > 0) return open;
  return state.last === undefined ? [] : [state.last];
}

function stop(state: State, how: 'comma' | 'full', i = state.tokens.length): void {
  const { anchor } = state;
  if (anchor && !anchor.isUsed && !isOpening(state, i)) {
    const heads = state.clauseHeads.filter((head) => head !== anchor.to && !state.drafts[head]!.relation);
    if (state.tokens.some(({ language }) => language === 'en')) for (const head of heads) relate(state, head, anchor.how, anchor.to);
  }
  const keepsAnchor = how === 'comma' && anchor && !anchor.isUsed && isOpening(state, i);
  state.anchor = keepsAnchor ? anchor : undefined;
  if (!(how === 'comma' && state.isPlaceFresh)) state.place = undefined;
  if (how === 'full' || state.heads.length > 0) state.clauseHeads = how === 'full' && state.heads.length === 0 ? [] : [...state.heads];
  state.heads = how === 'comma' && state.tokens[0]?.language === 'en' ? state.heads : [];
  state.pending = { manners: [] };
  state.before = undefined;
  state.at = undefined;
  state.mirrors = undefined;
  if (how === 'full') state.reversed = undefined;
  state.isLikened = false;
  const following = state.tokens[i + 1];
  if (!(how === 'comma' && state.isNegated && following?.thing)) state.isNegated = false;
}

/** Whether what stands between the stops was only a ground for what follows: `Under the moon,`. */
function isOpening(state: State, i: number): boolean {
  const start = state.tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;
  const things = state.tokens.slice(start, i).filter((token) => token.thing).length;
  const hasMore = state.tokens.slice(i + 1).some((token) => token.thing);
  return things === 1 && hasMore && (start === 0 || state.tokens[start - 1]?.stop === 'full' || state.tokens[i]?.language === 'zh');
}
