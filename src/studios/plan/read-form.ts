/** The verse form and the number of poems that a brief asks for. */
import type { Random } from '../../core/index.ts';
import type { Bilingual } from '../../kernel/index.ts';
import tunes from './lexicon/tunes.table.json' with { type: 'json' };
import { parseNumber } from './numbers.ts';
import type { Scanner } from './scanner.ts';
import { englishWords } from './stem.ts';

/** Each alternative: what is written, and the forms it may mean, the likelier ones more often. */
const FORMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /五言绝句|五绝|\b(?:five|5)[- ](?:character|syllable|word)s?[- ](?:quatrain|jueju)s?\b|\bwu ?jue(?:ju)?\b/iu,
    ['五绝'],
  ],
  [
    /七言绝句|七绝|\b(?:seven|7)[- ](?:character|syllable|word)s?[- ](?:quatrain|jueju)s?\b|\bqi ?jue(?:ju)?\b/iu,
    ['七绝'],
  ],
  [
    /五言律诗|五律|\b(?:five|5)[- ](?:character|syllable|word)s?[- ](?:regulated|l[uü]shi|eight-line|octave)\w*(?: verse| octave| poem)?s?\b|\bwu ?l[uü](?:shi)?\b/iu,
    ['五律'],
  ],
  [
    /七言律诗|七律|\b(?:seven|7)[- ](?:character|syllable|word)s?[- ](?:regulated|l[uü]shi|eight-line|octave)\w*(?: verse| octave| poem)?s?\b|\bqi ?l[uü](?:shi)?\b/iu,
    ['七律'],
  ],
  [/五言古(?:诗|风|体诗?)|五古/u, ['五言古风']],
  [/七言古(?:诗|风|体诗?)|七古|歌行体?/u, ['七言古风']],
  [
    /古风(?!风|味|感|歌)|古体诗|乐府诗?|\b(?:old|ancient)[- ]style (?:verse|poems?|poetry)\b|\bgushi\b|\byuefu\b/iu,
    ['古风'],
  ],
  [/绝句|\bquatrains?\b|\bjueju\b|\bfour[- ]lines?\b/iu, ['七绝', '七绝', '五绝']],
  [
    /格律诗|律诗|\bregulated (?:verse|poems?|octaves?)\b|\bl[uü]shi\b|\beight[- ]lines?\b|\boctaves?\b/iu,
    ['七律', '五律'],
  ],
  [
    /五言诗?|五个字一句|每句五个?字|\b(?:five|5)[- ](?:characters?|syllables?|words?)(?: per| a| each| to the)?[- ](?:line|poem|verse)/iu,
    ['五绝', '五律'],
  ],
  [
    /七言诗?|七个字一句|每句七个?字|\b(?:seven|7)[- ](?:characters?|syllables?|words?)(?: per| a| each| to the)?[- ](?:line|poem|verse)/iu,
    ['七绝', '七律'],
  ],
];

const ANY_TUNE =
  /(?:[写作填来赋]一?[首阕支个]?|[一二两三四五六七八九十几]+[首阕])(?:宋)?词(?!语|汇|典|句)|填词|宋词(?!风|的?意境)|\b(?:a|one|some|\d+) (?:song )?ci(?: poems?| lyrics?)?\b|\bci (?:poem|lyric)s?\b|\bsong lyrics?\b/iu;

const OTHER_VERSE =
  /现代诗|自由诗|白话诗|新体诗|俳句|十四行诗|打油诗|对联|歌词|散文诗?|说唱|\bhaikus?\b|\bsonnets?\b|\blimericks?\b|\bfree verse\b|\bballads?\b|\bvillanelles?\b/iu;

/** What was read about the form. */
export interface FormWish {
  readonly form?: string;
  readonly count?: number;
  readonly notes: readonly Bilingual[];
}

/** Reads form and count out of the brief; `forms` are the names (of tunes above all) that are understood, by default our own list. */
export function readForm(
  scanner: Scanner,
  { forms, random }: { forms: readonly string[] | undefined; random: Random },
): FormWish {
  const notes: Bilingual[] = [];
  scanner.take(/(?:唐诗|宋词|元曲)三百首/u);
  const count = readCount(scanner, notes);
  const form =
    readTune(scanner, forms ?? Object.keys(tunes)) ??
    readShape(scanner, random) ??
    readAnyTune(scanner, { forms, random, notes });
  const other = scanner.take(OTHER_VERSE)?.[0];
  if (other !== undefined) {
    notes.push({
      en: `'${other}' is not a form that can be planned yet; a classical Chinese form stands in for it.`,
      zh: `暂不支持“${other}”，以古典诗体代之。`,
    });
  }
  return { ...(form === undefined ? {} : { form }), ...(count === undefined ? {} : { count }), notes };
}

