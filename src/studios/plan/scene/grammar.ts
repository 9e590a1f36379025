/**
 * The grammar of spatial words, for both languages at once: words go by one after another and say of the things among them how many,
 * how, where and by what they are.
 *
 *   江上|一叶|舟            things before a postposition carry what follows
 *   a cat | on | the roof   things after a preposition carry what went before
 *   左边|有|两株|垂柳        places without a thing hold for the clause, or for what went before when nothing follows
 */

import { loadLexicon } from '../lexicon.ts';
import { loadElements } from './element-table.ts';
import { isThing } from './is-thing.ts';
import { clauseStart, isClauseStart, isSubject, leadsToThing, type Parsed, relate, type State } from './parse-state.ts';
import { resumes } from './resuming.ts';
import { isRelativeClause } from './sentence.ts';
import { takeAdjective, takeManner } from './take-manner.ts';
import { takePlace } from './take-place.ts';
import { takePosition } from './take-position.ts';
import { startBefore } from './take-preposition.ts';
import { takePronoun } from './take-pronoun.ts';
import { takeThing } from './take-thing.ts';
import type { SceneToken } from './token.ts';
import { covers, isExistential, isListedOn, opensOn } from './what-is-where.ts';

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
    nested: undefined,
    topic: undefined,
    sentenceHeads: [],
    stash: undefined,
    referent: undefined,
    attribute: undefined,
    adjunct: undefined,
    at: undefined,
    mirrors: undefined,
    reversed: undefined,
    formerHeads: [],
    heads: [],
    clauseHeads: [],
    last: undefined,
    lastAt: -2,
    isNegated: false,
    isLikened: false,
  };
  for (const [i, token] of tokens.entries()) step(state, token, i);
  stop(state, 'full');
  lineUp(state);
  return state;
}

/** `From left to right: an hourglass, a pomegranate, a skull`: the first left, the last right, others between. */
function lineUp({ tokens, drafts }: State): void {
  const at = tokens.findIndex(({ isOrder }) => isOrder);
  if (at < 0) return;
  const isEnd = ({ stop, text }: SceneToken): boolean => stop === 'full' && text !== ':' && text !== '：';
  const end = tokens.slice(at).find(isEnd)?.start ?? Number.POSITIVE_INFINITY;
  const row = drafts.filter(({ start, relation }) => start > tokens[at]!.start && start < end && !relation);
  for (const [place, draft] of row.entries())
    draft.side = place === 0 ? 'left' : place === row.length - 1 ? 'right' : 'centre';
}

function step(state: State, token: SceneToken, i: number): void {
  if (token.stop) {
    stop(state, token.stop, i);
    return;
  }
  if (isStranger(state, i)) state.heads = [];
  if (token.isNegation) state.isNegated = true;
  if (token.isLikeness && !isImage(state.tokens, i) && (token.language === 'en' || !state.isNegated))
    state.isLikened = true;
  if (token.opens && !token.isNegation) state.isNegated = false;
  if (token.isLink || /^(?:一样|一般|似的|般)$/u.test(token.text)) {
    state.isLikened = false;
    if (token.isLink && (state.tokens[i - 1]?.thing || token.language === 'zh')) state.isNegated = false;
  }
  if (isSubject(token)) takeSubject(state, token, i);
  if (token.text === '有' || isListedOn(state, token, i) || isExistential(state, i)) opensOn(state, i);
  if (token.language === 'zh' && /满[了着]?$/u.test(token.text)) covers(state, i);
  if (token.mirrors && state.last !== undefined && isReflecting(state)) state.mirrors = state.last;
  if (token.reversed && state.last !== undefined && !isOfStranger(state.tokens, i))
    state.reversed = { how: token.reversed, to: i - 1 === state.lastAt ? state.last : (state.heads[0] ?? state.last) };
  const isAdjective = leadsToThing(state.tokens, i);
  if (isOutline(state.tokens, i)) return;
  if (isThing(state, token, i) && !((token.manners || token.size) && isAdjective)) takeThing(state, token, i);
  else if (token.byPronoun && ownsNext(state.tokens, i)) startBefore(state, { ...token, before: token.byPronoun }, i);
  else if (token.byPronoun) takePronoun(state, token, i);
  else if (!takePosition(state, token, i)) takeRest(state, token, i, isAdjective);
}

