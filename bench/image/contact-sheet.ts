/**
 * Five briefs by all painters, to be looked at:  node bench/image/contact-sheet.ts [--side 300] [--out docs/pictures/painters.webp]
 *
 * One row a brief, one column a painter. Prints seconds for each painter at 1024 pixels with `--time`.
 */
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { composeScene, paintScene } from '../../src/studios/image/paint-scene.ts';
import { PAINTERS } from '../../src/studios/image/painters/index.ts';
import { flatten } from '../../src/studios/image/picture/index.ts';
import { readBrief } from '../../src/studios/plan/index.ts';

const BRIEFS = [
  ['江上一叶小舟，月夜，左边两株垂柳，远山', '4'],
  ['a lighthouse by the sea at sunset', '3'],
  ['雪中的梅树和茅屋', '2'],
  ['竹林里的亭子，春天', '5'],
  ['an old temple under autumn mountains, wild geese in the sky', '7'],
] as const;

const { values } = parseArgs({
  options: {
    side: { type: 'string', default: '300' },
    out: { type: 'string', default: 'docs/pictures/painters.webp' },
    time: { type: 'boolean', default: false },
  },
});
const side = Number(values.side);
const quiet = { breathe: async () => {}, progress: () => {} };

async function paint(
  brief: string,
  seed: string,
  painter: (typeof PAINTERS)[number],
  longest: number,
): Promise<Buffer> {
  const plan = readBrief(brief, { picture: true, seed: Number(seed) });
  const [layout] = composeScene(plan, { seed, inscription: undefined, size: [longest, longest] }, 1);
  const options = { painter, longest, seed, settings: {}, seal: '' };
  const { width, height, data } = flatten(await paintScene(layout!, plan, options, quiet));
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer();
}

const pieces: { input: Buffer; left: number; top: number }[] = [];
for (const [row, [brief, seed]] of BRIEFS.entries()) {
  for (const [column, painter] of PAINTERS.entries()) {
    const input = await sharp(await paint(brief, seed, painter, side * 2))
      .resize(side, side)
      .toBuffer();
    pieces.push({ input, left: column * (side + 6), top: row * (side + 6) });
  }
}
const width = PAINTERS.length * (side + 6) - 6;
const height = BRIEFS.length * (side + 6) - 6;
await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
  .composite(pieces)
  .webp({ quality: 82 })
  .toFile(values.out);
if (values.time) {
  for (const painter of PAINTERS) {
    const started = performance.now();
    await paint(BRIEFS[0][0], BRIEFS[0][1], painter, 1024);
    console.log(`${painter.id}: ${((performance.now() - started) / 1000).toFixed(1)} s at 1024 × 1024`);
  }
}
