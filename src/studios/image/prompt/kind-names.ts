/** What people call the kinds of things, for wishes such as “no animals”. */
import type { SceneElement } from '../../../kernel/index.ts';

/** Names of each kind, singular, in lower case. */
export const KIND_NAMES: Readonly<Record<SceneElement['kind'], readonly string[]>> = {
  sky: ['sky', 'heaven', '天空', '天象'],
  weather: ['weather', '天气'],
  light: ['light', 'lamp', '灯', '灯光', '光'],
  land: ['land', 'mountain', 'hill', 'ground', '山', '山石', '地形'],
  water: ['water', '水', '水面'],
  tree: ['tree', '树', '树木', '树林'],
  plant: ['plant', 'vegetation', '植物', '草木', '草'],
  flower: ['flower', 'blossom', '花', '花卉', '花朵'],
  bird: ['bird', '鸟', '飞鸟', '鸟类'],
  animal: ['animal', 'beast', '动物', '野兽'],
  fish: ['fish', '鱼'],
  insect: ['insect', 'bug', '昆虫', '虫'],
  person: ['person', 'people', 'human', 'figure', 'man', 'woman', '人', '人物', '人影', '行人'],
  building: ['building', 'house', 'architecture', '建筑', '房屋', '房子', '楼'],
  vehicle: ['vehicle', 'boat', 'ship', 'car', '车船', '交通工具', '船', '车'],
  thing: ['thing', 'object', '器物', '物品', '东西'],
  food: ['food', '食物', '吃的'],
  being: ['being', 'creature', 'monster', '神怪', '神兽', '怪物'],
  abstract: ['abstract', 'pattern', '抽象', '图案', '花纹'],
};

/** A word without its plural ending, in lower case. */
export function singular(word: string): string {
  const said = word.trim().toLowerCase();
  const irregular = { people: 'person', men: 'man', women: 'woman', mice: 'mouse', geese: 'goose' }[said];
  if (irregular) return irregular;
  if (/ies$/.test(said)) return said.replace(/ies$/, 'y');
  if (/(?:sh|ch|x|ss)es$/.test(said)) return said.slice(0, -2);
  return /[^su]s$/.test(said) ? said.slice(0, -1) : said;
}