/** at `her` desk: whose it is; but `beside her a cat`. */
function ownsNext(tokens: readonly SceneToken[], i: number): boolean {
  const next = tokens[i + 1];
  return (
    / her$/u.test(tokens[i]!.text) &&
    next !== undefined &&
    !next.isNew &&
    !next.stop &&
    next.text !== 'the' &&
    leadsToThing(tokens, i)
  );
}

function takeRest(state: State, token: SceneToken, i: number, isAdjective: boolean): void {
  if (token.manners) takeManner(state, token, i, isAdjective);
  if (token.place) takePlace(state, token, i, isAdjective);
  else if (token.before) startBefore(state, token, i);
  if (token.isAt && !isDoing(state.tokens, i)) state.at = subjectsOf(state, i);
  takeAdjective(state, token, i, isAdjective);
}

/** What 在 says the place of; a clause without a subject has that of the one before: 阳光穿过彩窗，`落在`长椅上. */
function subjectsOf(state: State, i: number): number[] | undefined {
  if (state.heads.length > 0) return [...state.heads];
  const isBare = state.tokens[i]!.language === 'zh' && isClauseStart(state, i) && !state.place && !state.anchor;
  const { tokens } = state;
  const before = tokens.slice(clauseStart(state, i), i);
  if (!isBare || state.clauseHeads.length === 0 || before.length > 4 || !hasGround(tokens, i)) return undefined;
  return [...state.clauseHeads];
}

/** 站在桥上, and nothing behind: what stands there was named before. */
function hasGround(tokens: readonly SceneToken[], i: number): boolean {
  const rest = tokens.slice(i + 1);
  const end = rest.findIndex(({ stop }) => stop);
  const clause = end < 0 ? rest : rest.slice(0, end);
  // 在它的后面悬浮着一盏灯: what comes after the place is there, and no ground
  const first = clause.findIndex(({ thing }) => thing);
  if (clause.slice(0, first).some(({ after }) => after)) return false;
  return clause.filter(({ thing }, at) => thing && !clause[at + 1]?.isLink).length === 1;
}

/** Only what is like a mirror mirrors. */
const isReflecting = ({ drafts, last }: State): boolean => {
  const { kind, id } = drafts[last!]!.naming.entry;
  return (
    kind === 'water' ||
    /^(?:mirror|window|puddle|ice|glasses|dew|bubble|car|city|street|road|glass|bowl|vase|cup|tea)$/u.test(id)
  );
};

/** A fox. It sits …: the clause is about what the text spoke of. */
function takeSubject(state: State, token: SceneToken, i: number): void {
  if (state.heads.length > 0 || !isClauseStart(state, i) || state.tokens[i + 1]?.isLink || state.tokens[i + 1]?.after)
    return;
  const isPerson = /^(?:he|she|他|她)/u.test(token.text);
  const meant = state.clauseHeads.filter((head) => {
    const { kind } = state.drafts[head]!.naming.entry;
    return isPerson ? /^(?:person|being|animal)$/u.test(kind) : kind !== 'weather' && kind !== 'light';
  });
  if (meant.length === 0) {
    if (isPerson) createSomebody(state, token, i);
    return;
  }
  state.heads = [...meant];
  state.last = meant.at(-1);
  state.lastAt = i;
}

/** She stands in a doorway: nobody was named, so that somebody is meant whom nothing else says. */
function createSomebody(state: State, { text, start, end }: SceneToken, i: number): void {
  const isNamed = state.drafts.some(({ naming: { entry } }) =>
    /^(?:person|being|animal|bird|fish|insect)$/u.test(entry.kind),
  );
  const isSingular = /^(?:he|he's|she|she's|他|她)$/u.test(text);
  const id = /^(?:she|她)/u.test(text) ? 'woman' : 'man';
  const comesLater = state.tokens.slice(i).some(({ thing }) => thing?.entry.kind === 'person');
  const isScene = state.tokens.some(({ thing, isWeak }) => thing && !isWeak);
  if (isNamed || !isSingular || comesLater || !isScene || state.isVerse) return;
  state.drafts.push({
    naming: { entry: loadElements().byId.get(id)! },
    start,
    end,
    states: new Set(),
    isGround: false,
    count: 1,
  });
  state.heads = [state.drafts.length - 1];
  state.last = state.drafts.length - 1;
  state.lastAt = i;
}

