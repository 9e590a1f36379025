/** How a thing that has come is related: by the preposition, the ground or the holder that wait for it. */
import { LIVING } from './by-body.ts';
import { type Draft, isClauseStart, leadsToThing, relate, type State } from './parse-state.ts';
import { isPoseOf, listedSubjects } from './sentence.ts';
import type { How, SceneToken } from './token.ts';
import { isAcrossSky, isFromDoor, isMount, isOfGround, isSpanned, isWalked } from './ways-of-being.ts';

const POSES =
  /^(?:sitting|seated|perched|standing|lying|lounging|leaning|kneeling|crouching|hanging|floating|sleeping|asleep|resting|drifting|nestled|hidden|tucked|curled|huddled|riding|walking|hovering|growing|moored|parked|waiting)/u;

/** `Sitting on the moon, a rabbit …`: an opening that says how one is holds whatever follows. */
const isPosed = ({ tokens }: State, i: number): boolean =>
  POSES.test(tokens[tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1]?.text ?? '');

export function connect(state: State, index: number, i: number): void {
  const { before, at, anchor, tokens, nested } = state;
  const next = tokens[i + 1];
  state.nested = undefined;
  if (nested) relate(state, index, nested.how, nested.to);
  takeReversed(state, index, i);
  if (before && next?.isLink && next.language === 'zh' && leadsToThing(tokens, i + 1)) {
    state.drafts[index]!.isGround = true;
    return;
  }
  if (before) {
    takeGround(state, before, index, i);
    return;
  }
  if (at) {
    takeAt(state, at, index, i);
    return;
  }
  const { kind } = tokens[i]!.thing!.entry;
  const isOnlyWeather = next?.isLink || (next?.after && tokens[i + 2]?.isLink);
  if (kind === 'weather' && isOnlyWeather && next?.language === 'zh') return;
  if (isOfGround(state, i)) {
    state.drafts[index]!.isGround = true;
    return;
  }
  if (isContained(state, i)) {
    const last = state.drafts[state.last!]!;
    relate(state, index, 'in', state.tokens[i - 1]!.isAnd ? last.relation!.to : state.last!);
    return;
  }
  const isCarried = isHeld(state, i);
  if (anchor && anchor.to !== index && !(isCarried && isBrought(state, i))) {
    // 下面是骑骆驼的商队: the camels are below, and the merchants on them
    const { relation } = state.drafts[index]!;
    const isRiding = relation?.how === 'on' && anchor.to !== relation.to && tokens[i - 1]?.isLink === true;
    relate(state, isRiding ? relation.to : index, anchor.how, anchor.to);
    anchor.isUsed = true;
    if (anchor.isCarried && !anchor.isFirm) state.drafts[index]!.isLoose = true;
  }
  if (isCarried) takeCarried(state, index, i);
  else if (opensWater(state, i)) {
    state.drafts[index]!.isGround = true;
    state.anchor = { how: 'in', to: index, isUsed: false };
  } else if (kind !== 'weather' || state.heads.length === 0 || opensClause(state, i)) joinHeads(state, index, i);
}

/** `…, rain on the roof`: a clause of its own. */
const opensClause = (state: State, i: number): boolean =>
  state.tokens[i]!.language === 'en' && state.tokens[i + 1]?.before !== undefined && isClauseStart(state, i);

/** Mirrored in, surrounded by: what came before holds what comes now. */
function takeReversed(state: State, index: number, i: number): void {
  if (state.mirrors !== undefined) {
    relate(state, index, 'reflected-in', state.mirrors);
    state.mirrors = undefined;
  } else if (state.reversed) {
    relate(state, index, state.reversed.how, state.reversed.to);
    if (!nextJoins(state.tokens, i)) state.reversed = undefined;
  }
}

