/** What a preposition comes to with these two: on a bridge that one walks over, in a door that one looks from, before the moon that one crosses. */
import type { State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

/** `crossing the moon`, `against the sun`: seen before it. */
export function isAcrossSky({ drafts, tokens }: State, index: number, i: number): boolean {
  const isDisc = /^(?:moon|sun|planet)$/u.test(drafts[index]!.naming.entry.id);
  return (
    isDisc &&
    tokens
      .slice(Math.max(0, i - 3), i)
      .some(({ text }) => /^(?:cross(?:es|ing)|against|past|across|silhouetted against|outlined against)$/u.test(text))
  );
}

/** 走过木桥, over the bridge, over the hills: who walks is on it. */
export function isWalked(
  { drafts, tokens }: State,
  before: NonNullable<State['before']>,
  head: number,
  index: number,
): boolean {
  const isWay = /^(?:bridge|path|road|street|steps)$/u.test(drafts[index]!.naming.entry.id);
  const isWalker = /^(?:person|animal)$/u.test(drafts[head]!.naming.entry.kind);
  const isEnglish = tokens[0]?.language === 'en';
  const isLand = drafts[index]!.naming.entry.kind === 'land';
  // up a tree, down the hill: on it
  if (
    before.how === 'along' &&
    isEnglish &&
    /^(?:hill|mountain|tree|cliff|ladder|dune|wall|tower|volcano|steps)$/u.test(drafts[index]!.naming.entry.id)
  )
    return true;
  if (isLand && isWalker && before.how === 'above' && !drafts[head]!.states.has('flying')) return true;
  const isDriven = /^(?:car|truck|bus|tractor|bicycle|motorcycle|train|cart|sled|tram)$/u.test(
    drafts[head]!.naming.entry.id,
  );
  if (isDriven && before.how === 'above' && (isLand || isWay) && !drafts[head]!.states.has('flying')) return true;
  return isWay && isWalker && (before.how === 'above' || (before.how === 'in' && before.isPassing === true));
}

/** `over the door of the inn`: whose ground it is. */
export function isOfGround({ tokens, last, lastAt, drafts, anchor, heads }: State, i: number): boolean {
  const between = tokens.slice(lastAt + 1, i);
  const isOf = between[0]?.text === 'of' && between.length < 4 && between.every(({ stop, isAnd }) => !stop && !isAnd);
  return (
    isOf && last !== undefined && drafts[last]!.isGround && anchor?.to === last && !anchor.isUsed && heads.length === 0
  );
}

/** `watching from the barn door`: in it. */
export const isFromDoor = ({ drafts, tokens }: State, how: string, index: number, i: number): boolean =>
  how === 'on' &&
  /^(?:door|gate|window)$/u.test(drafts[index]!.naming.entry.id) &&
  tokens.slice(Math.max(0, i - 4), i).some(({ text }) => /\bfrom\b/u.test(text));

/** Somebody on an animal or in a vehicle is there before anywhere else. */
export function isMount({ drafts }: State, how: string, head: number, index: number): boolean {
  const { kind } = drafts[index]!.naming.entry;
  return (
    how === 'on' &&
    drafts[head]!.naming.entry.kind === 'person' &&
    /^(?:animal|vehicle|bird|fish|insect|being)$/u.test(kind)
  );
}

/** 在向日葵`和`篱笆之间 */
export function isSpanned(tokens: readonly SceneToken[], i: number): boolean {
  const rest = tokens.slice(i + 2, i + 7);
  const end = rest.findIndex(({ stop }) => stop);
  return (end < 0 ? rest : rest.slice(0, end)).some(({ after }) => after === 'between');
}
