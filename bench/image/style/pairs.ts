/**
 * Twenty pairs of content and style. Contents: briefs painted by our own painters. Styles: other briefs by other painters, sheets of emoji
 * (Fluent, three ways of drawing) and of game tiles (Dungeon Crawl) from the folder of open data.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { composeScene, findPainter, paintScene } from '../../../src/studios/image/paint-scene.ts';
import { flatten } from '../../../src/studios/image/picture/index.ts';
import type { Bitmap } from '../../../src/studios/image/raster/index.ts';
import { readBrief } from '../../../src/studios/plan/index.ts';

export const SIDE = 512;

/** Brief, painter and style of each pair; styles are `painter: brief`, `emoji: way/group` or `tiles: category`. */
export const PAIRS: readonly (readonly [brief: string, painter: string, style: string])[] = [
  ['江上一叶小舟，月夜，左边两株垂柳，远山', 'ink', 'emoji: 3d/food-drink'],
  ['a lighthouse by the sea at sunset', 'oil', 'woodcut: autumn mountains and wild geese'],
  ['雪中的梅树和茅屋', 'watercolour', 'emoji: high_contrast/animals-nature'],
  ['竹林里的亭子，春天', 'gongbi', 'oil: a field of sunflowers under a stormy sky'],
  ['an old temple under autumn mountains, wild geese in the sky', 'woodcut', 'tiles: dungeon floor'],
  ['一匹马在草原上，晴天', 'watercolour', 'pixel: a castle by a lake at night'],
  ['a city at night with a bridge and a river', 'oil', 'emoji: flat/travel-places'],
  ['荷塘里的白鹭', 'gongbi', 'ink: 云雾中的高山和瀑布'],
  ['a cat under a cherry tree', 'watercolour', 'tiles: monster'],
  ['三条小船，湖上，日出', 'oil', 'watercolour: a forest in autumn rain'],
  ['a windmill on a hill with sheep', 'gongbi', 'emoji: 3d/animals-nature'],
  ['海上的帆船和海鸥', 'woodcut', 'oil: wheat fields and cypress trees at dusk'],
  ['a mountain village in the snow at night', 'watercolour', 'woodcut: waves and a boat in a storm'],
  ['江南小桥，流水，人家', 'ink', 'gongbi: 牡丹和蝴蝶'],
  ['a red pagoda by a lake, spring', 'gongbi', 'tiles: dungeon wall'],
  ['松树下的老人，远处有瀑布', 'ink', 'abstract: a storm of joy'],
  ['a sailing boat under the stars', 'oil', 'pixel: a forest with a stream'],
  ['秋天的枫林和小路', 'watercolour', 'emoji: flat/smileys-emotion'],
  ['two cranes over a misty river', 'ink', 'watercolour: a bouquet of roses and lilies'],
  ['a farmhouse in a summer meadow', 'oil', 'line: 竹林和山石'],
];

/** Content and style of one pair; `data` is the folder of open data. */
export async function picturesOf(nth: number, data: string): Promise<{ content: Bitmap; style: Bitmap }> {
  const [brief, painter, style] = PAIRS[nth]!;
  const [way, what] = style.split(': ') as [string, string];
  const made =
    way === 'emoji'
      ? await emojiSheet(join(data, 'image_emoji_fluent3d'), what)
      : way === 'tiles'
        ? await tileSheet(join(data, 'image_tiles_crawl'), what)
        : await painted(what, way, `style/${nth}`);
  return { content: await painted(brief, painter, `content/${nth}`), style: made };
}

async function painted(brief: string, painter: string, seed: string): Promise<Bitmap> {
  const plan = readBrief(brief, { picture: true, seed: 1 });
  const [layout] = composeScene(plan, { seed, inscription: undefined, size: [SIDE, SIDE] }, 1);
  const options = { painter: findPainter(painter), longest: SIDE, seed, settings: {}, seal: '' };
  return flatten(await paintScene(layout!, plan, options, { breathe: async () => {}, progress: () => {} }));
}

/** A sheet of 5 × 5 on white. */
async function emojiSheet(folder: string, what: string): Promise<Bitmap> {
  const [way, group] = what.split('/') as ['3d', string];
  const rows = linesOf(join(folder, 'labels.jsonl')) as { group: string; files: Record<string, string> }[];
  const own = rows.filter((row) => row.group === group);
  const files = Array.from({ length: 25 }, (_, i) => own[Math.floor(((i + 0.5) / 25) * own.length)]!.files[way]!);
  return sheet(
    await Promise.all(files.map((file) => sharp(join(folder, file)).resize(100, 100).png().toBuffer())),
    102,
    '#ffffff',
  );
}

/** Tiles at twice their size, 8 × 8 on dark. */
async function tileSheet(folder: string, category: string): Promise<Bitmap> {
  const rows = linesOf(join(folder, 'index.jsonl')) as {
    atlas: string;
    x: number;
    y: number;
    w: number;
    h: number;
    category: string;
  }[];
  const own = rows.filter((row) => row.category === category);
  const picked = Array.from({ length: 64 }, (_, i) => own[Math.floor(((i + 0.5) / 64) * own.length)]!);
  const cut = ({ atlas, x, y, w, h }: (typeof rows)[number]): Promise<Buffer> =>
    sharp(join(folder, atlas))
      .extract({ left: x, top: y, width: w, height: h })
      .resize(64, 64, { kernel: 'nearest' })
      .png()
      .toBuffer();
  return sheet(await Promise.all(picked.map(cut)), 64, '#20242a');
}

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

async function sheet(pieces: readonly Buffer[], pitch: number, background: string): Promise<Bitmap> {
  const columns = Math.floor(SIDE / pitch);
  const margin = Math.floor((SIDE - columns * pitch) / 2);
  const placed = pieces.map((input, i) => ({
    input,
    left: margin + (i % columns) * pitch,
    top: margin + Math.floor(i / columns) * pitch,
  }));
  const data = await sharp({ create: { width: SIDE, height: SIDE, channels: 4, background } })
    .composite(placed)
    .raw()
    .toBuffer();
  return { width: SIDE, height: SIDE, data: new Uint8ClampedArray(data) };
}