/** The ground of a preposition. */
function takeGround(state: State, before: NonNullable<State['before']>, index: number, i: number): void {
  if (!(before.how === 'reflected-in' && state.tokens[i + 1]?.after)) state.before = undefined;
  state.at = undefined;
  state.drafts[index]!.isGround = true;
  if (before.heads.length === 0) {
    state.anchor = { how: before.how, to: index, isUsed: false, isFirm: isPosed(state, i) };
    if (before.side ?? before.depth)
      state.place = { ...(before.side && { side: before.side }), ...(before.depth && { depth: before.depth }) };
  }
  if (before.how === 'in' && isWorn(state.drafts[index]!)) return;
  const heads = isServed(state, before, index) ? [state.last!] : before.heads;
  for (const head of heads) {
    if (before.isFirm || isMount(state, before.how, head, index)) state.drafts[head]!.isLoose = true;
    relate(state, head, howOf(state, before, [head, index], i), index);
    // 骑着扫帚飞过城堡: above the castle, whatever one rides.
    if (before.isFirm && state.drafts[index]!.naming.entry.kind === 'thing') state.drafts[head]!.isLoose = true;
    if (before.side) state.drafts[head]!.side = before.side;
    if (before.depth) state.drafts[head]!.depth ??= before.depth;
    // In the night sky above a town: above the town.
    if (before.isPassing || state.drafts[index]!.naming.entry.kind === 'sky') state.drafts[head]!.isLoose = true;
  }
}

/** `blowing out candles on a cake`, `eating noodles in a bowl`: what they hold is there, not they. */
function isServed({ drafts, last }: State, before: NonNullable<State['before']>, index: number): boolean {
  if (last === undefined || before.heads.includes(last) || drafts[last]!.relation || !/^(?:on|in)$/u.test(before.how))
    return false;
  const { id, kind } = drafts[index]!.naming.entry;
  const isDish = kind === 'food' || /^(?:bowl|cup|vase|teapot|wine-pot)$/u.test(id);
  const isSmall = /^(?:food|light|flower|thing)$/u.test(drafts[last]!.naming.entry.kind);
  return isDish && isSmall && before.heads.every((head) => LIVING.has(drafts[head]!.naming.entry.kind));
}

function howOf(
  state: State,
  before: NonNullable<State['before']>,
  [head, index]: readonly [number, number],
  i: number,
): How {
  if (isFromDoor(state, before.how, index, i)) return 'in';
  if (isAcrossSky(state, index, i)) return 'before';
  // at the bottom of the sea
  const { kind } = state.drafts[index]!.naming.entry;
  if (before.how === 'under' && kind === 'water' && /\bbottom of$/u.test(wordsBefore(state, i))) return 'in';
  return isWalked(state, before, head, index) ? 'on' : before.how;
}

/** The preposition before a ground and its article. */
function wordsBefore({ tokens }: State, i: number): string {
  return tokens.slice(Math.max(0, i - 4), i).findLast(({ before }) => before)?.text ?? '';
}

/** What stands behind 在: a ground at once, unless 上, 里, 和 … 之间 or more of its name follow. */
function takeAt(state: State, at: readonly number[], index: number, i: number): void {
  const { tokens } = state;
  const next = tokens[i + 1];
  const isUnfinished =
    (next?.isLink && (tokens[i + 2]?.thing || tokens[i + 2]?.after)) ||
    (next?.thing && next.language === 'zh' && next.start === tokens[i]!.end) ||
    (next?.isAnd && isSpanned(tokens, i)) ||
    next?.after !== undefined;
  if (isUnfinished) return;
  state.at = undefined;
  if (!next?.place) for (const head of at) relate(state, head, 'on', index);
}

function takeCarried(state: State, index: number, i: number): void {
  wear(state, index, i);
  state.drafts[index]!.isHeld = state.tokens
    .slice(state.lastAt + 1, i)
    .some(({ isHolding, text }) => isHolding && text !== 'with');
  holdLoosely(state, index, i);
}

/** 水下, under water a …: a ground by its name alone. */
const opensWater = ({ tokens, heads }: State, i: number): boolean =>
  tokens[i]!.thing!.entry.id === 'underwater' &&
  (tokens[i]!.language === 'zh' ? heads.length === 0 : tokens[i + 1]?.isNew === true);

/** What the clause is about from now on. */
function joinHeads(state: State, index: number, i: number): void {
  const { tokens } = state;
  const isJoined = tokens[i - 1]?.isAnd || tokens.slice(Math.max(0, i - 4), i).some((token) => token.isAnd);
  const all = isJoined ? listedSubjects(state, i) : undefined;
  if (all) state.heads = [...new Set([...all, index])];
  else if (
    isJoined &&
    !opensSentence(state, i) &&
    !isPoseOf(state, i) &&
    state.heads.length > 0 &&
    state.last === state.heads.at(-1)
  )
    state.heads.push(index);
  else {
    state.formerHeads = state.heads;
    state.heads = [index];
  }
}

/** `…, and a dragonfly hovers`: what was said before the comma is done with. */
function opensSentence({ tokens, heads, drafts }: State, i: number): boolean {
  const isAfterStop = tokens[i]!.language === 'en';
  return (
    isAfterStop &&
    heads.every((head) => drafts[head]!.relation ?? drafts[head]!.side ?? drafts[head]!.depth ?? drafts[head]!.level)
  );
}

