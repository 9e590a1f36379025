/** What a line of its own is: the heading of a chapter, a page number, a credit. */
import { cellsOf, SENTENCE_END } from './characters.ts';

const NUMERAL = '[〇零一二三四五六七八九十百千两廿卅\\d０-９]+';
const CHINESE = new RegExp(
  `^(?:第\\s*${NUMERAL}\\s*[回章节卷部篇集折出幕]|卷[之]?${NUMERAL}|楔子|引子|序[言章幕]?|尾声|后记|番外)(?=$|[\\s　：:、.．·]|[^的了是着过])`,
);
const LATIN =
  /^(?:chapter|book|part|volume|canto|act|scene|letter|stave|section)\s+(?:[ivxlcdm]+|\d+|the\s+\w+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:-\w+)?)\b[.:]?|^(?:prologue|epilogue|preface|introduction)[.:]?$/i;

/** Whether a line is the heading of a chapter: 第三回 …, CHAPTER IV. …, Prologue. */
export function isHeading(line: string): boolean {
  const text = line.trim();
  if (text === '' || cellsOf(text) > 90) return false;
  if (CHINESE.test(text)) return !/[。；，！？]$/.test(text) && text.length <= 45;
  return LATIN.test(text) && !/[,;]$/.test(text);
}

/** A page number with its dress: `- 12 -`, `第12页`, `Page 12 of 300`, `[12]`, `12/300`. */
export function isPageNumber(line: string): boolean {
  const text = line.trim();
  return (
    /^[-–—·~]+\s*\d{1,4}\s*[-–—·~]+$|^[[(【（]\s*(?:p(?:age|g)?\.?\s*)?\d{1,4}\s*[\])】）]$/i.test(text) ||
    /^(?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?$/i.test(text) ||
    /^第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?$/.test(text) ||
    /^\d{1,4}\s*\/\s*\d{1,4}$/.test(text)
  );
}

const CREDITS: readonly RegExp[] = [
  /https?:\/\/|\bwww\.|\b[\w-]+\.(?:com|net|org|cn|cc|info|me)\b/i,
  /(?:本书|本文|电子书|全文|小说).{0,12}(?:整理|制作|下载|扫校|校对|来自|来源|首发|上传)/,
  /(?:更多|最新|免费).{0,8}(?:小说|好书|章节|电子书|全本)/,
  /手机用户请|请记住本站|加入书签|返回目录|上一[章页].{0,8}下一[章页]|本章未完|点击下一页|章节错误|求(?:推荐|月)票|本站所有|最快更新/,
  /txt\s*(?:电子书|小说|下载)|小说(?:网|下载站|天堂)/i,
  /^(?:scanned|digitized|digitised|proofread|downloaded|transcribed|typed)\b.{0,60}\b(?:by|from)\b/i,
  /^(?:produced|prepared|e-?text prepared) by\b/i,
  /^(?:all rights reserved|this (?:e-?book|file) (?:is|was))\b/i,
];

/** A short line in which a site or a scanner speaks, not the author. */
export function isCredit(line: string): boolean {
  const text = line.trim();
  return text !== '' && cellsOf(text) <= 120 && CREDITS.some((pattern) => pattern.test(text));
}

/** Short, with a word in it, and no sentence: what may be a running head. */
export function mayBeHead(line: string): boolean {
  const text = line.trim();
  return cellsOf(text) <= 60 && /\p{L}/u.test(text) && !SENTENCE_END.test(text) && !isHeading(text);
}
