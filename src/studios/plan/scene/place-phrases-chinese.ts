/**
 * Chinese words of place put together by rule, so that none has to be listed:
 *
 *   画面左侧三分之一处   右下角   正中偏左   前景右侧   再远一点   远处左上方
 *   (塔的)右后方 = behind it and on the right · (湖的)东北角 = in it · (屋)正前方 = before it
 */
import type { How, Meaning, Place } from './token.ts';

const FRAME = '(?:(?:整个)?(?:画面|画幅|画布|构图|镜头|图像|图面|版面|全图|全画|图|画)(?:的)?)?';
const DEGREE = '(?:最|极|更|再|稍|略|偏|靠|正|紧靠|偏于|位于|居于?|靠近|往|向|朝)?';
const SHARE =
  '(?:(?:的)?(?:大约|约)?(?:三分之[一二]|四分之[一三]|二分之一|一半|大半|小半|一角|一隅|一侧|一带|部分|半部分|位置|区域|地方|角落|边缘|空白))?(?:处|里|中|上|内)?';
const UNIT =
  '(?:[左右][上下](?:角|方|侧|部|边|端|处|面)?|[上下][左右](?:角|方|侧)?|[左右](?:前|后)(?:方|侧|景|处|边)?|[左右](?:边|侧|方|面|端|部|手边|手侧|手|半边|半部|半侧|半|缘|沿|角)?|[上下](?:方|面|边|头|部|端|缘|半部|半边|半|沿|侧)|顶(?:部|端)|底(?:部|端)|(?:正)?(?:中央|正中央?|正中间|中心|中间|中部|当中|居中|中)|(?:远|近|中|前|后|背)(?:处|景|方|端|部)|不远处|远|近)';
const PHRASE = new RegExp(`^${FRAME}${DEGREE}${UNIT}(?:的?${DEGREE}${UNIT})?(?:一[点些]|些|点)?${SHARE}$`, 'u');
const BARE = new RegExp(`^${UNIT}$`, 'u');
/** Single characters and the like mean too much else: 中, 左右, 上方, 前方 stay with the dictionary. */
const OTHER =
  /^(?:.|左右|上下|中心|中部|当中|远近|前方|后方|后部|前部|前端|后端|背部|背后|(?:最|再|更|偏|靠|正|往|向|朝|图|画|稍|略|极|居).|画中|图中|画上|图上|左右手|中上|中中|远上|远中|近中|.[里中上内])$/u;

/** A place on the picture, as one word; undefined when it is none. */
export function placePhraseChinese(word: string): Meaning | undefined {
  if (word.length < 2 || (OTHER.test(word) && !NEARER.has(word)) || !PHRASE.test(word)) return undefined;
  const place = placeOf(word);
  if (Object.keys(place).length === 0) return undefined;
  if (/^[上下][面边头]$/u.test(word)) return undefined;
  const how = BARE.test(word) ? sideOf(word) : undefined;
  return { place, ...(how && { after: how }) };
}

const NEARER = new Set([
  '靠左',
  '靠右',
  '偏左',
  '偏右',
  '居左',
  '居右',
  '居中',
  '正中',
  '最远',
  '最近',
  '更远',
  '再远',
  '稍远',
  '更近',
  '稍近',
  '画左',
  '画右',
  '图左',
  '图右',
  '极远',
  '左上',
  '左下',
  '右上',
  '右下',
  '左前',
  '右前',
  '左后',
  '右后',
]);

function placeOf(word: string): Place {
  const core = word
    .replace(new RegExp(`^${FRAME}`, 'u'), '')
    .replace(/[处里中上内]$/u, (end, at: number) => (at > 1 ? '' : end));
  const isMiddle = /^(?:正)?中(?:景|间层)|不远处/u.test(core);
  const side = /左/u.test(core)
    ? 'left'
    : /右/u.test(core)
      ? 'right'
      : /中央|正中|中间|中心|居中|中部|当中/u.test(core)
        ? 'centre'
        : undefined;
  const level = /[上顶]/u.test(core.replace(/上$/u, (end, at: number) => (at > 2 ? '' : end)))
    ? 'top'
    : /[下底]/u.test(core)
      ? 'bottom'
      : undefined;
  const depth = isMiddle
    ? 'middle'
    : /[远后背]/u.test(core)
      ? 'far'
      : /[近前]/u.test(core.replace(/靠近/u, ''))
        ? 'near'
        : undefined;
  return { ...(depth && { depth }), ...(side && { side }), ...(level && { level }) };
}

/** What the same word says after a thing: 塔的左侧 beside it, 塔的右后方 behind it. */
function sideOf(word: string): How | undefined {
  if (!/[左右]/u.test(word) || /角$|景$|半/u.test(word)) return undefined;
  if (/后/u.test(word)) return 'behind';
  if (/前/u.test(word)) return 'before';
  if (/上/u.test(word)) return 'above';
  return /下/u.test(word) ? 'under' : 'beside';
}

