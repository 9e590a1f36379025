/** A made-up author for the tests of own work: a folder of chapters, and a tiny base that writes prose and has learned nothing. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../src/core/index.ts';
import { createRandomModelFolder } from '../src/training/index.ts';

const PLACES =
  '河边 灯下 门口 雪地 桥头 井旁 田埂 码头 院子 山腰 巷尾 船舱 集市 屋顶 台阶 林间 渡口 车站 窗前 塔里'.split(' ');
const PEOPLE =
  '老周 阿满 石匠 渔夫 姑母 郎中 邮差 木匠 孩子 掌柜 琴师 外婆 兵卒 画工 书生 船家 牧人 寡妇 染匠 更夫'.split(' ');
const ACTS =
  '拾起 推开 忘记 等着 听见 画过 送走 找到 藏起 记得 擦亮 缝补 埋下 数清 点燃 放走 抱紧 换来 偷看 修好'.split(' ');
const THINGS =
  '马灯 旧信 铜镜 雨伞 木梳 泥人 纸鸢 铁锚 酒坛 棉袄 算盘 竹笛 鱼篓 蜡烛 布鞋 茶壶 砚台 草帽 银簪 磨刀石'.split(' ');
const TIMES = '清晨 黄昏 半夜 雨后 霜降 开春 秋收 年关 正午 月出 涨潮 散场 雷声里 大雾中 下雪天 灯灭时'.split(' ');

/** Seeded prose of about 30 characters a sentence, so varied that nothing in it counts as repeated. */
export function inventProse(seed: string, sentences: number): string {
  const random = createRandom(seed);
  const one = (words: readonly string[]): string => random.pick(words);
  const kinds = [
    () =>
      `${one(TIMES)}，${one(PEOPLE)}在${one(PLACES)}${one(ACTS)}${one(THINGS)}，又把${one(THINGS)}交给${one(PEOPLE)}。`,
    () => `${one(PEOPLE)}说：“${one(TIMES)}你若${one(ACTS)}那${one(THINGS)}，便到${one(PLACES)}来。”`,
    () =>
      `${one(PLACES)}只剩${one(THINGS)}和${one(THINGS)}，${one(PEOPLE)}却还${one(ACTS)}${one(PEOPLE)}的${one(THINGS)}。`,
    () => `谁也不知道${one(PEOPLE)}为何要在${one(TIMES)}${one(ACTS)}${one(THINGS)}！`,
  ];
  return Array.from({ length: sentences }, (_, i) => `${random.pick(kinds)()}${i % 5 === 4 ? '\n\n' : ''}`).join('');
}

/** Writes chapters as files `01.txt`… of `sentences` each; 12 of 100 are about 28,000 characters. */
export function writeFolder(folder: string, chapters: number, sentences = 100): string {
  mkdirSync(folder, { recursive: true });
  for (let i = 1; i <= chapters; i++) {
    const name = String(i).padStart(2, '0');
    writeFileSync(join(folder, `${name}.txt`), `${inventProse(`chapter ${i}`, sentences)}\n`);
  }
  return folder;
}

/** A model folder of a few thousand numbers whose card says that it writes prose. */
export async function createProseBase(folder: string): Promise<void> {
  const words = [PLACES, PEOPLE, ACTS, THINGS, TIMES].flat().join('');
  const frame = '在又把交给说你若那便到来只剩和却还的谁也不知道为何要，。！：“”\n';
  const vocabulary = ['<unk>', '<s>', '</s>', '<title>', '<text>', ...new Set(`${words}${frame}0123456789`)];
  const sizes = { hidden_size: 16, num_hidden_layers: 1, intermediate_size: 32, max_position_embeddings: 64 };
  await createRandomModelFolder(folder, { vocabulary, ...sizes });
  const card = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'card.json'), JSON.stringify({ ...card, writes: 'prose' }));
}
