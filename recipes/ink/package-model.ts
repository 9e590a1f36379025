/**
 * Puts the trained ink network into a model folder, with what it was made of, its curve, and what it paints of scenes never seen.
 *
 *   node recipes/ink/package-model.ts RUN HELD_OUT OUT [bench/results/ink-network.json]
 *
 * RUN is the folder of the training, HELD_OUT pairs of scenes that were held out; the figures of the bench go onto the card.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { createRandom } from '../../src/core/index.ts';
import { bitmapOf, layGrain } from '../../src/studios/image/sketch/index.ts';
import { createSketchPainter, loadPictureModel, savePictureModel } from '../../src/training/index.ts';

const PIECE = 256;
const SHOWN = 8;

const [run, heldOut, out, bench] = process.argv.slice(2);
if (!run || !heldOut || !out) throw new Error('usage: package-model.ts RUN HELD_OUT OUT [RESULTS]');
const trained = join(run, 'model');
const { config, weights, card } = await loadPictureModel(trained);
const measured = bench ? figuresOf(bench) : undefined;
mkdirSync(out, { recursive: true });
await savePictureModel(
  out,
  {
    config,
    weights,
    card: {
      ...card,
      name: 'ink',
      licence: 'Apache-2.0',
      summary: {
        en: 'Paints a sketch in ink and wash, at any size: photographed, scanned or drawn lines become a painting on rice paper.',
        zh: '把草图画成水墨，尺寸不限：拍下、扫描或画出的线条成为宣纸上的画。',
      },
      limits: {
        en: 'It has seen nothing but scenes of our own composer, painted by our own ink painter on an overcast day and sketched by hands that tremble. It makes paper, lines, washes and some colour of what the lines say; nights, lettering and what our painter does not know it cannot paint, and colours it has to guess.',
        zh: '只见过本系统自己构图、由自有水墨画师在阴天光下所作的画，以及颤手勾出的草图。它依线条施纸、线、墨与少量颜色；不会画夜景与文字，也不会画本系统画师不认识的东西，颜色只能猜。',
      },
      paper: 'rice',
      trainedOn: [{ name: 'Scenes composed and painted by this system itself', licence: 'Apache-2.0' }],
      scores: { ...card.scores, ...measured },
    },
  },
  { precision: 'F16' },
);
if (existsSync(join(run, 'loss.svg'))) copyFileSync(join(run, 'loss.svg'), join(out, 'loss.svg'));
await writeSamples(join(out, 'samples.webp'));
writeFileSync(join(out, 'README.md'), readme());

/** What the bench measured, as numbers of a card. */
function figuresOf(path: string): Record<string, number> {
  const { scenes, sketches, time } = JSON.parse(readFileSync(path, 'utf8'));
  return {
    patchDistance: scenes.table['this network'].colour,
    textureDistance: scenes.table['this network'].texture,
    patchShareOfLineDrawing: scenes.shareOfLineDrawing.colour,
    textureShareOfLineDrawing: scenes.shareOfLineDrawing.texture,
    ssim: scenes.table['this network'].ssim,
    chamferPixels: sketches.chamferPixels,
    edgesWithin3: sketches.within3,
    secondsAt1024: time.later,
  };
}

/** Three rows, of the first scenes held out: sketch, this network, the careful painter. */
async function writeSamples(path: string): Promise<void> {
  await using painter = await createSketchPainter(out!, { threads: 2 });
  const files = readdirSync(heldOut!)
    .filter((file) => file.endsWith('whole.png'))
    .sort()
    .slice(0, SHOWN);
  const cells = await Promise.all(files.map((file) => pairOf(join(heldOut!, file))));
  const parts: OverlayOptions[] = [];
  for (const [i, { sketch, painting, lines }] of cells.entries()) {
    const { data } = await painter.paint({ data: lines, width: PIECE, height: PIECE, channels: 1 });
    const plain = bitmapOf({ data, width: PIECE, height: PIECE, channels: 3 });
    const made = layGrain(plain, 1, createRandom(`sample ${i}`)).data;
    const painted = await sharp(made, { raw: { width: PIECE, height: PIECE, channels: 4 } })
      .removeAlpha()
      .png()
      .toBuffer();
    for (const [row, input] of [sketch, painted, painting].entries()) {
      parts.push({ input, left: i * PIECE, top: row * PIECE });
    }
  }
  await sharp({ create: { width: files.length * PIECE, height: 3 * PIECE, channels: 3, background: '#ffffff' } })
    .composite(parts)
    .webp({ quality: 82 })
    .toFile(path);
}

async function pairOf(path: string) {
  const half = (left: number) => sharp(path).removeAlpha().extract({ left, top: 0, width: PIECE, height: PIECE });
  const grey = await half(0).greyscale().raw().toBuffer();
  return {
    sketch: await half(0).png().toBuffer(),
    painting: await half(PIECE).png().toBuffer(),
    lines: Float32Array.from(grey, (value) => value / 127.5 - 1),
  };
}

function readme(): string {
  const rows = Object.entries({ ...card.scores, ...measured })
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `| ${name} | ${Number(value).toPrecision(3)} |`);
  return `# ink

Sketch → ink painting. A U-Net of convolutions only (${config.kind === 'sketch-painter' ? config.generator.join('/') : ''} feature maps), trained against a judge of patches.
Trained by \`recipes/ink\` on scenes that this system composed, painted and sketched itself; nobody's pictures were used. · 草图成水墨画。全卷积 U-Net，与判别图块的网络对抗训练；由 \`recipes/ink\` 用本系统自己构图、作画、起稿的场景训练，未使用任何他人的画。

![rows: sketch, this network, the careful painter](samples.webp)

Scenes that were held out; rows: sketch, this network, the careful painter. The curve of the training is in \`loss.svg\`. · 留出的场景，自上而下：草图、本网络、细画的画师。训练曲线见 \`loss.svg\`。

| figure · 指标 | |
|---|---|
${rows.join('\n')}
`;
}
