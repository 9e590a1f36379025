/** Chinese sentences of what is where, without 在: 墙角堆着南瓜, 船身爬满藤蔓, 半山腰有座小庙. */
import { HOLLOW } from './connect-thing.ts';
import { leadsToThing, type State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

/** 船身爬满藤蔓: what something is full of lies on it. */
export function covers(state: State, i: number): void {
  const { last, lastAt, tokens, drafts, anchor } = state;
  if (last === undefined || (anchor && !anchor.isUsed) || !leadsToThing(tokens, i)) return;
  const between = tokens.slice(lastAt + 1, i);
  if (/^[占填充布洒撒盖]满/u.test(tokens[i]!.text) || isCoverer(drafts[last]!, tokens, i)) {
    state.before = { how: 'on', heads: [last] };
    return;
  }
  if (between.length > 3 || between.some(({ stop, isAnd, thing, isLink }) => stop ?? isAnd ?? thing ?? isLink)) return;
  state.anchor = { how: 'on', to: last, isUsed: false };
  state.heads = [];
  drafts[last]!.isGround = true;
}

/** 桥头`一棵`老樟树, 江面`几点`帆影: a ground and what is on it, without a word between. */
export const isListedOn = (state: State, token: SceneToken, i: number): boolean =>
  token.language === 'zh' &&
  state.lastAt === i - 1 &&
  ((token.isNew === true && leadsToThing(state.tokens, i)) ||
    (token.thing !== undefined &&
      !token.isWeak &&
      /(?:[边畔]|墙头|桥头|[江河湖海水冰]面)$/u.test(state.tokens[i - 1]!.text)));

/** 桥头, 村口: such names are places by the thing. */
const ENDS = /[头口边畔角根]$/u;

/** 墙角`堆着`几个南瓜: what lies at the end of a thing. */
export function isExistential({ tokens, lastAt }: State, i: number): boolean {
  const { text, language } = tokens[i]!;
  if (language !== 'zh' || lastAt !== i - 1 || !ENDS.test(tokens[i - 1]!.text)) return false;
  return /.[着出了]$/u.test(text) || /^[着出了]$/u.test(tokens[i + 1]?.text ?? '');
}

/** 银杏叶铺满了石阶: leaves lie on steps, whichever is named first. */
function isCoverer({ naming }: State['drafts'][number], tokens: readonly SceneToken[], i: number): boolean {
  const covered = tokens.slice(i + 1).find(({ thing, stop }) => thing ?? stop)?.thing?.entry.kind;
  return (
    COVERERS.test(naming.entry.kind) &&
    covered !== undefined &&
    /^(?:land|building|thing|water|vehicle)$/u.test(covered)
  );
}
const COVERERS = /^(?:plant|flower|weather|light)$/u;

/** 半山腰有座小庙: land that has something carries it. */
export function opensOn(state: State, i: number): void {
  const { last, lastAt, tokens, drafts } = state;
  if (last === undefined || lastAt !== i - 1 || state.anchor || !leadsToThing(tokens, i)) return;
  const start = tokens.slice(0, i).findLastIndex((token) => token.stop) + 1;
  const { kind, id } = drafts[last]!.naming.entry;
  const isAlone = tokens.slice(start, i).filter(({ thing }) => thing).length === 1;
  const isEnd = ENDS.test(tokens[i - 1]!.text) && /^(?:building|land|thing)$/u.test(kind);
  if (!isAlone || (kind !== 'land' && kind !== 'water' && id !== 'room' && id !== 'greenhouse' && !isEnd)) return;
  state.anchor = {
    how:
      isEnd && tokens[i - 1]!.text !== '墙头'
        ? 'beside'
        : HOLLOW.test(id) || id === 'room' || id === 'greenhouse'
          ? 'in'
          : 'on',
    to: last,
    isUsed: false,
  };
  state.heads = [];
  drafts[last]!.isGround = true;
}
