/** Words of place: by other things (江上, on the roof) and on the picture (左边, in the distance). */
import {
  clauseStart,
  type Draft,
  isBeside,
  isClauseStart,
  isShapeless,
  isSubject,
  leadsToThing,
  relate,
  type State,
  thingBeforeInClause,
} from './parse-state.ts';
import { opensForward as opensNext } from './sentence.ts';
import { HOLLOW, isPlot } from './take-thing.ts';
import type { Place, SceneToken } from './token.ts';

/** A word after a thing that says where something is by it: 江`上`, 房子`左边`. */
export function takePosition(state: State, token: SceneToken, i: number): boolean {
  if (isUpOrDown(state, token, i)) return true;
  if (!token.after || state.last === undefined) return takeLoosePosition(state, token, i);
  const previous = state.tokens[i - 1];
  const isAfterThing =
    i - 1 === state.lastAt ||
    (i - 2 === state.lastAt &&
      (previous?.isLink || isShapeless(previous) || isPlot(state.tokens, i - 1) || previous?.text === '像'));
  if (!isAfterThing || previous?.stop) return takeLoosePosition(state, token, i);
  const to = state.last;
  const ground = state.drafts[to]!;
  const isOverhead = /^头[上顶]/u.test(token.text) && /[飞旋掠]/u.test(state.tokens[i + 1]?.text ?? '');
  const isFloor = /^底[下部]?$/u.test(token.text) && HOLLOW.test(ground.naming.entry.id);
  const isRim = /^[口沿]$/u.test(token.text) && /^(?:thing|food)$/u.test(ground.naming.entry.kind);
  const isWithin = isRim && /^[伸探长冒露]/u.test(state.tokens[i + 1]?.text ?? '');
  const how = isWithin ? 'in' : isRim ? 'on' : isFloor ? 'in' : isOverhead ? 'above' : token.after;
  const isOfWeather = ground.naming.entry.kind === 'weather' && state.tokens[i + 1]?.isLink && state.anchor;
  if (isOfWeather) return true;
  if (previousIsNested(state, i)) {
    state.nested = { how, to };
    ground.isGround = true;
    return true;
  }
  if (state.at) {
    for (const head of state.at) {
      const isFlying = state.drafts[head]!.states.has('flying') && /^(?:之上|上面|上方)$/u.test(token.text);
      const isAloft = how === 'on' && (isFlying || isFlownTo(state, i));
      relate(state, head, isAloft ? 'above' : how, to);
      Object.assign(state.drafts[head]!, onPicture(token));
    }
    ground.isGround = true;
    state.at = undefined;
    return true;
  }
  if (OF_BODY.test(token.text) && LIVING.has(ground.naming.entry.kind)) state.topic = to;
  const former = state.heads[0] === to ? state.formerHeads : [];
  state.heads = state.heads.filter((head) => head !== to);
  ground.isGround = true;
  nestOpening(state, to);
  state.anchor = { how, to, isUsed: false, former };
  const place = onPicture(token);
  if (Object.keys(place).length > 0) state.place = place;
  return true;
}

/** 老人身后，`墙上`…: the second ground is where the first one says. */
function nestOpening({ anchor, drafts }: State, to: number): void {
  if (!anchor || anchor.isUsed || !anchor.isCarried || anchor.to === to || drafts[to]!.relation) return;
  if (drafts[anchor.to]!.relation?.to === to) return;
  drafts[to]!.relation = { how: anchor.how, to: anchor.to };
  drafts[to]!.isLoose = true;
}

/** 鹰在`上`，蛇在`下`. */
function isUpOrDown(state: State, { text }: SceneToken, i: number): boolean {
  if (!state.at || !/^[上下]$/u.test(text) || !state.tokens[i - 1]?.isAt || !isAtEnd(state, i)) return false;
  for (const head of state.at) state.drafts[head]!.level = text === '上' ? 'top' : 'bottom';
  state.at = undefined;
  return true;
}

/** `飞在`稻田上 */
const isFlownTo = ({ tokens }: State, i: number): boolean =>
  tokens.slice(Math.max(0, i - 6), i).some(({ text }) => /^(?:飞|翱翔|盘旋|飘浮)在$/u.test(text));

/** 女孩`怀里`抱着猫: the talk stays of the girl. */
/** Whoever has arms, feet and a back. */
const hasBody = ({ naming: { entry } }: Draft): boolean =>
  LIVING.has(entry.kind) || /^(?:statue|buddha|scarecrow|snowman|fu-dog|skull|toy)$/u.test(entry.id);

