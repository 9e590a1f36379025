/** English sentences over their commas: subjects that come in a list, that are taken up again, that a relative clause parts from their place. */
import type { State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

const sentenceStart = (tokens: readonly SceneToken[], i: number): number =>
  tokens.slice(0, i).findLastIndex(({ stop }) => stop === 'full') + 1;

/** `The nurse, the soldier, and the pigeon share a bench`: all that were named when the verb comes; undefined when it is no such list. */
export function listedSubjects({ tokens, drafts }: State, i: number): number[] | undefined {
  const next = tokens[i + 1];
  const isVerb =
    next !== undefined &&
    !next.stop &&
    !next.isAnd &&
    !next.isHolding &&
    !next.thing &&
    !next.place &&
    (!next.before || next.isVerbal === true) &&
    !next.byPronoun;
  if (tokens[i]!.language !== 'en' || !isVerb || next.text === 'of') return undefined;
  const start = sentenceStart(tokens, i);
  const before = tokens.slice(start, i);
  const isPlain = before.every(
    ({ before: preposition, place, isAt, byPronoun, isHolding, reversed }) =>
      !(preposition ?? place ?? isAt ?? byPronoun ?? isHolding ?? reversed),
  );
  const isList = isPlain && before.some(({ isAnd }) => isAnd) && before.some(({ stop }) => stop);
  if (!isList) return undefined;
  const from = tokens[start]!.start;
  // `a ladder, and a cat asleep on a chair`: ladders do not sleep.
  const isPose = POSE.test(next.text) && isLiving(tokens[i]!.thing!.entry.kind);
  return drafts.flatMap((draft, at) =>
    draft.start >= from && !draft.relation && (!isPose || isLiving(draft.naming.entry.kind)) ? [at] : [],
  );
}

/** Whether what follows is done by the living alone, so that the ladder named before is not in it. */
export const isPoseOf = ({ tokens, drafts, heads }: State, i: number): boolean =>
  POSE.test(tokens[i + 1]?.text ?? '') &&
  isLiving(tokens[i]!.thing!.entry.kind) &&
  heads.some((head) => !isLiving(drafts[head]!.naming.entry.kind));

const POSE = /^(?:asleep|sleeping|curled|sitting|lying|napping|dozing|perched|seated|crouching|kneeling)/u;
const isLiving = (kind: string): boolean => /^(?:person|being|animal|bird|insect|fish)$/u.test(kind);

/** `behind my grandmother, whose hands …, a door`: whether what comes next only describes what was named. */
export const isRelativeClause = (token: SceneToken | undefined): boolean =>
  token?.language === 'en' && /^(?:whose|who|which|where)$/u.test(token.text);

/** `and beyond the door the sea`: a ground and, right behind it, what is there. */
export function opensForward(tokens: readonly SceneToken[], i: number): boolean {
  if (tokens[i]!.language !== 'en' || !tokens[i - 1]?.isAnd) return false;
  const at = tokens.findIndex(({ thing }, index) => index > i && thing);
  const next = tokens[at + 1];
  return (
    at > 0 &&
    at - i < 4 &&
    next !== undefined &&
    (next.isNew === true || next.text === 'the') &&
    tokens.slice(at + 2, at + 5).some(({ thing }) => thing)
  );
}
