/**
 * Chinese text taken apart for scenes: the cheapest path through names, manners, places, numbers with their measures and plain words.
 *
 *   江边有两株垂柳 ─▶ 江|边|有|两株|垂柳      山东水平 ─▶ 山东|水平 (plain words, no mountain, no water)
 */
import { parseNumber } from '../numbers.ts';
import { isPartChinese, localiserChinese, placePhraseChinese } from './place-phrases-chinese.ts';
import type { Meaning, SceneToken } from './token.ts';
import { loadVocabulary } from './vocabulary.ts';

const LONGEST = 12;
const HAN = /\p{Script=Han}/u;
const MEASURES =
  '株棵只头条朵座轮颗艘叶片枝位个名把张盏匹群双对行列排间栋幢道弯股缕束丛簇堆本卷杯壶架辆面块根串团幅匙口尾羽峰重带湾树瓣滴粒支挂顶扇堵眼泓钩线抹队处幢家户段样种层些尊方潭池竿桌圈声滩';
const COUNTED = new RegExp(
  `^(?:(许多|很多|众多|无数|数不清的|好多|成群的?|成排的?|一些|几十|几百|上百|成千上万|好几|数十|三三两两|点点|群|双|孤零零的?|唯一的?|仅有的?)|([一二两三四五六七八九十百千万数几半双俩仨0-9]+))(?:[大小](?=[${MEASURES}]))?([${MEASURES}])?(?:大|小)?`,
  'u',
);

/** Takes Chinese apart; what is not Chinese is skipped, punctuation becomes stops. */
export function tokenizeSceneChinese(text: string): SceneToken[] {
  const best: { cost: number; start: number; meaning: Meaning }[] = [];
  for (let end = 1; end <= text.length; end++) {
    for (let start = Math.max(0, end - LONGEST); start < end; start++) {
      const found = meaningOf(text.slice(start, end));
      if (found === undefined) continue;
      const cost = (best[start - 1]?.cost ?? 0) + found.cost;
      if (best[end - 1] === undefined || cost < best[end - 1]!.cost - 1e-9)
        best[end - 1] = { cost, start, meaning: found.meaning };
    }
  }
  const tokens: SceneToken[] = [];
  for (let end = text.length; end > 0; end = best[end - 1]!.start) {
    const { start, meaning } = best[end - 1]!;
    const word = text.slice(start, end);
    if (HAN.test(word) || meaning.stop || meaning.isAnd)
      tokens.push({ ...meaning, start, end, text: word, language: 'zh' });
  }
  return tokens.reverse().map((token, i, all) => (isNumber(token, all[i + 1]) ? recount(token) : token));
}

/** 一头鹿 is a number of deer, 桥的一头 an end of the bridge. */
const isNumber = ({ text, end, after }: SceneToken, next: SceneToken | undefined): boolean =>
  after !== undefined && /^[一两]头$/u.test(text) && next?.thing !== undefined && next.start === end;

function recount({ after: _, ...token }: SceneToken): SceneToken {
  return { ...token, ...countOf(token.text) };
}

function meaningOf(word: string): { cost: number; meaning: Meaning } | undefined {
  const known = loadVocabulary().chinese.get(word);
  const counted = countOf(word);
  if (known?.place && !known.after && !known.thing) {
    const after = localiserChinese(word);
    if (after) return { cost: 1.1 - word.length * 1e-4, meaning: { ...known, after } };
  }
  if (known)
    return {
      cost: (word.length === 1 ? 1.6 : known.thing ? 1 : 1.1) - word.length * 1e-4,
      meaning: counted && word.length === 1 ? { ...counted, ...known } : known,
    };
  if (counted) return { cost: (word.length === 1 ? 1.7 : 1.1) - word.length * 1e-4, meaning: counted };
  const placed = word.length > 1 && HAN.test(word) ? placedBy(word) : undefined;
  if (placed) return { cost: (placed.isPart ? 1.3 : 1.1) - word.length * 1e-4, meaning: placed };
  if (word.length > 1) return undefined;
  if (/[。！？；;!?\n.]/u.test(word)) return { cost: 0, meaning: { stop: 'full' } };
  if (/[，,：:（）()“”「」《》…—]/u.test(word)) return { cost: 0, meaning: { stop: 'comma' } };
  return { cost: HAN.test(word) ? 4 : 0, meaning: {} };
}

/** Words of place by rule: 画面左下方, (塔的)右后方, (湖)东北角. */
function placedBy(word: string): Meaning | undefined {
  const place = placePhraseChinese(word);
  const after = localiserChinese(word) ?? place?.after;
  if (after === undefined) return place;
  return { ...place, after, ...(isPartChinese(word) && { isPart: true }) };
}

/** `三五只` is about four, `一群` a handful; a number without a measure counts from two on. */
function countOf(word: string): Meaning | undefined {
  const match = COUNTED.exec(word);
  if (match === null || match[0] !== word) return undefined;
  const [, vague, digits, measure] = match;
  if (digits !== undefined && measure === undefined && /^[一0-9]+$/u.test(digits)) return undefined;
  const many = manyOf(vague, measure);
  const number = digits === undefined ? undefined : roughNumber(digits);
  if (number === undefined && many === undefined) return undefined;
  const group = groupOf(measure ?? '', number);
  const count = number === undefined ? many! : number * group;
  const isBare = number === 1 && /[片带抹层面些泓道潭池湾滩]/u.test(measure ?? '');
  return isBare ? { isNew: true } : { count: Math.min(24, Math.max(1, count)), isNew: true };
}

/** How many one measure holds: 一群 six, 一丛 three, but 几丛 is a number of clumps, each drawn as one. */
function groupOf(measure: string, number: number | undefined): number {
  if (/[群行排队]/u.test(measure)) return 6;
  if (/[丛簇串堆]/u.test(measure) && number === 1) return 3;
  return /[双对]/u.test(measure) ? 2 : 1;
}

function manyOf(vague: string | undefined, measure: string | undefined): number | undefined {
  if (vague === undefined) return undefined;
  if (/^双/u.test(vague)) return 2;
  if (/^(?:孤|唯|仅)/u.test(vague)) return 1;
  if (/^(?:一些|好几|三三|点点)/u.test(vague)) return 4;
  if (/^(?:无数|数不|几十|几百|上百|成千|数十)/u.test(vague)) return 24;
  return measure === undefined && vague === '群' ? 7 : 9;
}

function roughNumber(digits: string): number | undefined {
  if (/^[几数]+$/u.test(digits)) return 3;
  if (digits === '半') return 1;
  if (/^[双俩]$/u.test(digits)) return 2;
  if (digits === '仨') return 3;
  if (/^[二两三四五六七八九][三四五六七八九两]$/u.test(digits)) {
    return Math.round(((parseNumber(digits[0]!) ?? 3) + (parseNumber(digits[1]!) ?? 3)) / 2);
  }
  if (/[千万数几百]/u.test(digits)) return 24;
  return parseNumber(digits);
}