const OF_BODY = /^(?:面前|怀|手|嘴|口|背|肩|头|身|腰|膝|腿|脚|掌|臂|颈|脸|胸|耳|鼻|尾|爪|翅)/u;
const LIVING = new Set(['person', 'being', 'animal', 'bird', 'fish', 'insect']);

/** 塔的左侧, 路的尽头: by a thing and on the picture at once; 上方 is only by the thing. */
const onPicture = ({ place }: SceneToken): Place => ({
  ...(place?.side && { side: place.side }),
  ...(place?.depth && { depth: place.depth }),
});

/** 在老槐树下`的`藤椅上: the ground has a ground of its own. */
const previousIsNested = ({ at, before, tokens }: State, i: number): boolean =>
  (at !== undefined || before !== undefined) && tokens[i + 1]?.isLink === true && leadsToThing(tokens, i + 1);

/** 旁边, 后面, 四周 without a thing mean by the thing the text is at. */
function takeLoosePosition(state: State, token: SceneToken, i: number): boolean {
  if (!token.after) return false;
  const before = state.tokens[i - 1];
  const isCounted = before?.isNew === true && before.language === 'zh' && !before.thing && before.end === token.start;
  if (isCounted && isClauseStart(state, i)) {
    const one = state.heads.at(-1) ?? state.clauseHeads.at(-1) ?? state.last;
    if (one === undefined) return false;
    state.anchor = { how: token.after, to: one, isUsed: false };
    state.pending = { manners: [] };
    return true;
  }
  if (token.text.length < 2) return false;
  if (state.at && isAtPlace(state, token)) return true;
  if (!isClauseStart(state, i)) return false;
  const hollow = state.drafts.findLastIndex(({ naming }) => naming.entry.zh.includes(token.text[0]!));
  const head = (hollow >= 0 ? hollow : undefined) ?? bearerOf(state, token) ?? state.clauseHeads[0] ?? state.last;
  const isPair = state.drafts.some(({ level, relation }) => level !== undefined && !relation);
  if ((head === undefined || isPair) && /^[上下][面边头方]$/u.test(token.text)) {
    state.place = { level: token.text.startsWith('上') ? 'top' : 'bottom' };
    state.isPlaceFresh = true;
    return true;
  }
  if (head === undefined || token.place) return false;
  if (OF_BODY.test(token.text) && hasBody(state.drafts[head]!)) state.topic = head;
  const { relation } = state.drafts[head]!;
  const isLower = token.after === 'under' && relation?.how === 'on';
  const isOther = /头$/u.test(token.text) && relation?.how === token.after;
  const isOverhead = /^头[上顶]/u.test(token.text) && /[飞旋掠]/u.test(state.tokens[i + 1]?.text ?? '');
  state.anchor = {
    how: isOverhead ? 'above' : token.after,
    to: relation && (isLower || isOther) ? relation.to : head,
    isUsed: false,
  };
  return true;
}

/** 脚边, 身后, 背上: by somebody, the one the text was about before others. */
function bearerOf(
  { clauseHeads, drafts }: State,
  { text }: Pick<SceneToken, 'text'>,
  isOther: (at: number) => boolean = () => true,
): number | undefined {
  if (!OF_BODY.test(text)) return undefined;
  const isLiving = (at: number): boolean => isOther(at) && hasBody(drafts[at]!);
  const found = clauseHeads.find(isLiving) ?? drafts.findLastIndex(({ isGround }, at) => isLiving(at) && !isGround);
  return found < 0 ? undefined : found;
}

/** 绕着`她`飞: by the one the text was about. */
function takeSomebody(state: State, token: SceneToken, i: number): boolean {
  const next = state.tokens[i + 1];
  if (!next || !isSubject(next) || state.tokens[i + 2]?.after || state.tokens[i + 2]?.isLink) return false;
  const meant = state.drafts.findLastIndex(
    (draft, at) => !state.heads.includes(at) && hasBody(draft) && !draft.isGround,
  );
  for (const head of meant < 0 ? [] : state.heads) relate(state, head, token.before!, meant);
  return meant >= 0;
}

const BRANCHES = /^(?:枝头|梢|树梢|枝上)$/u;

