/** Things: taken for new or for one already there, described by what stood before, and related. */
import { type Draft, isShapeless, leadsToThing, type Pending, relate, type State } from './parse-state.ts';
import { findSame } from './same-thing.ts';
import { listedSubjects } from './sentence.ts';
import { isAdjunct, isPart, isShape, joinAttribute, takeAttribute, takeHeld } from './take-attribute.ts';
import type { SceneToken } from './token.ts';

export function isThing(state: State, token: SceneToken, i: number): boolean {
  if (!token.thing || isPlot(state.tokens, i)) return false;
  if (!token.isWeak || (state.isVerse && token.thing.entry.kind !== 'abstract')) return true;
  const previous = state.tokens[i - 1];
  const next = state.tokens[i + 1];
  const describer = previous?.isLink ? state.tokens[i - 2] : previous;
  const isHeld =
    previous?.end === token.start &&
    (previous.count ||
      previous.isNew ||
      previous.isNegation ||
      (previous.language === 'zh' && /[满了着]$/u.test(previous.text) && !previous.thing) ||
      (previous.language === 'zh' && previous.before) ||
      describer?.colour ||
      describer?.size ||
      describer?.manners);
  const isBearer = previous?.text === '的' && Boolean(state.tokens[i - 2]?.thing);
  const isActedOn =
    previous?.language === 'zh' &&
    previous.end === token.start &&
    !previous.thing &&
    /[写读看寄吃喝饮品弹拉吹打敲撑提举抱捧摇洗晒切卖买拿挂插摆放搁]$/u.test(previous.text) &&
    !previous.isLink;
  const isTelegraphic =
    next?.isNew === true &&
    next.language === 'zh' &&
    next.start === token.end &&
    (!state.tokens[i + 2] || state.tokens[i + 2]!.stop !== undefined);
  const isTopic = (!previous || previous.stop !== undefined) && next?.isAt === true && token.language === 'zh';
  const isMade = /^[石木竹铁铜玉]$/u.test(previous?.text ?? '');
  const measure = state.tokens[isMade ? i - 2 : i - 1];
  const isMeasured =
    measure?.language === 'zh' &&
    /^[个张座家只条棵间扇口把盏艘匹株朵片枚顶块]$/u.test(measure.text) &&
    /[有着了是]$/u.test(state.tokens[isMade ? i - 3 : i - 2]?.text ?? '');
  const isDescribed = previous?.isLink === true && previous.end === token.start && isCounted(state.tokens, i);
  const isSomeone =
    token.text === '人' &&
    previous?.end === token.start &&
    (isBearer || previous.text === '的' || !previous.isPlain) &&
    !previous.stop;
  const isCompound =
    isShapeless(previous) &&
    previous?.end === token.start &&
    !isShapeless(state.tokens[i - 2]) &&
    COMPOUNDED.has(token.thing.entry.kind) &&
    (!next || next.stop !== undefined || next.after !== undefined);
  const isOfPart = isShapeless(next) && next?.start === token.end && state.tokens[i + 2]?.after !== undefined;
  if (isCompound || isOfPart || isDescribed || isTopic || isMeasured || isActedOn || isTelegraphic) return true;
  return Boolean(isHeld) || isSomeone || (next?.start === token.end && next.after !== undefined && next.text !== '头');
}

/** 油菜花`田`: a field of what was named. */
export function isPlot(tokens: readonly SceneToken[], i: number): boolean {
  const previous = tokens[i - 1];
  const kind = previous?.thing?.entry.kind;
  return (
    /^[田林海]$/u.test(tokens[i]!.text) &&
    previous?.end === tokens[i]!.start &&
    (kind === 'flower' || kind === 'plant' || kind === 'tree')
  );
}

/** 一扇发光的`门` */
function isCounted(tokens: readonly SceneToken[], i: number): boolean {
  const from = tokens.slice(Math.max(0, i - 7), i);
  const start = from.findLastIndex(({ stop, thing }) => stop ?? thing) + 1;
  return from.slice(start).some((token) => token.isNew && token.language === 'zh');
}

const COMPOUNDED = new Set(['thing', 'food', 'building', 'light']);

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
  const adjoins = !state.isVerse && isAdjunct(state.tokens, i);
  const next = state.tokens[i + 1];
  const isObject =
    state.before !== undefined ||
    state.at !== undefined ||
    next?.after !== undefined ||
    (isShapeless(next) && /[身体顶盖沿壁底面尾根梢]/u.test(next!.text));
  const index = findSame(state, token, isObject) ?? create(state, token);
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