/** 蝙蝠的`剪影`: the bat itself; but 撑伞的`身影` is somebody. */
const isOutline = (tokens: readonly SceneToken[], i: number): boolean =>
  /^(?:剪影|身影|影子|背影|轮廓|侧影|孤影)$/u.test(tokens[i]!.text) &&
  tokens[i - 1]?.text === '的' &&
  tokens[i - 2]?.thing !== undefined &&
  !/^(?:thing|plant)$/u.test(tokens[i - 2]!.thing!.entry.kind);

/** 菩萨`像`前: an image, no comparison. */
function isImage(tokens: readonly SceneToken[], i: number): boolean {
  const next = tokens[i + 1];
  return (
    tokens[i]!.text === '像' &&
    tokens[i - 1]?.end === tokens[i]!.start &&
    tokens[i - 1]?.thing !== undefined &&
    (!next || Boolean(next.stop ?? next.after ?? next.isLink))
  );
}

const DEED =
  /^[下打看吃写做洗修喝放钓画唱拉弹吹玩搬织缝煮烤切磨喂数读念练扫拆剥摘采捞拍挑选买卖逗收晒捡拾编绣裁泡沏斟剪插浇种挖锄割劈砍包擀揉遛](?:着)?$/u;

/** 在下棋: what someone does, not where. */
function isDoing(tokens: readonly SceneToken[], i: number): boolean {
  const next = tokens[i + 1];
  if (tokens[i]!.text !== '在' || next === undefined || next.isAt) return false;
  const isDeed = DEED.test(next.text) && tokens[i + 2]?.thing !== undefined && !tokens[i + 3]?.after;
  return isDeed || (next.manners?.some(({ isVerb }) => isVerb) ?? false);
}

function stop(state: State, how: 'comma' | 'full', i = state.tokens.length): void {
  const { anchor } = state;
  if (anchor && !anchor.isUsed) for (const head of anchor.former ?? []) relate(state, head, anchor.how, anchor.to);
  if (anchor && !anchor.isUsed && !anchor.isForward && !isOpening(state, i)) {
    const heads = (hasStranger(state, i) ? [] : state.clauseHeads).filter(
      (head) => head !== anchor.to && !state.drafts[head]!.relation,
    );
    if (state.tokens.some(({ language }) => language === 'en'))
      for (const head of heads) relate(state, head, anchor.how, anchor.to);
  }
  const isHeading = state.tokens[i]?.text === ':' || state.tokens[i]?.text === '：';
  const isOpen = anchor !== undefined && !anchor.isUsed;
  const keepsAnchor = isOpen && (isHeading || (how === 'comma' && (anchor.isForward || isOpening(state, i))));
  if (keepsAnchor) state.anchor = { ...anchor, isCarried: true, isList: isHeading };
  else state.anchor = how === 'comma' ? listed(state, i) : undefined;
  if (!((how === 'comma' || isHeading) && state.isPlaceFresh)) state.place = undefined;
  const former = anchor?.former ?? [];
  if (state.heads.length === 0 && anchor && !anchor.isUsed && former.length > 0) state.clauseHeads = former;
  else if (how === 'full' || state.heads.length > 0)
    state.clauseHeads = how === 'full' && state.heads.length === 0 ? [] : [...state.heads];
  if (state.topic !== undefined && how === 'comma') state.clauseHeads = [state.topic];
  state.topic = undefined;
  state.formerHeads = [];
  state.heads = how === 'comma' && state.tokens[0]?.language === 'en' ? state.heads : [];
  overCommas(state, how, i, isOpen ? anchor : undefined);
  state.pending = { manners: [] };
  state.before = undefined;
  state.nested = undefined;
  state.attribute = undefined;
  state.adjunct = undefined;
  state.at = undefined;
  state.mirrors = undefined;
  state.reversed = undefined;
  state.isLikened = false;
  const following = state.tokens[i + 1];
  if (!(how === 'comma' && state.isNegated && following?.thing && following.language === 'en')) state.isNegated = false;
}

/** 桌上一壶茶，两只茶杯: the list of what stands on a thing goes on. */
function listed({ anchor, tokens, drafts }: State, i: number): State['anchor'] {
  const next = tokens[i + 1];
  if (anchor?.isList) return { ...anchor, isUsed: false, isCarried: true };
  const isList = next?.language === 'zh' && next.isNew === true;
  if (!anchor?.isUsed || !isList || drafts[anchor.to]!.naming.entry.kind !== 'thing') return undefined;
  const rest = tokens.slice(i + 1);
  const end = rest.findIndex(({ stop }) => stop);
  const clause = end < 0 ? rest : rest.slice(0, end);
  const isPlaced = clause.some((token) => token.after ?? token.before ?? token.place ?? token.isAt);
  const named = clause.find(({ thing }) => thing)?.thing?.entry.kind;
  return isPlaced || !named || !LAID.has(named) ? undefined : { ...anchor, isUsed: false, isCarried: true };
}