function readCount({ text }: Scanner, notes: Bilingual[]): number | undefined {
  const chinese = /(\d{1,6}|[一二两三四五六七八九十百]{1,4}|几)(?=[首阕篇章](?!歌))/u.exec(text)?.[1];
  const english =
    /\b(\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a couple of|a few|several|some)(?=\s+(?:[a-z-]+\s+){0,4}(?:poems|quatrains|verses|jueju|lyrics|octaves|haikus)\b)/iu.exec(
      text,
    )?.[1];
  const written = chinese ?? english?.toLowerCase();
  if (written === undefined) return undefined;
  if (/^(?:几|a few|several|some)$/u.test(written)) return 3;
  const count = written === 'a couple of' ? 2 : parseNumber(written);
  if (count === undefined || count <= 1) return undefined;
  if (count > 100)
    notes.push({
      en: `${count} poems are too many for one plan; it asks for 100.`,
      zh: `一次最多一百首，已由 ${count} 首改为 100 首。`,
    });
  return Math.min(100, count);
}

function readShape(scanner: Scanner, random: Random): string | undefined {
  for (const [pattern, meanings] of FORMS) if (scanner.take(pattern) !== undefined) return random.pick(meanings);
  return undefined;
}

/** A tune's name counts where it is named as one: quoted, after 词牌 or 填, before 词, or standing by itself. */
function readTune(scanner: Scanner, forms: readonly string[]): string | undefined {
  const explicit = scanner.take(
    /(?:词牌名?|调寄|词调)\s*(?:是|为|用|叫|[:：])?\s*[《「“"]?(\p{Script=Han}{2,8}?)(?=[》」”"，。；、\s]|$|的|词|写|来|，)[》」”"]?/u,
  )?.[1];
  if (explicit !== undefined) return explicit;
  const before = String.raw`(?:(?<=^|[《「“"'\s，,。；：:、（(填写作用按以首阕个来])|(?<=调寄|词牌))`;
  const after = String.raw`(?=$|[》」”"'\s，,。；;：:、·）)]|词|调|体|的词|的格律|一[首阕])`;
  for (const name of [...forms]
    .filter((form) => /^\p{Script=Han}{3,}$/u.test(form))
    .sort((a, b) => b.length - a.length)) {
    if (scanner.take(new RegExp(`${before}[《「“"]?${name}${after}[》」”"]?`, 'u')) !== undefined) return name;
  }
  return readEnglishTune(scanner, forms);
}

function readEnglishTune(scanner: Scanner, forms: readonly string[]): string | undefined {
  const match = scanner.take(
    /\bto the tune (?:of |called |")?\s*["“'《]?([\p{L} ]{2,40}?)["”'》]?(?=[,.;:\n]| about\b| on\b|$)/iu,
  );
  const asked = match?.[1]?.trim();
  if (asked === undefined) return undefined;
  const bare = englishWords(asked).join('');
  const known = Object.entries(tunes).find(([, pinyin]) => pinyin.replaceAll(' ', '') === bare)?.[0];
  return known ?? forms.find((form) => bare !== '' && englishWords(form).join('') === bare) ?? asked;
}

const PLAIN_FORMS = /^[五七]?言?[绝律]句?诗?$|古风|古诗|绝句|律诗/u;

function readAnyTune(
  scanner: Scanner,
  { forms, random, notes }: { forms: readonly string[] | undefined; random: Random; notes: Bilingual[] },
): string | undefined {
  if (scanner.take(ANY_TUNE) === undefined) return undefined;
  const short = ['浣溪沙', '菩萨蛮', '清平乐', '卜算子', '忆江南', '如梦令', '西江月', '鹧鸪天'];
  const offered = forms?.filter((form) => /^\p{Script=Han}+$/u.test(form) && !PLAIN_FORMS.test(form));
  const known = offered === undefined ? short : short.filter((form) => offered.includes(form));
  const tune = random.pick(known.length > 0 ? known : offered?.length ? offered : short);
  notes.push({
    en: `A lyric (词) is asked for without a tune: ${tune} was chosen.`,
    zh: `未指定词牌，取《${tune}》。`,
  });
  return tune;
}
