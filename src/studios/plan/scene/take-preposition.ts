/** Words before a ground: under the moon, 穿过森林, peaks ring the lake. */
import { LIVING, takeSomebody } from './by-body.ts';
import {
  clauseStart,
  isBeside,
  isClauseStart,
  leadsToThing,
  relate,
  type State,
  thingBeforeInClause,
} from './parse-state.ts';
import { opensForward } from './sentence.ts';
import { standBy } from './stand-by.ts';
import { describesRider } from './take-attribute.ts';
import type { SceneToken } from './token.ts';

/** What a place behind things is said of: all that were joined, or the one that came with them. */
export function lastNamed({ heads, last, drafts }: State): readonly number[] {
  const isWithin =
    last !== undefined && drafts[last]!.relation?.how === 'in' && heads.includes(drafts[last]!.relation!.to);
  return last === undefined || isWithin || heads.includes(last) || drafts[last]!.isGround ? heads : [last];
}

export const isAtEnd = ({ tokens }: Pick<State, 'tokens'>, i: number): boolean =>
  !tokens[i + 1] || tokens[i + 1]!.stop !== undefined;

export function startBefore(state: State, token: SceneToken, i: number): void {
  if (!token.before || describesRider(state.tokens, i) || (token.text === 'all around' && state.tokens[i + 1]?.isAnd))
    return;
  const isBare = isAtEnd(state, i) || state.tokens[i + 1]?.isAnd === true;
  if (token.text === 'inside' && isBare && thingBeforeInClause(state, i)) {
    // a globe with a cabin inside
    const [holder] = state.heads;
    const isHolder = holder !== undefined && !LIVING.has(state.drafts[holder]!.naming.entry.kind);
    const house = state.drafts.findLastIndex(({ naming: { entry } }) => entry.kind === 'building');
    // a kitchen window, a woman washing dishes inside
    if (!isHolder && holder !== undefined && house >= 0 && holder !== house) relate(state, holder, 'in', house);
    else if (isHolder && state.last !== undefined && holder !== state.last) relate(state, state.last, 'in', holder);
    else standBy(state, token, lastNamed(state));
    return;
  }
  if (token.text === 'behind' && isBare && thingBeforeInClause(state, i)) {
    for (const head of lastNamed(state)) state.drafts[head]!.depth ??= 'far';
    standBy(state, token, lastNamed(state));
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
    // a rabbit peeking out of a hat is in it
    isPassing:
      token.isPassing &&
      !/^(?:peek|pop|stick|pok|grow|emerg|ris|spill|hang|climb)/u.test(state.tokens[i - 1]?.text ?? ''),
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
  if (!thingBeforeInClause(state, i) || opensForward(state.tokens, i)) return [];
  // the moon rising behind trees
  const previous = state.tokens[i - 1];
  const isOfLast =
    previous?.language === 'en' &&
    /ing$|^(?:coiled|curled|wrapped|wound|perched|draped|tied|stuck|hidden|tucked|sprawled|strung|nailed|pinned|parked|asleep)$/u.test(
      previous.text,
    ) &&
    state.lastAt === i - 2;
  if (
    isOfLast &&
    !isCarriedBy(state) &&
    state.last !== undefined &&
    !state.heads.includes(state.last) &&
    !state.drafts[state.last]!.relation
  )
    return [state.last];
  // a window overlooking the city, a hill overlooking the sea
  const { text, language } = state.tokens[i]!;
  if (language === 'en' && /^overlook|^facing/u.test(text) && state.lastAt === i - 1) return [state.last!];
  if (isInPlace(state, i)) return [state.last!];
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

const PLACES = /^(?:village|city|garden|park|courtyard|market|street|harbour|island|valley|field|grassland|room)$/u;

/** `a village with a windmill on a hill`: the mill, for what holds it is a place itself. */
function isInPlace({ tokens, drafts, heads, last, lastAt }: State, i: number): boolean {
  const [head] = heads;
  if (tokens[i]!.language !== 'en' || heads.length !== 1 || last === undefined || lastAt !== i - 1 || head === last)
    return false;
  const isWith = tokens.slice(Math.max(0, lastAt - 4), lastAt).some(({ text }) => text === 'with');
  return (
    isWith &&
    PLACES.test(drafts[head!]!.naming.entry.id) &&
    /^(?:building|tree|thing|vehicle)$/u.test(drafts[last]!.naming.entry.kind)
  );
}

/** `a girl with an umbrella standing at a bus stop`: who carries stands, not what is carried. */
function isCarriedBy({ drafts, last, heads }: State): boolean {
  const living = /^(?:person|being|animal|bird)$/u;
  const kindOf = (at: number): string => drafts[at]!.naming.entry.kind;
  return last !== undefined && kindOf(last) === 'thing' && heads.some((head) => living.test(kindOf(head)));
}
