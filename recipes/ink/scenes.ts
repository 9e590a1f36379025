/** Endless scenes for the painter of sketches to learn from: random briefs out of the words that the scene reader knows. */
import { createRandom, type Random } from '../../src/core/index.ts';

const WORDS = {
  far: '山 山脉 山峰 小山 悬崖 山谷 岛 田野 草原 梯田 森林'.split(' '),
  water: '河 小溪 瀑布 湖 海 池 浪'.split(' '),
  tree: '树 松 柳 梅树 枫 银杏 竹 芭蕉 棕榈 柏 樱花 桃树 梧桐 白桦 枯树 榕树'.split(' '),
  plant: '草 芦苇 藤 蕨 麦 蘑菇 葫芦 灌木 盆景 兰花 叶'.split(' '),
  flower: '荷花 牡丹 菊花 兰花 梅花 桃花 梨花 海棠 玉兰 玫瑰 向日葵 水仙 百合 郁金香 鸢尾 紫藤 牵牛花 茉莉'.split(' '),
  bird: '鸟 鹤 雁 燕 乌鸦 白鹭 喜鹊 麻雀 鹰 猫头鹰 鸭 鸳鸯 鹅 天鹅 公鸡 鸽子 孔雀 鹦鹉 翠鸟'.split(' '),
  animal: '马 驴 牛 水牛 羊 鹿 猫 狗 兔 虎 熊猫 狐狸 猴 象 骆驼 松鼠 龟 青蛙'.split(' '),
  swimming: '鱼 鲤鱼 金鱼 螃蟹 虾'.split(' '),
  insect: '蝴蝶 蜻蜓 蜜蜂 蝉'.split(' '),
  person: '人 老人 孩子 渔翁 樵夫 农夫 牧羊人 旅人 书生 隐士 僧 船夫 舞者 女人 剑客'.split(' '),
  building: '亭 寺 塔 楼 茅屋 房子 村 桥 门 城堡 水车 长城 灯塔 风车'.split(' '),
  vehicle: '船 帆船 马车'.split(' '),
  thing: '石 书 画轴 花瓶 琴 鼓 钟 茶壶 酒壶 篮子 伞 扇子 灯笼 篱笆 井 椅子 桌 风筝'.split(' '),
  food: '桃子 苹果 梨 葡萄 柿子 石榴 南瓜 樱桃 西瓜'.split(' '),
  sky: '月亮 太阳 云'.split(' '),
} as const;

type Word = keyof typeof WORDS;

/** What may stand together, with the chance of each; the first is always there. */
const SCENES: readonly (readonly (readonly [Word, number])[])[] = [
  [
    ['far', 1],
    ['water', 0.6],
    ['tree', 0.8],
    ['building', 0.6],
    ['vehicle', 0.35],
    ['bird', 0.3],
    ['person', 0.3],
    ['sky', 0.4],
  ],
  [
    ['water', 1],
    ['vehicle', 0.6],
    ['tree', 0.5],
    ['plant', 0.4],
    ['bird', 0.5],
    ['person', 0.3],
    ['sky', 0.4],
  ],
  [
    ['flower', 1],
    ['flower', 0.3],
    ['insect', 0.4],
    ['bird', 0.5],
    ['thing', 0.3],
  ],
  [
    ['tree', 1],
    ['bird', 0.5],
    ['animal', 0.4],
    ['person', 0.4],
    ['building', 0.4],
    ['thing', 0.3],
    ['sky', 0.3],
  ],
  [
    ['animal', 1],
    ['tree', 0.5],
    ['plant', 0.5],
    ['far', 0.3],
    ['sky', 0.2],
  ],
  [
    ['person', 1],
    ['animal', 0.3],
    ['tree', 0.5],
    ['building', 0.4],
    ['thing', 0.4],
  ],
  [
    ['thing', 1],
    ['food', 0.6],
    ['flower', 0.5],
    ['thing', 0.4],
  ],
  [
    ['swimming', 1],
    ['flower', 0.4],
    ['plant', 0.5],
  ],
];
const OFTEN = [0.34, 0.12, 0.14, 0.12, 0.1, 0.08, 0.06, 0.04];

/** The shape of the paper, width by height. */
const SHAPES: readonly (readonly [number, number])[] = [
  [1, 1],
  [4, 3],
  [3, 4],
  [3, 2],
  [2, 3],
  [16, 9],
];

export interface RandomScene {
  readonly brief: string;
  readonly shape: readonly [number, number];
}

/** The scene of a seed. */
export function randomScene(seed: string): RandomScene {
  const random = createRandom(`ink/${seed}`);
  const parts = SCENES[draw(OFTEN, random)]!;
  const words = parts.flatMap(([word, chance]) => (random.next() < chance ? [random.pick(WORDS[word])] : []));
  return { brief: [...new Set(words)].join('，'), shape: random.pick(SHAPES) };
}

function draw(shares: readonly number[], random: Random): number {
  const sums = shares.map((_, i) => shares.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const drawn = random.next() * sums.at(-1)!;
  return sums.findIndex((sum) => drawn < sum);
}
