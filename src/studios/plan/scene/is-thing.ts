/** Whether a name is a thing here: names of one character need something that counts, places or holds them. */
import { isShapeless, type State } from './parse-state.ts';
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
  // 一篮草莓: the basket is there, and they are in it.
  const isFilled =
    /^[篮筐篓]$/u.test(token.text) && /^[一两三几半满]$/u.test(previous?.text ?? '') && next?.thing !== undefined;
  if (isFilled || isCompound || isOfPart || isDescribed || isTopic || isMeasured || isActedOn || isTelegraphic)
    return true;
  if (exists(state, token, i)) return true;
  return Boolean(isHeld) || isSomeone || (next?.start === token.end && next.after !== undefined && next.text !== '头');
}

/** 屋顶上有`霜`, 沙滩上有`人`点着篝火: what a place has. */
function exists({ tokens, isNegated }: State, { text, start }: SceneToken, i: number): boolean {
  const [previous, next] = [tokens[i - 1], tokens[i + 1]];
  if (previous?.text !== '有' || previous.end !== start || isNegated) return false;
  const isLast = next === undefined || next.stop !== undefined;
  return text === '人' ? !isLast : isLast && tokens[i - 2]?.after !== undefined;
}

/** 油菜花`田`: a field of what was named. */
export function isPlot(tokens: readonly SceneToken[], i: number): boolean {
  const previous = tokens[i - 1];
  const kind = previous?.thing?.entry.kind;
  return (
    /^(?:[田林海]|花海|花田)$/u.test(tokens[i]!.text) &&
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
