/** Words of place behind a thing: 江上, 房子左边, and 旁边, 后面 alone. */
import { bearerOf, hasBody, LIVING, OF_BODY } from './by-body.ts';
import { HOLLOW } from './connect-thing.ts';
import { isPlot } from './is-thing.ts';
import { isClauseStart, isShapeless, leadsToThing, relate, type State } from './parse-state.ts';
import { isAtEnd } from './take-preposition.ts';
import type { Place, SceneToken } from './token.ts';

/** A word after a thing that says where something is by it: 江`上`, 房子`左边`. */
export function takePosition(state: State, token: SceneToken, i: number): boolean {
  if (isUpOrDown(state, token, i)) return true;
  if (!token.after || state.last === undefined) return takeLoosePosition(state, token, i);
  const previous = state.tokens[i - 1];
  const isAfterThing =
    i - 1 === state.lastAt ||
    (i - 2 === state.lastAt &&
      (previous?.isLink || isShapeless(previous) || isPlot(state.tokens, i - 1) || previous?.text === '像'));
  // 在右边`那`棵老树上
  if (!isAfterThing && token.place && /^[那这]$/u.test(state.tokens[i + 1]?.text ?? '')) {
    state.pending.place = { ...state.pending.place, ...token.place };
    return true;
  }
  if (!isAfterThing || previous?.stop) return takeLoosePosition(state, token, i);
  const to = state.last;
  const ground = state.drafts[to]!;
  const isOverhead = /^头[上顶]/u.test(token.text) && /[飞旋掠]/u.test(state.tokens[i + 1]?.text ?? '');
  const isFloor = /^底[下部]?$/u.test(token.text) && HOLLOW.test(ground.naming.entry.id);
  const isRim = /^[口沿]$/u.test(token.text) && /^(?:thing|food)$/u.test(ground.naming.entry.kind);
  const isWithin = isRim && /^[伸探长冒露]/u.test(state.tokens[i + 1]?.text ?? '');
  const how = isWithin ? 'in' : isRim ? 'on' : isFloor ? 'in' : isOverhead ? 'above' : token.after;
  const isOfWeather = ground.naming.entry.kind === 'weather' && state.tokens[i + 1]?.isLink && state.anchor;
  if (isOfWeather) return true;
  if (previousIsNested(state, i)) {
    state.nested = { how, to };
    ground.isGround = true;
    return true;
  }
  if (state.at) {
    for (const head of state.at) {
      const isFlying = state.drafts[head]!.states.has('flying') && /^(?:之上|上面|上方)$/u.test(token.text);
      const isAloft = how === 'on' && (isFlying || isFlownTo(state, i));
      relate(state, head, isAloft ? 'above' : how, to);
      Object.assign(state.drafts[head]!, onPicture(token));
    }
    ground.isGround = true;
    state.at = undefined;
    return true;
  }
  if (OF_BODY.test(token.text) && LIVING.has(ground.naming.entry.kind)) state.topic = to;
  const former = state.heads[0] === to ? state.formerHeads : [];
  state.heads = state.heads.filter((head) => head !== to);
  ground.isGround = true;
  nestOpening(state, to);
  state.anchor = { how, to, isUsed: false, former };
  const place = onPicture(token);
  if (Object.keys(place).length > 0) state.place = place;
  return true;
}

/** 老人身后，`墙上`…: the second ground is where the first one says. */
function nestOpening({ anchor, drafts }: State, to: number): void {
  if (!anchor || anchor.isUsed || !anchor.isCarried || anchor.to === to || drafts[to]!.relation) return;
  if (drafts[anchor.to]!.relation?.to === to) return;
  drafts[to]!.relation = { how: anchor.how, to: anchor.to };
  drafts[to]!.isLoose = true;
}

/** 鹰在`上`，蛇在`下`. */
function isUpOrDown(state: State, { text }: SceneToken, i: number): boolean {
  if (!state.at || !/^[上下]$/u.test(text) || !state.tokens[i - 1]?.isAt || !isAtEnd(state, i)) return false;
  for (const head of state.at) state.drafts[head]!.level = text === '上' ? 'top' : 'bottom';
  state.at = undefined;
  return true;
}

/** `飞在`稻田上 */
const isFlownTo = ({ tokens }: State, i: number): boolean =>
  tokens.slice(Math.max(0, i - 6), i).some(({ text }) => /^(?:飞|翱翔|盘旋|飘浮|悬|悬浮|悬停|漂浮)在$/u.test(text));

/** 塔的左侧, 路的尽头: by a thing and on the picture at once; 上方 is only by the thing. */
const onPicture = ({ place }: SceneToken): Place => ({
  ...(place?.side && { side: place.side }),
  ...(place?.depth && { depth: place.depth }),
});

/** 在老槐树下`的`藤椅上: the ground has a ground of its own. */
const previousIsNested = ({ at, before, tokens }: State, i: number): boolean =>
  (at !== undefined || before !== undefined) && tokens[i + 1]?.isLink === true && leadsToThing(tokens, i + 1);

