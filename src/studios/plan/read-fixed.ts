/** What the artist fixed in the poem: acrostic, first line, words that must stand in it, the title. */
import type { VerseWish } from '../../kernel/index.ts';
import { QUOTED, quotedIn, type Scanner } from './scanner.ts';

const HAN_ONLY = /^\p{Script=Han}+$/u;
const patterns = (...sources: readonly string[]): RegExp[] => sources.map((source) => new RegExp(source, 'diu'));

const ACROSTIC = patterns(
  String.raw`藏头(?:诗|词|字)?[，,、\s]{0,2}(?:要|需)?(?:藏|嵌|为|是|用)[^「『“"‘'《【\n，。,.]{0,4}${QUOTED}(?:[一二三四五六七八]?[个]?字)?`,
  String.raw`藏头(?:诗|词|字)?[^「『“"‘'《【\n，。,.]{0,8}${QUOTED}`,
  String.raw`(?:以|用|把|将)?${QUOTED}[^，。,.\n]{0,6}藏头(?:诗|词)?`,
  String.raw`(?:每|各)[句行](?:的)?(?:句首|首字|开头|第一个?字|头一?个?字)[^「『“"‘'《【\n，。,.]{0,10}${QUOTED}`,
  String.raw`(?:首字|句首)(?:连起来|连读|分别|依次)?(?:是|为|读作|嵌|藏)\s*${QUOTED}`,
  String.raw`(?:以|用)(\p{Script=Han}{2,12}?)(?:为|作|做)?藏头(?:诗|词)?`,
  String.raw`藏头(?:[^，。,.\n「『“"《:：]{0,6}[:：]\s*|诗?\s+|诗?[是为])(\p{Script=Han}{2,12})`,
  String.raw`\bacrostic\b[^"“「『《\n]{0,40}${QUOTED}`,
  String.raw`${QUOTED}\s+acrostic\b`,
  String.raw`\bacrostic\s*(?:poem\s*)?(?:of|on|for|spelling(?: out)?|reading|with|:)?\s*(\p{Script=Han}{2,12})`,
);

const FIRST_LINE = patterns(
  String.raw`(?:首句|第一句|第1句|起句|开篇|开头(?:一句)?)(?:话)?(?:必须)?(?:是|为|用|写|作|[:：])?\s*${QUOTED}`,
  `(?:以|用)${QUOTED}(?:为|作|做)?(?:首句|第一句|开头|开篇|起句|起兴)`,
  String.raw`(?:首句|第一句|起句)(?:是|为|用|[:：])\s*(\p{Script=Han}{4,9})(?=[，。,.\s]|$)`,
  String.raw`\b(?:first|opening) line\s*(?:is|be|being|should be|must be|:)?\s*${QUOTED}`,
  String.raw`\b(?:begin|start|open)(?:s|ning|ing)? with(?: the (?:line|words?))?\s*${QUOTED}`,
);

const REQUIRED = patterns(
  String.raw`(?:必须|一定要|要|需要?|应)?(?:包含|含有|含|带有|带|嵌入|嵌|出现|用到|用上|写到|有)(?:词语?|字|以下词语?|这些词)?\s*[:：]?\s*((?:${QUOTED}[、和与及,，\s]{0,2})+)(?:等?(?:这|几|两|二|三)*个?[字词])?`,
  String.raw`(?:必须|一定要)(?:包含|含有?|有|出现|带有?|用到?)(\p{Script=Han}{1,4}?)(?:这?[二两一三]?个?字|一?词|这个词)`,
  String.raw`\b(?:must |should |please )?(?:include|includes|including|contain|contains|containing|use|using)(?: the)?(?: words?| characters?)?\s*((?:${QUOTED}(?:\s|,|and)*)+)`,
  String.raw`\b(?:must |should |please )?(?:include|contain|use)(?: the)?(?: words?| characters?)?\s*(\p{Script=Han}{1,4})`,
);

const TITLE = patterns(
  String.raw`(?:题为|题作|题目|标题|诗题|诗名|名为|名叫|取名)(?:就?(?:是|为|叫|用))?\s*[:：]?\s*${QUOTED}`,
  `以${QUOTED}(?:为|作|做)(?:题目?|标题|诗题)`,
  String.raw`以([^「『“"‘'《【\n，。,.]{1,10}?)(?:为|作|做)(?:题目?|标题|诗题)`,
  String.raw`(?:题为|题目(?:是|为|叫)?|标题(?:是|为|叫)?)\s*[:：]?\s*(\p{Script=Han}{1,10})(?=[，。,.\s]|$)`,
  String.raw`\b(?:titled|entitled|called|named|with the title|title:)\s*${QUOTED}`,
  String.raw`^\s*《([^》\n]{1,20})》\s*$`,
);

/** Reads acrostic and first line; only Chinese words can be fixed, so anything else is left in the text as a theme. */
export function readFixed(scanner: Scanner): Pick<VerseWish, 'acrostic' | 'firstLine'> {
  const acrostic = takeHan(scanner, ACROSTIC)?.replace(/[^\p{Script=Han}]/gu, '');
  const firstLine = takeHan(scanner, FIRST_LINE)?.split(/[^\p{Script=Han}]+/u)[0];
  return { ...(acrostic ? { acrostic } : {}), ...(firstLine ? { firstLine } : {}) };
}

/** More words than this cannot stand in one poem. */
const MOST_REQUIRED = 12;

/** Reads the words that must occur; to be called when unwanted words have been read, for `不要出现「愁」` ends alike. */
export function readRequired(scanner: Scanner): Pick<VerseWish, 'required'> {
  const required: string[] = [];
  for (let found = takeHan(scanner, REQUIRED); found !== undefined && required.length < MOST_REQUIRED; ) {
    required.push(...(HAN_ONLY.test(found) ? [found] : quotedIn(found)));
    found = takeHan(scanner, REQUIRED);
  }
  return required.length > 0 ? { required: [...new Set(required)] } : {};
}

/** The title, where the brief gives one in Chinese; it stays in the text, for it is a theme too. */
export function readTitle({ text }: Scanner): string | undefined {
  return TITLE.map((pattern) => pattern.exec(text)?.[1]?.trim()).find(
    (found) => found !== undefined && HAN_ONLY.test(found),
  );
}

/** The capture of the first pattern that fits and is Chinese (quotes and the marks between them may stand in it); the capture alone is blanked. */
function takeHan(scanner: Scanner, list: readonly RegExp[]): string | undefined {
  for (const pattern of list) {
    const match = pattern.exec(scanner.text);
    const found = match?.[1];
    if (
      match === null ||
      found === undefined ||
      !/^[\p{Script=Han}\p{P}\s]*\p{Script=Han}[\p{Script=Han}\p{P}\s]*$/u.test(found)
    )
      continue;
    scanner.blank(...match.indices![1]!);
    return found;
  }
  return undefined;
}