/** 乌鸦落在枝头: on the tree that the text spoke of; 坐在旁边: beside what it was about. */
function isAtPlace(state: State, { text, after, place }: SceneToken): boolean {
  const { at = [], drafts, clauseHeads } = state;
  const isOther = (index: number): boolean => !at.includes(index);
  const to = BRANCHES.test(text)
    ? drafts.findLastIndex(({ naming }, index) => naming.entry.kind === 'tree' && isOther(index))
    : place
      ? -1
      : (bearerOf(state, { text }, isOther) ?? clauseHeads.find(isOther) ?? -1);
  if (to < 0) return false;
  for (const head of at) relate(state, head, after!, to);
  state.at = undefined;
  return true;
}

/** `below lies the pond`: the place stands for itself. */
const INVERTED =
  /^(?:lies?|stands?|sits?|stretch(?:es)?|spreads?|flows?|runs?|is|are|hangs?|floats?|rises?|winds?|glints?|glitters?|gleams?|waits?|sleeps?|we|you|there)$/u;

/** `a tiny balloon, way up in the top left,`: a place between commas. */
function isAside({ tokens, heads, drafts }: State, token: SceneToken, i: number): boolean {
  if (token.language !== 'en' || heads.length === 0) return false;
  const start = tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1;
  const isAlone = tokens.slice(start, i).every(({ thing, isAnd }) => !thing && !isAnd) && isAtEnd({ tokens }, i);
  const isOpen = heads.every(
    (head) => !drafts[head]!.depth && !drafts[head]!.side && !drafts[head]!.level && !drafts[head]!.relation,
  );
  return isAlone && isOpen;
}