/** 旁边, 后面, 四周 without a thing mean by the thing the text is at. */
function takeLoosePosition(state: State, token: SceneToken, i: number): boolean {
  if (!token.after) return false;
  const before = state.tokens[i - 1];
  const isCounted = before?.isNew === true && before.language === 'zh' && !before.thing && before.end === token.start;
  if (isCounted && isClauseStart(state, i)) {
    const one = state.heads.at(-1) ?? state.clauseHeads.at(-1) ?? state.last;
    if (one === undefined) return false;
    state.anchor = { how: token.after, to: one, isUsed: false };
    state.pending = { manners: [] };
    return true;
  }
  if (token.text.length < 2) return false;
  if (state.at && isAtPlace(state, token)) return true;
  if (!isClauseStart(state, i)) return false;
  const head = meantBy(state, token);
  const isPair =
    state.drafts.some(({ level, relation }) => level !== undefined && !relation) || isLaidOut(state, token);
  if (head === undefined && /^[前后][面边方头]$/u.test(token.text)) {
    state.place = { depth: token.text.startsWith('前') ? 'near' : 'far' };
    state.isPlaceFresh = true;
    return true;
  }
  // 贺卡上面有蛋糕: on something without a name, unless what is below is told as well.
  if (
    head === undefined &&
    /^上/u.test(token.text) &&
    !state.tokens.slice(i).some(({ text }) => /^下[面边头方]?$/u.test(text))
  )
    return true;
  if ((head === undefined || isPair) && UPPER_LOWER.test(token.text)) {
    state.place = { level: /上/u.test(token.text) ? 'top' : 'bottom' };
    state.isPlaceFresh = true;
    const isOpen = head !== undefined && state.drafts[head]!.level !== state.place.level && !isLaidOut(state, token);
    if (isOpen && !state.drafts[head]!.isGround) state.anchor = { how: token.after, to: head, isUsed: false };
    return true;
  }
  const following = state.tokens.slice(i + 1, i + 6).find(({ thing }) => thing)?.thing?.entry.kind;
  if (token.text === '脚下' && head !== undefined && hasBody(state.drafts[head]!) && LIVING.has(following ?? '')) {
    state.anchor = { how: 'beside', to: head, isUsed: false };
    return true;
  }
  if (head === undefined || token.place) return false;
  if (OF_BODY.test(token.text) && hasBody(state.drafts[head]!)) state.topic = head;
  if (/^[后][面边方]$/u.test(token.text)) state.place = { depth: 'far' };
  const { relation } = state.drafts[head]!;
  const isLower = token.after === 'under' && relation?.how === 'on';
  // 拉面上面有鸡蛋，旁边一双筷子: beside the noodles
  const isMeal =
    token.after === 'beside' && relation?.how === 'on' && state.drafts[relation.to]!.naming.entry.kind === 'food';
  const isOther = isMeal || (/头$/u.test(token.text) && relation?.how === token.after);
  const isOverhead =
    /^(?:头[上顶]|上[面方边])/u.test(token.text) && /[飞旋掠飘]/u.test(state.tokens[i + 1]?.text ?? '');
  state.anchor = {
    how: isOverhead ? 'above' : token.after,
    to: relation && (isLower || isOther) ? relation.to : head,
    isUsed: false,
  };
  return true;
}

/** What a place without a thing is by. */
function meantBy(state: State, token: SceneToken): number | undefined {
  // 院子里…，角落里一口缸: in the corner of the place, whatever was named last
  const isPlace = ({ naming: { entry } }: State['drafts'][number]): boolean =>
    /^(?:land|building)$/u.test(entry.kind) && entry.id !== 'window';
  const corner = /^角/u.test(token.text) ? state.drafts.findLastIndex(isPlace) : -1;
  const hollow = state.drafts.findLastIndex(({ naming }) => naming.entry.zh.includes(token.text[0]!));
  const named = corner >= 0 ? corner : hollow;
  return named >= 0 ? named : (bearerOf(state, token) ?? spokenOf(state) ?? state.last);
}

const FLEETING = /^(?:smoke|sunlight|moonlight|starlight|mist|wind|rain|snow|spark|halo)$/u;

/** What the clause before was about: the stove, not its smoke. */
function spokenOf({ clauseHeads, drafts }: State): number | undefined {
  const isLasting = (at: number): boolean => !FLEETING.test(drafts[at]!.naming.entry.id);
  const found = clauseHeads.find(isLasting);
  if (found !== undefined || clauseHeads.length === 0) return found;
  const last = drafts.findLastIndex((_draft, at) => isLasting(at));
  return last < 0 ? clauseHeads[0] : last;
}

/** 中间是地球，…，`上面`有彩虹，下面是花: the parts of the picture one after another. */
const isLaidOut = ({ tokens }: State, { text }: SceneToken): boolean =>
  tokens.some(
    (one, at) =>
      one.place?.side === 'centre' &&
      /^(?:是|有|画)/u.test(tokens[at + 1]?.text ?? '') &&
      (at === 0 || tokens[at - 1]!.stop !== undefined),
  ) && tokens.some((one) => /^[上下][面边方头]$/u.test(one.text) && one.text[0] !== text[0]);

const UPPER_LOWER = /^(?:[上下][面边方头]|底下|最[上下][面边]?)$/u;

const BRANCHES = /^(?:枝头|梢|树梢|枝上)$/u;

/** 乌鸦落在枝头: on the tree that the text spoke of; 坐在旁边: beside what it was about. */
function isAtPlace(state: State, { text, after, place }: SceneToken): boolean {
  const { at = [], drafts, clauseHeads } = state;
  const isOther = (index: number): boolean => !at.includes(index);
  const to = BRANCHES.test(text)
    ? drafts.findLastIndex(({ naming }, index) => naming.entry.kind === 'tree' && isOther(index))
    : place
      ? -1
      : (bearerOf(state, { text }, isOther) ?? clauseHeads.find(isOther) ?? -1);
  if (to < 0) return false;
  for (const head of at) relate(state, head, after!, to);
  state.at = undefined;
  return true;
}
