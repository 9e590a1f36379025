/** Things that only describe another: 挂满灯笼的院子, 打伞的人, 被竹林环绕的寺庙, a ridge of dunes, mountain road. */
import { leadsToThing, relate, type State } from './parse-state.ts';
import type { How, SceneToken } from './token.ts';

const COVERING = /满$|^(?:长着|开着|挂着|种着|铺着|堆着|摆着|点着|飘着|铺|覆|盖着|结着|爬着|停着|落着)$/u;
const HOLDING =
  /^身[着穿披]$|[驮载托顶缝修洗扫打撑戴穿卖拿提抱背挑扛牵骑吃喝看读吹弹拉举捧端披系捕钓采放赶推摇划佩握持养喂踢叼衔载运追逗领牵跟]着?$/u;
const PASSIVE: Readonly<Record<string, How>> = {
  环绕: 'around',
  围绕: 'around',
  包围: 'around',
  环抱: 'around',
  围住: 'around',
  掩映: 'before',
  遮住: 'before',
  遮掩: 'before',
  覆盖: 'on',
  笼罩: 'on',
  缠绕: 'on',
  簇拥: 'around',
};

/** Whether the thing at `i` describes what follows it; remembers how, without giving it a place of its own. */
export function takeAttribute(state: State, index: number, i: number): boolean {
  const { tokens } = state;
  if (tokens[i]!.language !== 'zh') return false;
  const verb = verbBefore(tokens, i);
  if (verb === undefined) return false;
  if (verb.text === '被') return takePassive(state, index, i);
  if (!tokens[i + 1]?.isLink || !leadsToThing(tokens, i + 1)) return false;
  if (COVERING.test(verb.text)) state.attribute = { index, how: 'on' };
  else if (/^[骑乘]/u.test(verb.text)) state.attribute = { index, isMount: true };
  else if (HOLDING.test(verb.text) || verb.isHolding) state.attribute = { index };
  else return false;
  return true;
}

const CARRYING = /[驮载托顶]着?$/u;

/** 老太太缝衣服: what somebody does something with, by the order of the words. */
function isObject({ tokens, lastAt, last, heads, drafts, anchor }: State, i: number): boolean {
  if (last === undefined || !heads.includes(last) || !canHold(drafts[last]!) || (anchor && !anchor.isUsed))
    return false;
  const between = tokens.slice(lastAt + 1, i);
  if (tokens[i + 1]?.after || between.some(({ text }) => /^[从向往朝由]$/u.test(text))) return false;
  const isPlainWay = between.every(
    (token) => !token.stop && !token.isAnd && !token.after && !token.place && !token.isAt,
  );
  return (
    isPlainWay &&
    between.some((token) => token.language === 'zh' && !token.isNew && !token.isLink && !token.colour && !token.size)
  );
}

const LIVING = new Set(['person', 'being', 'animal', 'bird', 'fish', 'insect']);
const STEERED = /[划摇撑驾开坐乘]着?$/u;

/** 摇着扇子: what somebody holds has no place of its own, and the talk stays of them; 划着小船: they are in it. */
export function takeHeld(state: State, index: number, i: number): boolean {
  const { tokens, drafts, heads, clauseHeads, anchor } = state;
  if (state.isVerse || tokens[i]!.language !== 'zh' || state.before || state.at) return false;
  const own = tokens[i]!.manners?.some(({ isVerb }) => isVerb) ? tokens[i] : undefined;
  const verb = own ?? verbBefore(tokens, i);
  const isHolding = verb !== undefined && (own || HOLDING.test(verb.text) || verb.isHolding);
  if (!isHolding && !isObject(state, i)) return false;
  const holders = (heads.length > 0 ? heads : clauseHeads).filter((head) => canHold(drafts[head]!));
  if (holders.length === 0 || (anchor && !anchor.isUsed && !anchor.isCarried)) return false;
  const { id, kind } = drafts[index]!.naming.entry;
  const isSat = tokens.slice(state.lastAt + 1, i).some(({ text }) => /^坐着?$/u.test(text));
  if (isSat && /^(?:chair|bench|stump|rock|swing|straw-mat)$/u.test(id)) {
    for (const head of holders) relate(state, head, 'on', index);
    drafts[index]!.isGround = true;
    return true;
  }
  if (
    verb &&
    CARRYING.test(verb.text) &&
    (kind !== 'thing' || holders.every((head) => drafts[head]!.naming.entry.kind !== 'person'))
  ) {
    for (const head of holders) relate(state, index, 'on', head);
    return true;
  }
  if (kind === 'vehicle' && verb && STEERED.test(verb.text)) {
    for (const head of holders) relate(state, head, 'on', index);
    drafts[index]!.isGround = true;
    return true;
  }
  if (kind === 'person' && verb && /^背/u.test(verb.text)) {
    for (const head of holders) relate(state, index, 'on', head);
    return true;
  }
  // 母亲抱着婴儿: the talk stays of her
  if (kind === 'person' && verb && /^[抱背搂]/u.test(verb.text)) return true;
  return kind === 'thing' || kind === 'food' || kind === 'light' || kind === 'flower' || kind === 'plant';
}

const canHold = ({ naming: { entry } }: State['drafts'][number]): boolean =>
  LIVING.has(entry.kind) || /^(?:statue|buddha|scarecrow|snowman|toy|skull)$/u.test(entry.id);

