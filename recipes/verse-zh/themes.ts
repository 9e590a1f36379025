/**
 * Finds the words of a poem that could have been its brief. Classical lines are read in pairs from the left (2+2+3, 2+3),
 * so the words are the pairs that stand at those places, occur often, and hold together (normalised pointwise mutual
 * information); single characters count when they name something to see, hear or feel.
 */
import type { Random } from '../../src/core/index.ts';
import type { LabelledPoem } from './poems.ts';

/** Characters of grammar and counting: a word with one of them is no theme. */
const GRAMMAR = new Set(
  '不无有何谁未已曾犹更又亦可应须莫休欲将来去是为与其之者也而於于自相此岂若如似得在一二三四五六七八九十百千万几两半数多少人我君吾汝尔他她子公' +
    '能知见闻言道说问到从向上下前后里中外间时日年今古昨明处所只但却还正方才便即则因故教使令被把对共同各皆都尽俱总每非难易好最太甚极还再初始终',
);

/** Characters that are a theme by themselves. */
const IMAGERY = new Set(
  '月风花雪山江河湖海云雨霜露星天日夜春夏秋冬柳梅兰竹菊松荷莲桃杏梨桂枫草苔萍芦蝶蜂蝉雁燕莺鹤鸥鸦鹊鸡犬马牛羊鹿猿虎龙凤鱼蛙舟船帆桥亭楼台阁塔寺钟鼓琴瑟笛箫笙酒茶诗书画棋剑弓旗' +
    '城关塞边战兵戍烽胡沙路车门窗帘灯烛镜衣裳扇梦愁恨泪情思别离归客友僧仙道禅田园村渔樵耕牧井泉溪石岩洞池潭浦洲岸渡潮浪波雾烟霞虹雷电火冰寒暖老病贫醉歌舞' +
    '乡家国京宫殿陵墓妾女儿童父母兄弟母玉金珠丝锦香翠红绿青白黄碧蓝紫',
);

/** Words worth being themes, with how many poems hold each. */
export type ThemeVocabulary = ReadonlyMap<string, number>;

/** The pairs that reading puts together in a line of this length: [0,1] [2,3] … and both ways of reading the last three. */
function pairPlaces(length: number): number[] {
  const places: number[] = [];
  for (let i = 0; i + 1 < length; i += 2) places.push(i);
  if (length % 2 === 1 && length >= 3) places.push(length - 2);
  return places;
}

function pairsOf(poem: LabelledPoem): string[] {
  return poem.lines.flatMap((line) => pairPlaces(line.length).map((i) => line.slice(i, i + 2)));
}

/** Learns the theme vocabulary of a collection: pairs in ≥ `minPoems` poems whose NPMI is ≥ `minNpmi`. */
export function learnThemes(poems: readonly LabelledPoem[], minPoems = 40, minNpmi = 0.12): ThemeVocabulary {
  const pairs = new Map<string, number>();
  const characters = new Map<string, number>();
  let total = 0;
  for (const poem of poems) {
    for (const pair of new Set(pairsOf(poem))) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    for (const character of poem.lines.join('')) {
      characters.set(character, (characters.get(character) ?? 0) + 1);
      total += 1;
    }
  }
  const kept = new Map<string, number>();
  for (const [pair, count] of pairs) {
    const [a, b] = pair as unknown as [string, string];
    if (count < minPoems || GRAMMAR.has(a) || GRAMMAR.has(b)) continue;
    const joint = count / (total / 2);
    const pmi = Math.log(joint / ((characters.get(a)! / total) * (characters.get(b)! / total)));
    if (pmi / -Math.log(joint) >= minNpmi) kept.set(pair, count);
  }
  for (const character of IMAGERY) kept.set(character, characters.get(character) ?? 1);
  return kept;
}

/** Draws one to four themes of a poem, rarer words and words of the title first in chance; none when it has none. */
export function drawThemes(poem: LabelledPoem, vocabulary: ThemeVocabulary, random: Random): string[] {
  const found = new Map<string, number>();
  for (const word of [...pairsOf(poem), ...poem.lines.join('')]) {
    const count = vocabulary.get(word);
    if (count === undefined || found.has(word)) continue;
    const inTitle = poem.title.includes(word) ? 4 : 1;
    found.set(word, (inTitle * (word.length === 2 ? 1.5 : 0.6)) / Math.log(20 + count));
  }
  const wanted = 1 + random.integer(4);
  const drawn: string[] = [];
  while (drawn.length < wanted && found.size > 0) {
    const word = drawWeighted(found, random);
    found.delete(word);
    if (!drawn.some((other) => other.includes(word) || word.includes(other))) drawn.push(word);
  }
  return drawn;
}

function drawWeighted(weights: ReadonlyMap<string, number>, random: Random): string {
  let rest = random.next() * [...weights.values()].reduce((a, b) => a + b, 0);
  let last = '';
  for (const [word, weight] of weights) {
    last = word;
    rest -= weight;
    if (rest <= 0) break;
  }
  return last;
}
