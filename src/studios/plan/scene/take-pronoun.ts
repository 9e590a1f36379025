/** Pronouns with a place: on its back, beside it, to her left, behind which. */
import { LIVING } from './by-body.ts';
import { clauseStart, type Draft, relate, type State, thingBeforeInClause } from './parse-state.ts';
import { isAtEnd } from './take-preposition.ts';
import type { SceneToken } from './token.ts';

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
  if (PEOPLE.test(text))
    return /^(?:person|being|animal|bird)$/u.test(entry.kind) || /^(?:toy|statue|snowman|scarecrow)$/u.test(entry.id);
  return !/\bit\b/u.test(text) || entry.kind !== 'person';
}

/** `on its back`, `beside it`: by what was spoken of before the thing just named; at the start of a clause for what follows. */
export function takePronoun(state: State, token: SceneToken, i: number): void {
  const how = token.byPronoun!;
  const { tokens, last } = state;
  if (token.isRelative && last !== undefined) {
    state.anchor = { how, to: last, isUsed: false, isForward: true };
    state.heads = [];
    return;
  }
  if (!thingBeforeInClause(state, i) || (tokens[i - 1]?.isAnd && opensForward(tokens, i))) openWith(state, token, i);
  else closeWith(state, token, i);
}

/** Him and her are people before they are dogs. */
const isSomebody = ({ naming: { entry } }: Draft): boolean => entry.kind === 'person' || entry.kind === 'being';

/** `Beside it stands …`: for what follows. */
function openWith(state: State, token: SceneToken, i: number): void {
  const how = token.byPronoun!;
  const { tokens, drafts, last, heads, referent } = state;
  const isBy = /^(?:behind|before|around)$/u.test(how) && !/\b(?:him|her|them)\b/u.test(token.text);
  const known = [
    ...(isBy ? state.sentenceHeads : []),
    ...heads,
    ...state.clauseHeads,
    ...(last === undefined ? [] : [last]),
  ];
  const ground = token.side ? lastMeant(state, token, (at) => drafts[at]!.isGround) : undefined;
  const again = referent !== undefined && canMean(token, drafts[referent]!) ? referent : undefined;
  const to =
    ground ??
    again ??
    (PEOPLE.test(token.text) && !known.some((at) => isSomebody(drafts[at]!))
      ? lastMeant(state, token, (at) => isSomebody(drafts[at]!) && !drafts[at]!.isGround)
      : undefined) ??
    known.find((at) => canMean(token, drafts[at]!)) ??
    lastMeant(state, token, () => true) ??
    known[0];
  if (to === undefined) return;
  state.referent = to;
  state.anchor = { how, to, isUsed: false, isForward: tokens[i - 1]?.isAnd === true || isAtEnd(state, i) };
  if (token.side ?? token.depth)
    state.place = { ...(token.side && { side: token.side }), ...(token.depth && { depth: token.depth }) };
  state.heads = [];
}

const WAITING = /^(?:waits?|stands?|sits?|walks?|watch|play|gather|follow|lies?|rests?|sleeps?|kneels?|lean)$/u;

/** Who is by it: what came with the subject and not in its hands, or the subject itself. */
function subjectsOf({ tokens, drafts, last, lastAt, heads }: State, token: SceneToken, i: number): readonly number[] {
  const hasVerb = tokens.slice(lastAt + 1, i).some((one) => Object.keys(one).length === 4 && WAITING.test(one.text));
  if (hasVerb || last === undefined || heads.includes(last) || drafts[last]!.isGround) return heads;
  // a traveller with a lantern halfway across it
  const isCarrier = /\bit$/u.test(token.text) && tokens.slice(0, lastAt).some(({ text }) => text === 'with');
  if (
    isCarrier &&
    heads.some((head) => LIVING.has(drafts[head]!.naming.entry.kind)) &&
    drafts[last]!.naming.entry.kind === 'thing'
  )
    return heads;
  const isHolders = drafts[last]!.isHeld && heads.length > 0 && !/\b(?:its|his|her|their) /u.test(token.text);
  return isHolders ? heads : [last];
}

