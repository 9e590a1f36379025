/** Rhyme book, rhyme group and rhyme word that a brief asks for. */
import type { VerseWish } from '../../kernel/index.ts';
import { parseNumber } from './numbers.ts';
import type { Scanner } from './scanner.ts';

const BOOKS: readonly (readonly [RegExp, string])[] = [
  [/(?:用|按|押|依|以)?平水韵|\bpingshui(?: ?yun)?(?: rhymes?)?(?: book)?\b/iu, '平水韵'],
  [/(?:用|按|押|依|以)?词林正韵|\bcilin(?: ?zheng ?yun)?(?: rhymes?)?\b/iu, '词林正韵'],
  [
    /(?:用|按|押|依|以)?(?:中华通韵|中华新韵|通韵|新韵)|\b(?:zhonghua )?tong ?yun\b|\b(?:modern|new)(?: chinese| mandarin)? rhymes?\b/iu,
    '中华通韵',
  ],
];

/** The 106 groups of 平水韵 and the sixteen of 中华通韵, as they are named. */
const GROUPS =
  '东冬江支微鱼虞齐佳灰真文元寒删先萧肴豪歌麻阳庚青蒸尤侵覃盐咸董肿讲纸尾语麌荠蟹贿轸吻阮旱潸铣筱巧皓哿马养梗迥有寝感琰豏送宋绛寘未御遇霁泰卦队震问愿翰谏霰啸效号个祃漾敬径宥沁勘艳陷屋沃觉质物月曷黠屑药陌锡职缉合叶洽啊喔鹅衣乌迂哀欸熬欧安恩昂英雍儿';

/** Finals of the modern language to their group in 中华通韵. */
const FINALS: Readonly<Record<string, string>> = Object.fromEntries(
  'a啊 o喔 e鹅 i衣 u乌 ü迂 v迂 ai哀 ei欸 ao熬 ou欧 an安 en恩 ang昂 eng英 ing英 ong雍 er儿'
    .split(' ')
    .map((pair) => [pair.slice(0, -1), pair.slice(-1)]),
);

type RhymeWish = Pick<VerseWish, 'rhyme' | 'rhymeBook' | 'rhymeWord'>;

/** Reads rhyme wishes; groups are named by their character, tune rhymes like `7平`. */
export function readRhyme(scanner: Scanner): RhymeWish {
  const word = readRhymeWord(scanner);
  const group = readGroup(scanner);
  const book = BOOKS.find(([pattern]) => scanner.take(pattern) !== undefined)?.[1] ?? group.rhymeBook;
  return {
    ...(word === undefined || word === group.rhyme ? {} : { rhymeWord: word }),
    ...(group.rhyme === undefined ? {} : { rhyme: group.rhyme }),
    ...(book === undefined ? {} : { rhymeBook: book }),
  };
}

function readRhymeWord(scanner: Scanner): string | undefined {
  const footed = scanner.take(
    /韵脚(?:必须|要)?(?:用|是|为|有|含)?\s*[「“"'‘]?(\p{Script=Han})[」”"'’]?字?(?=[，。,.\s]|$)/u,
  );
  const worded = footed ?? scanner.take(/(?:押|用|以|限)[「“"'‘]?(\p{Script=Han})[」”"'’]?字(?:为韵|作韵|韵|押韵)/u);
  const english =
    worded ??
    scanner.take(/\brhym\w*\s+(?:on|with|word)\s+(?:the (?:word|character)\s+)?["“'「]?(\p{Script=Han})["”'」]?/iu);
  return english?.[1];
}

function readGroup(scanner: Scanner): RhymeWish {
  const numbered = scanner.take(
    /(?:押|用|词林正韵)?\s*第([一二三四五六七八九十]{1,3}|\d{1,2})部(平|仄|入)?(?:声)?韵?/u,
  );
  const part = parseNumber(numbered?.[1] ?? '');
  if (part !== undefined && part >= 1 && part <= 19) {
    return { rhyme: `${part}${part > 14 ? '入' : numbered?.[2] === '仄' ? '仄' : '平'}`, rhymeBook: '词林正韵' };
  }
  const named =
    scanner.take(
      new RegExp(
        `(?:押|用|限|韵部(?:为|是|用|[:：])?)\\s*(?:[上下]平声?|[上去入]声)?[一二三四五六七八九十]{0,3}[「“"'‘]?([${GROUPS}])[」”"'’]?(?:部?韵|部)`,
        'u',
      ),
    ) ??
    scanner.take(new RegExp(`(?:上平|下平)?[一二三四五六七八九十]{1,2}([${GROUPS}])韵`, 'u')) ??
    scanner.take(new RegExp(`\\brhyme(?:s|d)?(?: group)?[:\\s]+(?:in |of |the )*["“'「]?([${GROUPS}])["”'」]?`, 'iu'));
  if (named !== undefined) return { rhyme: named[1]! };
  const final = FINALS[scanner.take(/押\s*[「“"'‘]?([a-zü]{1,3})[」”"'’]?\s*韵/iu)?.[1]?.toLowerCase() ?? ''];
  return final === undefined ? {} : { rhyme: final, rhymeBook: '中华通韵' };
}
