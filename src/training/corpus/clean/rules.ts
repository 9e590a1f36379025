/** Every reason for which something is left out, and its name for people. */
import type { Bilingual } from '../../refusal.ts';

export const RULES = {
  gutenberg: { en: 'Project Gutenberg header and licence', zh: '古登堡计划的页头与许可文字' },
  contents: { en: 'table of contents', zh: '目录' },
  credit: { en: 'credits of sites and scanners', zh: '网站与扫描者的署名广告' },
  'page-number': { en: 'page numbers', zh: '页码' },
  'running-head': { en: 'running heads and feet', zh: '页眉与页脚' },
  language: { en: 'another language', zh: '其他语言' },
  'too-short': { en: 'too short', zh: '太短' },
  letters: { en: 'too few letters', zh: '文字太少' },
  symbols: { en: 'too many symbols', zh: '符号太多' },
  bullets: { en: 'mostly lists', zh: '多为列表' },
  ellipses: { en: 'mostly cut off', zh: '多为残句' },
  'word-length': { en: 'words too long or too short', zh: '词长异常' },
  'repeated-lines': { en: 'the same lines again and again', zh: '重复的行太多' },
  'repeated-phrases': { en: 'the same phrases again and again', zh: '重复的短语太多' },
  'exact-copy': { en: 'exact copy', zh: '完全重复' },
  'near-copy': { en: 'near copy', zh: '近似重复' },
  'exact-paragraph': { en: 'paragraph said before', zh: '段落重复' },
  'near-paragraph': { en: 'paragraph said before in almost the same words', zh: '段落近似重复' },
  unwanted: { en: 'withdrawn or not wanted', zh: '已撤回或不需要' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type Rule = keyof typeof RULES;

/** One thing that was left out. `like` is what it repeats; `because` the measure that failed. */
export interface Removal {
  readonly rule: Rule;
  readonly text: string;
  readonly like?: string;
  readonly because?: string;
}

/** Lines that were kept, as a text, and those that were not. */
export interface Trimmed {
  readonly text: string;
  readonly removed: readonly Removal[];
}
