/**
 * Makes the pictures that the enlarger learns from: pieces of one size, as PNG files.
 *
 *   node recipes/enlarger/make-pictures.ts DATA OUT [--paintings 120] [--held-out]
 *
 *   our own painters, 512 pixels ──▶ four pieces each      paintings/
 *   emoji on paper of any colour ──▶ four to a piece       emoji/
 *   sheets of icons and tiles    ──▶ cut as they lie       icons/, tiles/
 *
 * DATA holds the folders image_emoji_fluent3d, image_icons_game and image_tiles_crawl. With --held-out it paints other
 * scenes with other seeds and takes the emoji under _heldout. A painting that is there already is not painted again.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import type { Plan } from '../../src/kernel/index.ts';
import { composeScene, findPainter, paintScene } from '../../src/studios/image/paint-scene.ts';
import { encodePng, flatten } from '../../src/studios/image/picture/index.ts';
import { readScene } from '../../src/studios/plan/scene/read-scene.ts';
import briefs from './briefs.json' with { type: 'json' };

const PIECE = 256;
const PAINTERS = ['watercolour', 'oil', 'gongbi', 'ink', 'woodcut', 'line', 'abstract', 'oil', 'watercolour'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { paintings: { type: 'string', default: '120' }, 'held-out': { type: 'boolean', default: false } },
});
const [data, out] = positionals;
if (!data || !out) throw new Error('name the folder of the data and one for the pictures');
const heldOut = values['held-out'];

await cutEmoji(Number(values.paintings));
if (!heldOut) await cutSheets();
await paintPieces(Number(values.paintings));

async function paintPieces(count: number): Promise<void> {
  const folder = roomFor('paintings');
  const chosen = heldOut ? briefs.heldOut : briefs.training;
  for (let i = 0; i < count; i++) {
    const [painter, brief] = [PAINTERS[i % PAINTERS.length]!, chosen[i % chosen.length]!];
    const name = `${painter}-${String(i).padStart(3, '0')}`;
    if (existsSync(join(folder, `${name}-3.png`))) continue;
    const png = await paint(brief, painter, heldOut ? `held-out/${i}` : `${i}`);
    const { width = 0, height = 0 } = await sharp(png).metadata();
    for (let corner = 0; corner < 4; corner++) {
      const left = corner % 2 === 0 ? 0 : width - PIECE;
      const top = corner < 2 ? 0 : height - PIECE;
      await sharp(png)
        .extract({ left, top, width: PIECE, height: PIECE })
        .toFile(join(folder, `${name}-${corner}.png`));
    }
  }
}

/** A scene at 512 pixels or more on its shorter side. */
async function paint(brief: string, painter: string, seed: string): Promise<Buffer> {
  const read = readScene(brief);
  const plan = {
    version: 1,
    language: /\p{Script=Han}/u.test(brief) ? 'zh' : 'en',
    brief,
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    hour: read.hour,
    season: read.season,
    scene: read.scene,
  } as unknown as Plan;
  const [layout] = composeScene(plan, { seed, inscription: undefined }, 1);
  const { width, height } = layout!.composition;
  const longest = Math.round((512 * Math.max(width, height)) / Math.min(width, height));
  const options = { painter: findPainter(painter), longest, seed, settings: {}, seal: '' };
  const picture = await paintScene(layout!, plan, options, { breathe: async () => {}, progress: () => {} });
  return Buffer.from(await encodePng(flatten(picture)));
}

/** Four emoji to a piece, every pair of pieces in another style. */
async function cutEmoji(count: number): Promise<void> {
  const folder = roomFor('emoji');
  const root = join(data!, heldOut ? '_heldout/image_emoji_fluent3d' : 'image_emoji_fluent3d');
  for (let i = 0; i < count; i++) {
    const random = createRandom(`emoji/${i}`);
    const style = join(root, random.next() < 0.5 ? 'webp128' : 'flat_webp128');
    const files = readdirSync(style).sort();
    const four = [0, 1, 2, 3].map((corner) => ({
      input: join(style, files[random.integer(files.length)]!),
      left: 128 * (corner % 2),
      top: 128 * (corner >> 1),
    }));
    await sharp({ create: { width: PIECE, height: PIECE, channels: 3, background: paper(random) } })
      .composite(four)
      .toFile(join(folder, `${String(i).padStart(3, '0')}.png`));
  }
}

function paper(random: Random): { r: number; g: number; b: number } {
  if (random.next() < 0.4) return { r: 255, g: 255, b: 255 };
  return { r: random.integer(256), g: random.integer(256), b: random.integer(256) };
}

async function cutSheets(): Promise<void> {
  await cutSheet('icons', join(data!, 'image_icons_game/icons_0.png'), 60);
  await cutSheet('tiles', join(data!, 'image_tiles_crawl/dngn.png'), 30);
  await cutSheet('tiles', join(data!, 'image_tiles_crawl/mon.png'), 30);
}

async function cutSheet(kind: string, file: string, most: number): Promise<void> {
  const folder = roomFor(kind);
  const { width = 0, height = 0 } = await sharp(file).metadata();
  const [across, down] = [Math.floor(width / PIECE), Math.floor(height / PIECE)];
  for (let i = 0; i < Math.min(most, across * down); i++) {
    const random = createRandom(`${file.split('/').at(-1)}/${i}`);
    const at = { left: PIECE * (i % across), top: PIECE * Math.floor(i / across) };
    const piece = await sharp(file)
      .extract({ ...at, width: PIECE, height: PIECE })
      .flatten({ background: paper(random) })
      .toColourspace('srgb')
      .png()
      .toBuffer();
    await sharp(piece).toFile(join(folder, `${file.split('/').at(-1)!.replace('.png', '')}-${i}.png`));
  }
}

function roomFor(kind: string): string {
  const folder = join(out!, kind);
  mkdirSync(folder, { recursive: true });
  return folder;
}