function takePassive(state: State, index: number, i: number): boolean {
  const { tokens } = state;
  const how = PASSIVE[tokens[i + 1]?.text ?? ''];
  if (how === undefined) return false;
  if (tokens[i + 2]?.isLink && leadsToThing(tokens, i + 2)) state.attribute = { index, how };
  else if (state.heads.length > 0) relate(state, index, how, state.heads[0]!);
  return true;
}

/** 骑扫把的女巫: the mount describes who rides, and says nothing of what was named before. */
export function describesRider(tokens: readonly SceneToken[], i: number): boolean {
  const rider = tokens[i + 3]?.isLink ? tokens[i + 4] : tokens[i + 3];
  return (
    /^[骑乘]/u.test(tokens[i]!.text) &&
    tokens[i + 1]?.thing !== undefined &&
    tokens[i + 2]?.isLink === true &&
    rider?.thing !== undefined &&
    LIVING.has(rider.thing.entry.kind)
  );
}

/** The word before a thing and what describes it, when nothing else stands between. */
function verbBefore(tokens: readonly SceneToken[], i: number): SceneToken | undefined {
  for (let at = i - 1; at >= Math.max(0, i - 5); at--) {
    const token = tokens[at]!;
    if (token.stop || token.thing) return undefined;
    const joined = token.text === '着' && at > 0 ? `${tokens[at - 1]!.text}着` : '';
    if (HOLDING.test(joined) || COVERING.test(joined)) return { ...token, text: joined };
    // 一顶帐篷 is counted, not carried.
    const isVerb = COVERING.test(token.text) || HOLDING.test(token.text);
    if ((isVerb && !token.isNew) || token.isHolding || token.text === '被') return token;
    const isDescription = token.isLink || token.isNew || token.count || token.size || token.colour || token.manners;
    if (!isDescription) return undefined;
  }
  return undefined;
}

/** The described thing has come. */
export function joinAttribute(state: State, index: number): void {
  const { attribute } = state;
  if (attribute?.how) relate(state, attribute.index, attribute.how, index);
  if (attribute?.isMount) relate(state, index, 'on', attribute.index);
  state.attribute = undefined;
}

const SHAPES =
  /^(?:ridges?|walls?|blankets?|carpets?|seas?|ribbons?|columns?|beds?|sheets?|banks?|pools?|lines?|plumes?|curtains?|towers?|rings?|circles?|crowns?|trails?|rivers?|streams?|strings?|mountains?|forests?|paths?|tunnels?|waves?|spirals?|showers?|rains?|parades?|processions?|queues?|herds?|bunch|stacks?|piles?|heaps?|cascades?|tangles?|patch|patches|swirls?|expanse|stretch|clusters?|clouds?|arch|arches|islands?|oceans?|bowls?|cups?|fields?|baskets?|veils?|crescent|silhouettes?|shadows?|outlines?)$/u;
const KEPT = /^(?:bowls?|cups?|fields?|baskets?|islands?)$/u;

/** `a ridge of dunes`: the shape of a thing is no thing; a bowl or a field of something is there all the same. */
export function isShape(tokens: readonly SceneToken[], i: number): boolean {
  const { language, text } = tokens[i]!;
  if (language !== 'en' || !SHAPES.test(text) || KEPT.test(text) || tokens[i + 1]?.text !== 'of') return false;
  const next = tokens[i + 2];
  return (
    next !== undefined && !/^(?:the|a|an|his|her|its|their|this|that)$/u.test(next.text) && leadsToThing(tokens, i + 1)
  );
}

const PARTS =
  /^(?:saplings?|seedlings?|branch|branches|bough|boughs|leaf|leaves|petals?|blossoms?|flowers?|trunks?|twigs?|canopy)$/u;

/** `willow branches`, `baobab tree`: part of what was named just before, or that once more. */
export function isPart(tokens: readonly SceneToken[], i: number): boolean {
  const token = tokens[i]!;
  const previous = tokens[i - 1];
  const kind = previous?.thing?.entry.kind;
  const adjoins = previous && token.start - previous.end <= (token.language === 'en' ? 1 : 0);
  // convertible car: one car said twice
  if (adjoins && token.language === 'en' && previous.thing?.entry.id === token.thing?.entry.id) return true;
  // fox astronaut, 猫咪船长: one being, not two.
  if (adjoins && token.thing?.entry.kind === 'person' && (kind === 'animal' || kind === 'being' || kind === 'bird'))
    return previous.language === token.language && !previous.thing!.isPlural;
  return (
    token.language === 'en' &&
    ((PARTS.test(token.text) && (kind === 'tree' || kind === 'flower' || kind === 'plant')) ||
      (/^trees?$/u.test(token.text) && kind === 'tree' && adjoins === true))
  );
}

const NEVER = new Set(['weather', 'light']);

/** `mountain road`, `village church`: the first name says where the second is. */
export function isAdjunct(tokens: readonly SceneToken[], i: number): boolean {
  const token = tokens[i]!;
  const next = tokens[i + 1];
  if (token.language !== 'en' || !next?.thing || next.language !== 'en') return false;
  // a knight's shield: the shield, and whose it is
  if (/'s$/u.test(token.text) && next.start - token.end === 1) return true;
  const gap = next.start - token.end;
  return gap === 1 && !token.thing!.isPlural && !NEVER.has(token.thing!.entry.kind) && !isPart(tokens, i + 1);
}