/** A place on the picture: for what follows, or for what went before when nothing follows. */
export function takePlace(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  const next = state.tokens[i + 1];
  if (token.before && isAdjective && !INVERTED.test(next?.text ?? '')) {
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
  const backward =
    state.at ??
    (isAside(state, token, i) ? state.heads : undefined) ??
    (thingBeforeInClause(state, i) && belongsBack(state, token, i) ? lastNamed(state) : undefined);
  if (backward && backward.length > 0) {
    for (const head of withGround(state, i, backward))
      placeOn(state.drafts[head]!, token.place!, backward.includes(head));
    state.at = undefined;
    return;
  }
  state.place = state.isPlaceFresh ? { ...state.place, ...token.place } : token.place;
  state.isPlaceFresh = true;
  state.anchor = undefined;
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

/** What a place behind things is said of: all that were joined, or the one that came with them. */
function lastNamed({ heads, last, drafts }: State): readonly number[] {
  const isWithin =
    last !== undefined && drafts[last]!.relation?.how === 'in' && heads.includes(drafts[last]!.relation!.to);
  return last === undefined || isWithin || heads.includes(last) || drafts[last]!.isGround ? heads : [last];
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

const isAtEnd = ({ tokens }: Pick<State, 'tokens'>, i: number): boolean =>
  !tokens[i + 1] || tokens[i + 1]!.stop !== undefined;

export function startBefore(state: State, token: SceneToken, i: number): void {
  if (!token.before) return;
  if (token.text === 'behind' && isAtEnd(state, i) && thingBeforeInClause(state, i)) {
    for (const head of lastNamed(state)) state.drafts[head]!.depth ??= 'far';
    return;
  }
  // 桥下`游过`一群鲤鱼: the ground is named already, what follows is on it.
  const isGrounded = state.anchor !== undefined && !state.anchor.isUsed && !state.anchor.isCarried;
  if (token.language === 'zh' && isGrounded && state.heads.length === 0) return;
  if (token.manners && state.last !== undefined && token.language === 'zh' && isBeside(state, i)) {
    const kinds = [state.last, ...state.heads].map((at) => state.drafts[at]!.naming.entry.kind);
    if (!token.manners.some((manner) => kinds.some((kind) => manner.kinds.includes(kind)))) return;
  }
  if (token.language === 'zh' && takeSomebody(state, token, i)) return;
  if (!leadsToThing(state.tokens, i) || isLookedAt(state.tokens, i)) return;
  if (token.isVerbal && !isActing(state, i)) return;
  const from = clauseStart(state, i);
  const isBeyond =
    token.text === 'across' &&
    from === i &&
    state.tokens
      .slice(i + 1, i + 5)
      .some(({ stop }, at, all) => stop === 'comma' && all.slice(0, at).some(({ thing }) => thing));
  if (isBeyond) {
    state.place = { depth: 'far' };
    state.isPlaceFresh = true;
    return;
  }
  // In the valley between two peaks lies a lake: the ground has its own place.
  const { anchor } = state;
  const isNested =
    token.language === 'en' &&
    anchor &&
    !anchor.isUsed &&
    !anchor.isCarried &&
    (anchor.to === state.last || state.drafts[state.last ?? -1]?.isGround === true) &&
    state.heads.length === 0;
  state.before = {
    how: token.before,
    heads: isNested ? [state.last ?? anchor.to] : headsFor(state, i),
    side: token.side,
    depth: token.depth,
    isPassing: token.isPassing,
    isFirm: token.isFirm,
  };
}

/** `flowers carpet the meadow`, but not `the line of a hill`: something before, an article or a plural behind. */
function isActing(state: State, i: number): boolean {
  const previous = state.tokens[i - 1];
  const next = state.tokens[i + 1];
  if (/^\w+ing\b/u.test(state.tokens[i]!.text) && isClauseStart(state, i)) return true;
  if (
    !thingBeforeInClause(state, i) ||
    previous?.isNew ||
    previous?.before ||
    /^(?:the|of)$/u.test(previous?.text ?? '')
  )
    return false;
  return next !== undefined && !next.isAnd && next.text !== 'of';
}

const AIMING =
  /^(?:look|gaz|star|howl|bark|point|smil|laugh|wav|shout|aim|glar|glanc|peer|peck|snap|growl|hiss|meow|yap|nibbl|gnaw|paw|swip|reach|wonder|marvel|grin|tug|sniff|tear|squint|blink|wink|nod|star|shoot|throw|push|pull|scratch)(?:e|s|es|ing|ring|ping|ging|ed|red|ped)?$/u;

/** `howls at the moon`: what is looked at or called to is not where one is. */
function isLookedAt(tokens: readonly SceneToken[], i: number): boolean {
  if (!/^(?:at|toward|towards|up at|down at|out at|into)$/u.test(tokens[i]!.text)) return false;
  return tokens
    .slice(Math.max(0, i - 2), i)
    .some(({ text, thing }) => !thing && AIMING.test(text.replace(/ (?:up|down|out)$/u, '')));
}

/** What a preposition says the place of: the heads of the clause; once they have theirs, the thing just named. */
function headsFor(state: State, i: number): readonly number[] {
  if (!thingBeforeInClause(state, i) || opensNext(state.tokens, i)) return [];
  // the moon rising behind trees
  const previous = state.tokens[i - 1];
  const isOfLast = previous?.language === 'en' && /ing$/u.test(previous.text) && state.lastAt === i - 2;
  if (isOfLast && state.last !== undefined && !state.heads.includes(state.last) && !state.drafts[state.last]!.relation)
    return [state.last];
  const isFirm = state.tokens[i]!.isFirm === true;
  const open = state.heads.filter((head) => isFirm || !state.drafts[head]!.relation || state.drafts[head]!.isLoose);
  if (open.length > 0) return open;
  if (state.last === undefined) return [];
  const { relation } = state.drafts[state.last]!;
  const holder =
    relation &&
    !state.heads.includes(state.last) &&
    !state.drafts[relation.to]!.relation &&
    !state.heads.includes(relation.to);
  return [holder ? relation.to : state.last];
}

const PEOPLE = /\b(?:him|his|her|he|she)\b/u;

/** Whether a pronoun can mean a thing: him a person, its arms a living being, its shore a lake. */
function canMean({ text, bearers }: SceneToken, draft: Draft): boolean {
  const { entry } = draft.naming;
  if (bearers && !bearers.includes(entry.kind)) {
    const hasBody = bearers.includes('person') && /^(?:statue|scarecrow|snowman)$/u.test(entry.id);
    if (!hasBody) return false;
  } else if (bearers) return true;
  if (/\b(?:it|its)\b/u.test(text) && (draft.count ?? 1) > 1) return false;
  if (/\b(?:them|their)\b/u.test(text) && (draft.count ?? 1) < 2 && !entry.plural) return false;
  if (entry.kind === 'weather') return false;
  if (PEOPLE.test(text)) return entry.kind === 'person' || entry.kind === 'being' || entry.kind === 'animal';
  return !/\bit\b/u.test(text) || entry.kind !== 'person';
}

/** `on its back`, `beside it`: by what was spoken of before the thing just named; at the start of a clause for what follows. */
export function takePronoun(state: State, token: SceneToken, i: number): void {
  const how = token.byPronoun!;
  const { tokens, drafts, last, heads } = state;
  if (token.isRelative && last !== undefined) {
    state.anchor = { how, to: last, isUsed: false, isForward: true };
    state.heads = [];
    return;
  }
  if (!thingBeforeInClause(state, i) || (tokens[i - 1]?.isAnd && opensForward(tokens, i))) {
    const isBy = /^(?:behind|before|around)$/u.test(how) && !/\b(?:him|her|them)\b/u.test(token.text);
    const known = [
      ...(isBy ? state.sentenceHeads : []),
      ...heads,
      ...state.clauseHeads,
      ...(last === undefined ? [] : [last]),
    ];
    const ground = token.side ? lastMeant(state, token, (at) => drafts[at]!.isGround) : undefined;
    const again = state.referent !== undefined && canMean(token, drafts[state.referent]!) ? state.referent : undefined;
    const to =
      ground ??
      again ??
      known.find((at) => canMean(token, drafts[at]!)) ??
      lastMeant(state, token, () => true) ??
      known[0];
    if (to === undefined) return;
    state.referent = to;
    state.anchor = { how, to, isUsed: false, isForward: tokens[i - 1]?.isAnd === true || isAtEnd(state, i) };
    if (token.side ?? token.depth)
      state.place = { ...(token.side && { side: token.side }), ...(token.depth && { depth: token.depth }) };
    state.heads = [];
    return;
  }
  const between = tokens.slice(state.lastAt + 1, i);
  const hasVerb = between.some(
    (one) =>
      Object.keys(one).length === 4 &&
      /^(?:waits?|stands?|sits?|walks?|watch|play|gather|follow|lies?|rests?|sleeps?|kneels?|lean)$/u.test(one.text),
  );
  const isSide = !hasVerb && last !== undefined && !heads.includes(last) && !drafts[last]!.isGround;
  const all =
    isSide && !(drafts[last]!.isHeld && heads.length > 0 && !/\b(?:its|his|her|their)\b/u.test(token.text))
      ? [last]
      : heads;
  const own = all.filter((head) => drafts[head]!.start > (tokens[clauseStart(state, i)]?.start ?? 0) - 1);
  const subjects = own.length > 0 ? own : all;
  const free = subjects.filter((head) => !drafts[head]!.relation || drafts[head]!.isLoose);
  const isLastOpen = free.length === 0 && last !== undefined && state.lastAt === i - 1 && !drafts[last]!.relation;
  const open = isLastOpen ? [last] : free;
  const meantNot = isLastOpen ? open : subjects;
  const isEarlier = (at: number): boolean => !meantNot.includes(at) && at < (open[0] ?? 0);
  const isSolid = (at: number): boolean => isEarlier(at) && !LIVING.has(drafts[at]!.naming.entry.kind);
  const isFree = (at: number): boolean => isEarlier(at) && !drafts[at]!.isGround;
  const first = lastMeant(state, token, (at) => isFree(at) && !drafts[at]!.isHeld) ?? lastMeant(state, token, isFree);
  // A cat on the table, and a mouse hides beneath it.
  const isOfThings = /^(?:under|on|in)$/u.test(how) && !token.bearers && first !== undefined && !isSolid(first);
  const isMirror = (at: number): boolean => isEarlier(at) && drafts[at]!.naming.entry.kind === 'water';
  const meant =
    (how === 'reflected-in' ? lastMeant(state, token, isMirror) : undefined) ??
    (isOfThings ? lastMeant(state, token, isSolid) : undefined) ??
    first ??
    lastMeant(state, token, isEarlier) ??
    drafts.findLastIndex((draft, at) => isEarlier(at) && !draft.isHeld);
  if (meant < 0) return;
  for (const head of open) {
    relate(state, head, how, meant);
    if (token.side) state.drafts[head]!.side = token.side;
    if (token.depth) state.drafts[head]!.depth ??= token.depth;
  }
}

function lastMeant({ drafts }: State, token: SceneToken, isAllowed: (at: number) => boolean): number | undefined {
  const found = drafts.findLastIndex((draft, at) => isAllowed(at) && canMean(token, draft));
  return found < 0 ? undefined : found;
}

/** `and on it sits a crow`: the thing comes after. */
function opensForward(tokens: readonly SceneToken[], i: number): boolean {
  const rest = tokens.slice(i + 1);
  const end = rest.findIndex(({ stop }) => stop === 'full');
  return (end < 0 ? rest : rest.slice(0, end)).some(({ thing }) => thing);
}
