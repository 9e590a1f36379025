/** Places by somebody's body: 怀里, 脚边, 身后, and around her. */
import { type Draft, isSubject, relate, type State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

/** 女孩`怀里`抱着猫: the talk stays of the girl. */
/** Whoever has arms, feet and a back. */
export const hasBody = ({ naming: { entry } }: Draft): boolean =>
  LIVING.has(entry.kind) || /^(?:statue|buddha|scarecrow|snowman|fu-dog|skull|toy)$/u.test(entry.id);

export const OF_BODY = /^(?:面前|怀|手|嘴|口|背|肩|头|身|腰|膝|腿|脚|掌|臂|颈|脸|胸|耳|鼻|尾|爪|翅|胳膊|脑袋)/u;
export const LIVING = new Set(['person', 'being', 'animal', 'bird', 'fish', 'insect']);

/** 脚边, 身后, 背上: by somebody, the one the text was about before others. */
export function bearerOf(
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
export function takeSomebody(state: State, token: SceneToken, i: number): boolean {
  const next = state.tokens[i + 1];
  if (!next || !isSubject(next) || state.tokens[i + 2]?.after || state.tokens[i + 2]?.isLink) return false;
  const meant = state.drafts.findLastIndex(
    (draft, at) => !state.heads.includes(at) && hasBody(draft) && !draft.isGround,
  );
  for (const head of meant < 0 ? [] : state.heads) relate(state, head, token.before!, meant);
  return meant >= 0;
}