/** `a hat beside it`: for what went before. */
function closeWith(state: State, token: SceneToken, i: number): void {
  const { tokens, drafts, last } = state;
  if (isOfStranger(state, i)) return;
  const all = subjectsOf(state, token, i);
  const own = all.filter((head) => drafts[head]!.start > (tokens[clauseStart(state, i)]?.start ?? 0) - 1);
  const subjects = own.length > 0 ? own : all;
  const free = subjects.filter((head) => !drafts[head]!.relation || drafts[head]!.isLoose);
  const isLastOpen = free.length === 0 && last !== undefined && state.lastAt === i - 1 && !drafts[last]!.relation;
  const open = isLastOpen ? [last] : free;
  const others = isLastOpen ? open : subjects;
  const isSides = /sides?$/u.test(token.text);
  const isRunning = token.byPronoun === 'in' && open.some((head) => FLOWING.test(drafts[head]!.naming.entry.id));
  // a bridge, a waterfall below, hikers halfway across: on the bridge
  const isHalfway = /way (?:up|down|along|across)$/u.test(token.text);
  const ground = isRunning
    ? drafts.findIndex((draft, at) => !open.includes(at) && isGrounded(draft) && !draft.isGround)
    : isHalfway
      ? drafts.findLastIndex((draft, at) => !open.includes(at) && WAY.test(draft.naming.entry.id))
      : -1;
  if (ground >= 0) {
    for (const head of open) relate(state, head, token.byPronoun!, ground);
    return;
  }
  const meant = isSides
    ? lastWithSides(drafts, (at) => !others.includes(at) && at < (open[0] ?? 0))
    : referentOf(state, token, (at) => !others.includes(at) && at < (open[0] ?? 0));
  if (meant < 0) return;
  for (const head of open) {
    relate(state, head, token.byPronoun!, meant);
    if (token.side) state.drafts[head]!.side = token.side;
    if (token.depth) state.drafts[head]!.depth ??= token.depth;
  }
}

/** `a village with a mill, a river running through it`: through the village. */
const WAY = /^(?:bridge|road|path|steps|ladder|mountain|hill|cliff|street|rope)$/u;
const FLOWING = /^(?:river|stream|road|path|street|rails|train)$/u;
const isGrounded = ({ naming: { entry } }: Draft): boolean =>
  entry.kind === 'land' || /^(?:village|city|forest|market)$/u.test(entry.id);

/** `a boy with a colander on his head`: what is there is something unknown. */
function isOfStranger({ tokens, lastAt }: State, i: number): boolean {
  const between = tokens.slice(lastAt + 1, i);
  const previous = between.at(-1);
  const isUnknown = previous !== undefined && Object.keys(previous).length === 4;
  return isUnknown && between.length > 1 && /^(?:with|wearing|carrying|balancing)$/u.test(between[0]!.text);
}

/** What is meant: water that mirrors, a table under which one hides, else what was spoken of last. */
function referentOf(state: State, token: SceneToken, isEarlier: (at: number) => boolean): number {
  const { drafts } = state;
  const how = token.byPronoun!;
  const isSolid = (at: number): boolean => isEarlier(at) && !LIVING.has(drafts[at]!.naming.entry.kind);
  const isFree = (at: number): boolean => isEarlier(at) && !drafts[at]!.isGround;
  const isMirror = (at: number): boolean => isEarlier(at) && drafts[at]!.naming.entry.kind === 'water';
  const people = PEOPLE.test(token.text)
    ? lastMeant(state, token, (at) => isFree(at) && isSomebody(drafts[at]!))
    : undefined;
  const first =
    people ?? lastMeant(state, token, (at) => isFree(at) && !drafts[at]!.isHeld) ?? lastMeant(state, token, isFree);
  // A cat on the table, and a mouse hides beneath it.
  const isOfThings = /^(?:under|on|in)$/u.test(how) && !token.bearers && first !== undefined && !isSolid(first);
  return (
    (how === 'reflected-in' ? lastMeant(state, token, isMirror) : undefined) ??
    (isOfThings ? lastMeant(state, token, isSolid) : undefined) ??
    first ??
    lastMeant(state, token, isEarlier) ??
    drafts.findLastIndex((draft, at) => isEarlier(at) && !draft.isHeld)
  );
}

/** On both sides of the road, the river, the gate, before those of anything else. */
function lastWithSides(drafts: readonly Draft[], isAllowed: (at: number) => boolean): number {
  const way = drafts.findLastIndex(
    ({ naming: { entry } }, at) =>
      isAllowed(at) && /^(?:road|path|street|river|stream|steps|bridge|gate|door|rails|temple)$/u.test(entry.id),
  );
  if (way >= 0) return way;
  const house = drafts.findLastIndex(({ naming: { entry } }, at) => isAllowed(at) && entry.kind === 'building');
  return house >= 0 ? house : drafts.findLastIndex((_, at) => isAllowed(at));
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
