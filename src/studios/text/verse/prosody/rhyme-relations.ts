/**
 * How the old rhyme groups belong together: which 平水韵 groups are one sound in four tones, and which part of
 * 词林正韵 each of them went into. Facts of the tradition, written down once; scripts and checkers both stand on them.
 */
import { CILIN_RHYMES, PINGSHUI_GROUPS } from '../prompt.ts';
import type { RhymeBookName, Tone, ToneClass } from './types.ts';

/** Level, rising, departing, entering group of one sound; `-` where there is none. */
const SOUNDS =
  '东董送屋 冬肿宋沃 江讲绛觉 支纸寘- 微尾未- 鱼语御- 虞麌遇- 齐荠霁- 佳蟹卦- 灰贿队- 真轸震质 文吻问物 元阮愿月 寒旱翰曷 删潸谏黠 先铣霰屑 ' +
  '萧筱啸- 肴巧效- 豪皓号- 歌哿个- 麻马祃- 阳养漾药 庚梗敬陌 青迥径锡 蒸迥径职 尤有宥- 侵寝沁缉 覃感勘合 盐琰艳叶 咸豏陷洽 --泰-';

/** Groups of each part of 词林正韵. A group in two parts is split by its modern final. */
const PARTS: readonly string[] = [
  '东冬董肿送宋',
  '江阳讲养绛漾',
  '支微齐灰纸尾荠贿寘未霁泰队',
  '鱼虞语麌御遇',
  '佳灰蟹贿泰卦队',
  '真文元轸吻阮震问愿',
  '寒删先元旱潸铣阮翰谏霰愿',
  '萧肴豪筱巧皓啸效号',
  '歌哿个',
  '麻佳马祃卦',
  '庚青蒸梗迥敬径',
  '尤有宥',
  '侵寝沁',
  '覃盐咸感琰豏勘艳陷',
  '屋沃',
  '觉药',
  '质陌锡职缉',
  '物月曷黠屑叶',
  '合洽',
];

/** Tone of a 平水韵 group, by its place in the traditional order. */
export function toneOfGroup(group: string): Tone {
  const index = PINGSHUI_GROUPS.indexOf(group);
  return index < 30 ? '平' : index < 59 ? '上' : index < 89 ? '去' : '入';
}

/** Level or oblique. */
export function classOfTone(tone: Tone): ToneClass {
  return tone === '平' ? '平' : '仄';
}

/** Groups of the same sound in the given tone; 迥 and 径 serve both 青 and 蒸, so there may be two. */
export function sisterGroups(group: string, tone: Tone): readonly string[] {
  const place = '平上去入'.indexOf(tone);
  const found = SOUNDS.split(' ').filter((sound) => sound.includes(group) && sound[place] !== '-');
  return [...new Set(found.map((sound) => sound[place]!))];
}

/** Parts (1–19) of 词林正韵 that a 平水韵 group went into: one, or two for the groups that were split. */
export function partsOfGroup(group: string): readonly number[] {
  return PARTS.flatMap((groups, index) => (groups.includes(group) ? [index + 1] : []));
}

/** Whether two rhyme keys of one book are neighbours (邻韵): the same tone, and one part of 词林正韵 holds both. */
export function areNeighbours(book: RhymeBookName, first: string, second: string): boolean {
  if (first === second) return true;
  if (book !== '平水韵' || toneOfGroup(first) !== toneOfGroup(second)) return false;
  const parts = partsOfGroup(second);
  return partsOfGroup(first).some((part) => parts.includes(part));
}

/** The keys that rhyme with `key` when a tune lets level and oblique rhyme together (平仄通叶), in the given tone class. */
export function keysInToneClass(book: RhymeBookName, key: string, toneClass: ToneClass): readonly string[] {
  if (book === '中华通韵') return [key];
  if (book === '词林正韵') {
    const sister = key.replace(/[平仄入]$/u, toneClass);
    return key.endsWith('入') ? (toneClass === '仄' ? [key] : []) : CILIN_RHYMES.includes(sister) ? [sister] : [];
  }
  if (classOfTone(toneOfGroup(key)) === toneClass) return [key];
  return toneClass === '平' ? sisterGroups(key, '平') : [...sisterGroups(key, '上'), ...sisterGroups(key, '去')];
}