const LAID = new Set(['thing', 'food', 'flower', 'plant', 'light']);

/** Whether what stands between the stops was only a ground for what follows: `Under the moon,`. */
function isOpening(state: State, i: number): boolean {
  const start = state.tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;
  const things = state.tokens.slice(start, i).filter((token) => token.thing).length;
  const hasMore = state.tokens.slice(i + 1).some((token) => token.thing);
  const isGround = state.tokens[i]?.language === 'en' || state.tokens[i - 1]?.after !== undefined;
  // 桌上只有两份点心，…: what is there has no name, and the place is done with
  if (state.tokens.slice(start, i).some(({ text, language }) => language === 'zh' && /有$/u.test(text)) && !isGround)
    return false;
  const isBare = isGround && things > 0 && state.heads.length === 0;
  return (things === 1 || isBare) && hasMore && (isSentenceStart(state, start) || state.tokens[i]?.language === 'zh');
}

/** `Off to one side, half hidden by grass,`: nothing but places came before. */
function isSentenceStart({ tokens }: State, start: number): boolean {
  const begin = tokens.slice(0, start).findLastIndex(({ stop }) => stop === 'full') + 1;
  return tokens.slice(begin, start).every(({ thing }) => !thing);
}

/** `skates hanging on the fence`: the clause begins with something unknown, which is there instead. */
function hasStranger({ tokens }: State, i: number): boolean {
  const start = tokens.slice(0, i).findLastIndex(({ stop }) => stop) + 1;
  const [first, second] = tokens.slice(start, i);
  return isUnknownPlural(first) && /(?:ing|ed)\b/u.test(second?.text ?? '');
}

/** `a glacier, guanacos on the grass`: what is on the grass has no name here, and is not the glacier. */
function isStranger({ tokens }: State, i: number): boolean {
  const { plainEnglish } = loadLexicon();
  const next = tokens[i + 1];
  const isNew = tokens[i - 1]?.stop !== undefined && isUnknownPlural(tokens[i]) && !plainEnglish.has(tokens[i]!.text);
  return isNew && next?.before !== undefined && /^(?:on|in|at|under|by|beside|behind|above|over)$/u.test(next.text);
}

const isUnknownPlural = (token: SceneToken | undefined): boolean =>
  token?.language === 'en' &&
  Object.keys(token).length === 4 &&
  /^[a-z]{3,}[^s]s$/u.test(token.text) &&
  !VERBS.test(token.text);

/** `a shelf full of books`: what is full has no name here. */
const isOfStranger = (tokens: readonly SceneToken[], i: number): boolean =>
  tokens[i]!.language === 'en' && tokens[i - 2]?.isNew === true && Object.keys(tokens[i - 1] ?? {}).length === 4;

/** Verbs that follow a comma: `a girl, sits on`. */
const VERBS =
  /^(?:sits|stands|lies|hangs|floats|flies|rests|sleeps|walks|runs|waits|leans|perches|drifts|glides|rises|falls|looks|gazes|plays|swims|hovers|kneels|hides|peeks|dances|glows|shines|stretches|winds|comes|goes|leads|stays|lives|grows|climbs|rides|sails|rolls|moves|sinks|lands|settles|crouches|curls)$/u;

/** What English keeps over commas. */
function overCommas(state: State, how: 'comma' | 'full', i: number, open: State['anchor']): void {
  if (how === 'full') {
    state.sentenceHeads = [];
    if (state.tokens[i]?.text !== ';') state.referent = undefined;
    state.stash = undefined;
    return;
  }
  if (state.sentenceHeads.length === 0) state.sentenceHeads = [...state.heads];
  else if (resumes(state.tokens, i)) state.heads = [...state.sentenceHeads];
  if (isRelativeClause(state.tokens[i + 1]) && open) {
    state.stash = open;
    state.anchor = undefined;
  } else if (state.stash) {
    state.anchor = { ...state.stash, isCarried: true, isUsed: false };
    state.stash = undefined;
    state.heads = [];
  }
}