const nextJoins = (tokens: readonly SceneToken[], i: number): boolean =>
  Boolean(tokens[i + 1]?.isAnd) || (tokens[i + 1]?.stop === 'comma' && Boolean(tokens[i + 2]?.thing));

const SHAPED = /^(?:圆形|方形|三角形|心形|星形|螺旋|菱形|六边形|多边形|正方形|几何|spiral|square|circular|triangle)$/u;

/** What a thing is made of is no thing: stone house, 竹亭. */
function isMaterial(tokens: readonly SceneToken[], i: number): boolean {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  if (SHAPED.test(token.text) && leadsToThing(tokens, i)) return true;
  if (!next?.thing || next.start - token.end > 1) return false;
  return token.language === 'en'
    ? /^(?:stone|paper|ice|straw|brick|glass|sand|gold|wood|bamboo|flower|clay|jade|silk|winter|river|sea|tree|rain|wind)$/u.test(
        token.text,
      ) && next.language === 'en'
    : /^[石竹木草玉纸冰]$/u.test(token.text);
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
  if (pending.count !== undefined) draft.count = pending.count;
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

const POSES =
  /^(?:sitting|seated|perched|standing|lying|lounging|leaning|kneeling|crouching|hanging|floating|sleeping|asleep|resting|drifting|nestled|hidden|tucked|curled|huddled|riding|walking|hovering|growing|moored|parked|waiting)/u;

/** `Sitting on the moon, a rabbit …`: an opening that says how one is holds whatever follows. */
const isPosed = ({ tokens }: State, i: number): boolean =>
  POSES.test(tokens[tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1]?.text ?? '');

const isEnglish = ({ tokens }: State): boolean => tokens[0]?.language === 'en';

function connect(state: State, index: number, i: number): void {
  const { before, at, anchor, tokens, nested } = state;
  const next = tokens[i + 1];
  state.nested = undefined;
  if (nested) relate(state, index, nested.how, nested.to);
  if (state.mirrors !== undefined) {
    relate(state, index, 'reflected-in', state.mirrors);
    state.mirrors = undefined;
  } else if (state.reversed) {
    relate(state, index, state.reversed.how, state.reversed.to);
    if (!nextJoins(tokens, i)) state.reversed = undefined;
  }
  if (before && next?.isLink && next.language === 'zh' && leadsToThing(tokens, i + 1)) {
    state.drafts[index]!.isGround = true;
    return;
  }
  if (before) {
    if (!(before.how === 'reflected-in' && next?.after)) state.before = undefined;
    state.at = undefined;
    state.drafts[index]!.isGround = true;
    if (before.heads.length === 0)
      state.anchor = { how: before.how, to: index, isUsed: false, isFirm: isPosed(state, i) };
    if (before.heads.length === 0 && (before.side ?? before.depth))
      state.place = { ...(before.side && { side: before.side }), ...(before.depth && { depth: before.depth }) };
    if (before.how !== 'in' || !isWorn(state.drafts[index]!))
      for (const head of before.heads) {
        if (before.isFirm || isMount(state, before.how, head, index)) state.drafts[head]!.isLoose = true;
        if (isFromDoor(state, before.how, index, i)) relate(state, head, 'in', index);
        relate(
          state,
          head,
          isAcrossSky(state, index, i) ? 'before' : isWalked(state, before, head, index) ? 'on' : before.how,
          index,
        );
        if (before.side) state.drafts[head]!.side = before.side;
        if (before.depth) state.drafts[head]!.depth ??= before.depth;
        if (before.isPassing) state.drafts[head]!.isLoose = true;
      }
    return;
  }
  if (at && next?.isLink && (tokens[i + 2]?.thing || tokens[i + 2]?.after)) return;
  if (at && next?.thing && next.language === 'zh' && next.start === tokens[i]!.end) return;
  if (at && next?.isAnd && isSpanned(tokens, i)) return;
  if (at && next?.after === undefined) {
    state.at = undefined;
    if (!tokens[i + 1]?.place) for (const head of at) relate(state, head, 'on', index);
    return;
  }
  if (at) return;
  const { kind } = tokens[i]!.thing!.entry;
  const isOnlyWeather = next?.isLink || (next?.after && tokens[i + 2]?.isLink);
  if (kind === 'weather' && isOnlyWeather && next?.language === 'zh') return;
  if (isOfGround(state, i)) {
    state.drafts[index]!.isGround = true;
    return;
  }
  if (isContained(state, i)) {
    relate(state, index, 'in', state.last!);
    return;
  }
  const isCarried = isHeld(state, i);
  if (anchor && anchor.to !== index && !(isCarried && isBrought(state, i))) {
    relate(state, index, anchor.how, anchor.to);
    anchor.isUsed = true;
    if (anchor.isCarried && !anchor.isFirm) state.drafts[index]!.isLoose = true;
  }
  if (isCarried) {
    wear(state, index, i);
    state.drafts[index]!.isHeld = state.tokens
      .slice(state.lastAt + 1, i)
      .some(({ isHolding, text }) => isHolding && text !== 'with');
    holdLoosely(state, index, i);
    return;
  }
  if (
    tokens[i]!.thing!.entry.id === 'underwater' &&
    (tokens[i]!.language === 'zh' ? state.heads.length === 0 : next?.isNew === true)
  ) {
    state.drafts[index]!.isGround = true;
    state.anchor = { how: 'in', to: index, isUsed: false };
    return;
  }
  if (kind === 'weather' && state.heads.length > 0) return;
  const isJoined = tokens[i - 1]?.isAnd || tokens.slice(Math.max(0, i - 4), i).some((token) => token.isAnd);
  const all = isJoined ? listedSubjects(state, i) : undefined;
  if (all) state.heads = [...new Set([...all, index])];
  else if (isJoined && !opensSentence(state, i) && state.heads.length > 0 && state.last === state.heads.at(-1))
    state.heads.push(index);
  else {
    state.formerHeads = state.heads;
    state.heads = [index];
  }
}

/** `crossing the moon`, `against the sun`: seen before it. */
function isAcrossSky({ drafts, tokens }: State, index: number, i: number): boolean {
  const isDisc = /^(?:moon|sun|planet)$/u.test(drafts[index]!.naming.entry.id);
  return (
    isDisc &&
    tokens
      .slice(Math.max(0, i - 3), i)
      .some(({ text }) => /^(?:cross(?:es|ing)|against|past|across|silhouetted against|outlined against)$/u.test(text))
  );
}

/** 走过木桥, over the bridge: who walks is on it. */
function isWalked({ drafts }: State, before: NonNullable<State['before']>, head: number, index: number): boolean {
  const isWay = /^(?:bridge|path|road|street|steps)$/u.test(drafts[index]!.naming.entry.id);
  const isWalker = /^(?:person|animal)$/u.test(drafts[head]!.naming.entry.kind);
  return isWay && isWalker && (before.how === 'above' || (before.how === 'in' && before.isPassing === true));
}

/** `over the door of the inn`: whose ground it is. */
function isOfGround({ tokens, last, lastAt, drafts, anchor, heads }: State, i: number): boolean {
  const between = tokens.slice(lastAt + 1, i);
  const isOf = between[0]?.text === 'of' && between.length < 4 && between.every(({ stop, isAnd }) => !stop && !isAnd);
  return (
    isOf && last !== undefined && drafts[last]!.isGround && anchor?.to === last && !anchor.isUsed && heads.length === 0
  );
}

/** `watching from the barn door`: in it. */
const isFromDoor = ({ drafts, tokens }: State, how: string, index: number, i: number): boolean =>
  how === 'on' &&
  /^(?:door|gate|window)$/u.test(drafts[index]!.naming.entry.id) &&
  tokens.slice(Math.max(0, i - 4), i).some(({ text }) => /\bfrom\b/u.test(text));

/** Somebody on an animal or in a vehicle is there before anywhere else. */
function isMount({ drafts }: State, how: string, head: number, index: number): boolean {
  const { kind } = drafts[index]!.naming.entry;
  return (
    how === 'on' &&
    drafts[head]!.naming.entry.kind === 'person' &&
    /^(?:animal|vehicle|bird|fish|insect|being)$/u.test(kind)
  );
}

/** 在向日葵`和`篱笆之间 */
function isSpanned(tokens: readonly SceneToken[], i: number): boolean {
  const rest = tokens.slice(i + 2, i + 7);
  const end = rest.findIndex(({ stop }) => stop);
  return (end < 0 ? rest : rest.slice(0, end)).some(({ after }) => after === 'between');
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
  const between = tokens.slice(lastAt + 1, i);
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
  const isGround = entry.kind === 'land' || entry.kind === 'water';
  const [word] = state.tokens.slice(state.lastAt + 1, i);
  if (!isGround || word?.text !== 'with' || state.drafts[index]!.relation) return;
  const isFish = entry.kind === 'water' && state.drafts[index]!.naming.entry.kind === 'fish';
  relate(state, index, isFish || HOLLOW.test(entry.id) ? 'in' : 'on', state.last!);
  state.drafts[index]!.isLoose = true;
}

/** `in a red dress` is no place. */
const isWorn = ({ naming }: Draft): boolean =>
  /^(?:clothes|hat|straw-hat|shoe|glasses|mask|shield)$/u.test(naming.entry.id);
