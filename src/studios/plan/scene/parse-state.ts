/** The state of the grammar of scenes, and the questions its rules ask of it. */
import type { SceneElement } from '../../../kernel/index.ts';
import type { Naming } from './element-table.ts';
import { resumes } from './resuming.ts';
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
  /** In hand or on the body of another, so that seldom it is what is spoken of. */
  isHeld?: boolean;
  /** Its relation was taken over from an opening (`Under the moon, …`) and yields to one of its own. */
  isLoose?: boolean;
}

export interface Parsed {
  readonly drafts: readonly Draft[];
  readonly without: ReadonlySet<string>;
  /** Things named only for comparison. */
  readonly likened: readonly string[];
}

/** What was said of the next thing. */
export interface Pending {
  count?: number;
  isNew?: boolean;
  size?: SceneElement['size'];
  colour?: string;
  manners: Manner[];
  place?: Place;
}

/** What the grammar keeps in mind while words go by. */
export interface State {
  readonly tokens: readonly SceneToken[];
  readonly isVerse: boolean;
  readonly drafts: Draft[];
  readonly without: Set<string>;
  readonly likened: string[];
  pending: Pending;
  /** For all things of the clause. */
  place: Place | undefined;
  isPlaceFresh: boolean;
  /** Where what follows is; `former` are the things named before the ground, which it holds for when nothing follows. */
  anchor:
    | {
        how: How;
        to: number;
        isUsed: boolean;
        former?: readonly number[];
        isCarried?: boolean;
        isForward?: boolean;
        isFirm?: boolean;
        isList?: boolean;
      }
    | undefined;
  formerHeads: readonly number[];
  before:
    | {
        how: How;
        heads: readonly number[];
        side?: Place['side'];
        depth?: Place['depth'];
        isPassing?: boolean | undefined;
        isFirm?: boolean | undefined;
      }
    | undefined;
  /** What a pronoun at the start of a clause of this sentence meant. */
  referent: number | undefined;
  /** What the sentence began with. */
  sentenceHeads: readonly number[];
  /** The opening that a relative clause interrupts. */
  stash: State['anchor'];
  /** Whose body the clause spoke of: 女孩怀里. */
  topic: number | undefined;
  /** 老槐树下的`藤椅`上: where the ground of others itself is. */
  nested: { how: How; to: number } | undefined;
  /** 挂满灯笼的`院子`: a thing that describes the next one and, when it covers it, lies on it; 骑马的`人` is on his. */
  attribute: { index: number; how?: How; isMount?: boolean } | undefined;
  /** `mountain` of mountain road. */
  adjunct: number | undefined;
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

/** 三个`卖菜`的老人: unknown words that 的 turns into a description. */
function isDescription(tokens: readonly SceneToken[], i: number): boolean {
  if (tokens[i]!.language !== 'zh') return false;
  const rest = tokens.slice(i, i + 6);
  const link = rest.findIndex(({ isLink }) => isLink);
  return (
    link >= 0 &&
    rest.slice(0, link).every(({ stop, thing, after, isNew }) => !(stop ?? thing ?? after ?? isNew)) &&
    rest[link + 1]?.thing !== undefined
  );
}

/** Whether only modifiers stand between a word and the next thing. */
export function leadsToThing(tokens: readonly SceneToken[], i: number): boolean {
  let unknown = 0;
  for (const [at, token] of tokens.slice(i + 1, i + 9).entries()) {
    if (token.thing) return true;
    // on a back road
    const isNoun = token.isVerbal && tokens[i + at]?.isNew && token.language === 'en';
    if (token.stop || token.place || (token.before && !token.manners && !isNoun)) return false;
    if (unknown > 0 && token.language === 'en' && token.manners?.some(({ isVerb }) => isVerb)) return false;
    const isDescriptive =
      token.language === 'en' && Object.keys(token).length === 4 && /(?:ed|en|ful|less|ish|ous|ic)$/u.test(token.text);
    if (!isModifier(token) && !isDescriptive && ++unknown > 1 && !isDescription(tokens, tokens.indexOf(token)))
      return false;
  }
  return false;
}

/** Whether the last thing stands directly before, adverbs apart. */
export function isBeside(state: State, i: number): boolean {
  const between = state.tokens.slice(state.lastAt + 1, i);
  return (
    state.lastAt >= 0 &&
    between.length < 4 &&
    between.every((token) => !token.stop && !token.after && !token.thing && !token.isAnd && !token.place)
  );
}

/** He, she, it: what the text spoke of. */
export const isSubject = ({ text }: SceneToken): boolean =>
  /^(?:it|it's|he|he's|she|she's|they|they're|它|他|她|它们|他们|她们)$/u.test(text);

/** Where the clause that holds a word begins. */
export const clauseStart = ({ tokens }: State, i: number): number =>
  tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;

export function thingBeforeInClause({ tokens, heads }: State, i: number): boolean {
  const start = tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;
  const isResumed = start > 0 && resumes(tokens, start - 1);
  return heads.length > 0 && (isResumed || tokens.slice(start, i).some((token) => token.thing || isSubject(token)));
}

export const isClauseStart = ({ tokens }: State, i: number): boolean => {
  const start = tokens.slice(0, i).findLastIndex((token) => token.stop || token.isAnd) + 1;
  return tokens.slice(start, i).every((token) => !token.thing && !token.place);
};

export function relate(state: State, from: number, how: How, to: number): void {
  const draft = state.drafts[from]!;
  if (from === to || (draft.relation && !draft.isLoose)) return;
  const former = draft.relation;
  delete draft.relation;
  if (leadsBack(state.drafts, to, from)) {
    if (former) draft.relation = former;
    return;
  }
  draft.relation = { how, to };
  // a moon in the sky is at the top
  if (state.drafts[to]!.naming.entry.id === 'sky' && how === 'in' && draft.naming.entry.kind !== 'land')
    draft.level ??= 'top';
  draft.isLoose = false;
}

function leadsBack(drafts: readonly Draft[], from: number, to: number): boolean {
  for (let at: number | undefined = from, steps = 0; at !== undefined && steps < drafts.length; steps++) {
    if (at === to) return true;
    at = drafts[at]!.relation?.to;
  }
  return false;
}

/** A character without meaning, as in 荷花`苞`上. */
export function isShapeless(token: SceneToken | undefined): boolean {
  return token !== undefined && token.text.length === 1 && token.language === 'zh' && Object.keys(token).length === 4;
}