/** Parts of things, with what follows them: 塔尖上方, 船舱里, 琴键上, 沙丘脊线上. */
const PART =
  '(?:尖|根|梢|头|尾|身|顶|脊|脊线|舱|底|壁|面|拱|洞|檐|翼|盖|沿|脚|杈|丫|干|冠|棚|甲板|桅杆|桅|篷|斗|厢|座|背|肩|肩膀|臂|膝|膝盖|掌|爪|嘴|喙|鼻|鼻孔|鼻尖|耳|颈|脖子|角|翅膀|壳|键|弦|柄|把|架|框|台|圈|缝|隙|端|腹|怀|腿|手|脸|额|眉|胸|腰|根部|尾部|顶部|底部|基座|表面|胳膊|脑袋|鼻子|尾巴|膝头|手心|掌心|肩头|屁股|脚面)';
const COMPASS = '(?:东|西|南|北|东南|东北|西南|西北)';
const LEANING = '(?:正|斜|紧|最|近|左|右)';
/** Localisers put together by rule, each with what they mean after a thing. */
const LOCALISERS: readonly (readonly [RegExp, How])[] = [
  [/^头顶$/u, 'on'],
  [new RegExp(`^${PART}(?:正?上方|上空|上头)$`, 'u'), 'above'],
  [new RegExp(`^${PART}(?:上|上面|之上)$`, 'u'), 'on'],
  [new RegExp(`^${PART}(?:下|下面|底下|之下|下方)$`, 'u'), 'under'],
  [new RegExp(`^${PART}(?:里|里面|中|内|之中|之内)$`, 'u'), 'in'],
  [new RegExp(`^${PART}(?:旁|旁边|边|侧|两侧|两旁|附近|一侧)$`, 'u'), 'beside'],
  [new RegExp(`^${PART}(?:后|后面|背后|之后)$`, 'u'), 'behind'],
  [new RegExp(`^${PART}(?:前|前面|前方)$`, 'u'), 'before'],
  [new RegExp(`^${PART}(?:间|之间)$`, 'u'), 'between'],
  [new RegExp(`^${COMPASS}(?:面|边|侧|头|方|端)$`, 'u'), 'beside'],
  [new RegExp(`^(?:${COMPASS}|[左右一四]|另一)?角(?:里|上|处|落里?)?$`, 'u'), 'in'],
  [new RegExp(`^${LEANING}?(?:旁|旁边|一旁|近旁|边上|身侧|侧旁|侧畔|附近|左近|近处)$`, 'u'), 'beside'],
  [/^(?:四|八|两)?(?:围|周围|周遭|四周|周边|外围|周身|四面八方|四面)$/u, 'around'],
  [new RegExp(`^${LEANING}?(?:后|背)(?:面|边|方|头|侧|处)$`, 'u'), 'behind'],
  [new RegExp(`^${LEANING}?前(?:面|边|方|头|侧|端|处)$`, 'u'), 'before'],
  [/^(?:正|斜)(?:上方|上空|上)$|^(?:上空|上方|顶上方|头顶上方|头顶上空)$/u, 'above'],
  [/^(?:正|斜)下方$|^(?:之下|下面|下方|底下|下头|底下方|脚下|脚边下)$/u, 'under'],
  [/^(?:正)?(?:中央|正中|中心|当中|正中央|深处|腹地|内部|里头|里面|怀里|中部|中间)(?:处)?$/u, 'in'],
  [/^(?:两|四|一)?(?:边|侧|旁|岸|端|头)(?:各)?$/u, 'beside'],
  [
    /^(?:尽头|尽处|末端|入口|出口|拐角|拐弯|转角|转弯|弯道|边缘|边沿|岸边|外侧|外边|外头|对面|对岸|另一侧|另一边|另一头|那边|这边|那一头|这一头|那头|侧面|背阴处)(?:处|上|里)?$/u,
    'beside',
  ],
  [/^(?:之间|中间|当中|缝隙(?:里|中|间)|夹缝(?:里|中)|空隙(?:里|中|间))$/u, 'between'],
  [
    /^(?:顶端|尖端|顶部|表面|最高处|最高点|高处|正面|脊线上|脊上|棱上|坡上|半坡|半坡上|半腰|半腰上|腰上|沿上|沿儿上)$/u,
    'on',
  ],
];

/** What a word says after a thing, by rule; undefined when it is no such word. */
export function localiserChinese(word: string): How | undefined {
  return LOCALISERS.find(([pattern]) => pattern.test(word))?.[1];
}

const IS_PART = new RegExp(
  `^${PART}(?:正?上方|上空|上|上面|之上|下|下面|底下|里|里面|中|内|旁|旁边|边|侧|后|后面|前|前面|间|之间)$`,
  'u',
);

/** Whether a word names a part of something with what is by it. */
export const isPartChinese = (word: string): boolean => IS_PART.test(word);
