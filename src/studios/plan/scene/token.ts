import type { SceneElement } from '../../../kernel/index.ts';
import type { Naming } from './element-table.ts';

export type How = NonNullable<SceneElement['relation']>['how'];
export type Place = Pick<SceneElement, 'depth' | 'side' | 'level'>;

/** How something is: only things of these kinds can be so. */
export interface Manner {
  readonly id: string;
  readonly kinds: readonly string[];
  /** It is done (flying, sitting) rather than had (old, red). */
  readonly isVerb: boolean;
}

/** What a word can mean in a scene; a word may mean several things and the grammar decides. */
export interface Meaning {
  readonly thing?: Naming;
  /** A thing only where something counts, colours or places it. */
  readonly isWeak?: boolean;
  readonly count?: number;
  /** Says that a new thing is meant: a, another, 一只. */
  readonly isNew?: boolean;
  readonly size?: SceneElement['size'];
  readonly colour?: string;
  readonly manners?: readonly Manner[];
  readonly place?: Place;
  /** Stands after what it relates to: 江`上`. */
  readonly after?: How;
  /** Stands before what it relates to: `under` the moon, `穿过`森林. */
  readonly before?: How;
  /** Says more of where one is than a place named before: 花深处一人`骑`驴. */
  readonly isFirm?: boolean;
  /** From left to right: what follows stands in this order. */
  readonly isOrder?: boolean;
  /** A part with what is by it: 船舱里, 琴键上. */
  readonly isPart?: boolean;
  /** Gone through on the way, so that where one ends up counts more: 穿过. */
  readonly isPassing?: boolean;
  /** A verb, so that something must stand before it and what it acts on behind: peaks `ring` the lake. */
  readonly isVerbal?: boolean;
  /** Relates to what was spoken of before: `on its back`, `beside it`. */
  readonly byPronoun?: How;
  /** Kinds that have the part which is named: `on its arms`, `beside its shore`. */
  readonly bearers?: readonly string[];
  /** Stands for the thing named last: `behind which`. */
  readonly isRelative?: boolean;
  /** With `before`: what it relates stands on this side of it, `to the left of`. */
  readonly side?: Place['side'];
  /** With `before`: how far away that is, `at the far end of`. */
  readonly depth?: Place['depth'];
  /** 在: what comes before is where the next words say. */
  readonly isAt?: boolean;
  /** 倒映着: what follows is mirrored in what came before. */
  readonly mirrors?: boolean;
  /** What follows relates so to what came before: surrounded by. */
  readonly reversed?: How;
  readonly isNegation?: boolean;
  readonly isLikeness?: boolean;
  /** 的 */
  readonly isLink?: boolean;
  readonly isAnd?: boolean;
  /** What follows belongs to what came before, which stays what the clause is about: holding, with. */
  readonly isHolding?: boolean;
  /** Words that end a negation or open something new: 有, but, with. */
  readonly opens?: boolean;
  readonly stop?: 'comma' | 'full';
  /** A word without a picture. */
  readonly isPlain?: boolean;
}

/** A word of the brief with its place, in UTF-16 units. */
export interface SceneToken extends Meaning {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly language: 'zh' | 'en';
}