/** Something held, read, worn: the one who holds it stays what the clause is about. */
function isHeld({ tokens, heads, lastAt }: State, i: number): boolean {
  const between = tokens.slice(lastAt + 1, i);
  return (
    heads.length > 0 &&
    lastAt >= 0 &&
    between.every(({ stop, isAnd, language }) => !stop && !isAnd && language === 'en') &&
    between.some(
      (token) => token.isHolding || (token.manners?.some(({ isVerb }) => isVerb) ?? false) || isVerbal(token),
    )
  );
}

/** A word nobody knows that looks like a verb: mends, washing. */
const isVerbal = ({ text, start, end, language, ...meaning }: SceneToken): boolean =>
  language === 'en' &&
  Object.keys(meaning).length === 0 &&
  /(?:ing|[^s]s)$/u.test(text) &&
  text.length > 4 &&
  end > start;

/** Held or had, so that its place is its holder's. */
const isBrought = ({ tokens, lastAt }: State, i: number): boolean =>
  tokens.slice(lastAt + 1, i).some((token) => token.isHolding || isVerbal(token));

const CONTAINERS =
  /^(?:vase|basket|bowl|barrel|cup|box|bag|cart|boat|wine-pot|teapot|truck|bottle|pumpkin|field|garden|pond|tent|bird-nest)$/u;

/** a vase of tulips */
function isContained({ tokens, last, lastAt, drafts }: State, i: number): boolean {
  if (tokens[i]!.language === 'zh' && lastAt === i - 1 && /^[篮筐篓]$/u.test(tokens[i - 1]!.text))
    return /^[一两三几半满]$/u.test(tokens[i - 2]?.text ?? '');
  const between = tokens.slice(lastAt + 1, i);
  // baskets of lemons and oranges
  const holder = last === undefined ? undefined : drafts[last]!.relation;
  if (tokens[i]!.language === 'en' && between.length === 1 && between[0]!.isAnd && holder?.how === 'in')
    return CONTAINERS.test(drafts[holder.to]!.naming.entry.id) && drafts[holder.to]!.end > drafts[last!]!.start - 6;
  const isOf = between[0]?.text === 'of' && between.length < 4 && between.every(({ stop, isAnd }) => !stop && !isAnd);
  return isOf && last !== undefined && CONTAINERS.test(drafts[last]!.naming.entry.id);
}

/** A cactus wearing a hat has it on; how people wear things is theirs. */
function wear(state: State, index: number, i: number): void {
  const isWearing = state.tokens.slice(state.lastAt + 1, i).some(({ text }) => text === 'wearing');
  const [head] = state.heads;
  if (isWearing && head !== undefined && state.drafts[head]!.naming.entry.kind !== 'person')
    relate(state, index, 'on', head);
}

/** Land of which one is within rather than upon. */
export const HOLLOW = /^(?:valley|canyon|cave|garden|courtyard|park|field|harbour|underwater|swamp)$/u;

/** `a valley with a village`: what land or water has stands on it, unless more is said. */
function holdLoosely(state: State, index: number, i: number): void {
  const { entry } = state.drafts[state.last!]!.naming;
  const isGround = entry.kind === 'land' || entry.kind === 'water' || /^(?:table|wall|roof|stage)$/u.test(entry.id);
  const [word] = state.tokens.slice(state.lastAt + 1, i);
  // A lake with mountains: behind it, not on it.
  if (entry.kind === 'water' && state.drafts[index]!.naming.entry.kind === 'land') return;
  if (!isGround || word?.text !== 'with' || state.drafts[index]!.relation) return;
  const isFish = entry.kind === 'water' && state.drafts[index]!.naming.entry.kind === 'fish';
  relate(state, index, isFish || HOLLOW.test(entry.id) ? 'in' : 'on', state.last!);
  state.drafts[index]!.isLoose = true;
}

/** `in a red dress` is no place. */
const isWorn = ({ naming }: Draft): boolean =>
  /^(?:clothes|hat|straw-hat|shoe|glasses|mask|shield)$/u.test(naming.entry.id);

export const nextJoins = (tokens: readonly SceneToken[], i: number): boolean =>
  Boolean(tokens[i + 1]?.isAnd) || (tokens[i + 1]?.stop === 'comma' && Boolean(tokens[i + 2]?.thing));
