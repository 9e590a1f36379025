/**
 * The woodcut painter 木版: flat colours, each from its own block, strong even lines, the sky graded by the printer's hand (bokashi), the
 * grain of the wood in every colour.
 */
import { z } from 'zod';
import { paperBitmap } from '../../brush/index.ts';
import { drawLines, inkBitmap } from '../../lines/index.ts';
import type { Layer } from '../../picture/types.ts';
import { type Bitmap, createNoise, fractal, fromOklab, type Triple, toOklab } from '../../raster/index.ts';
import { renderPlain } from '../plain/index.ts';
import type { Painter, PaintJob, RepaintJob } from '../types.ts';
import { calmDown, cutBlocks } from './cut-blocks.ts';

export const woodcutOptions = z.object({
  colours: z.number().min(3).max(10).default(6).describe('steps of lightness of every colour'),
  line: z.number().min(0).max(8).default(2.6).describe('width of the key block’s lines, in thousandths of the paper'),
  grain: z.number().min(0).max(1).default(0.5).describe('how much of the wood is seen'),
});

export const woodcutPainter: Painter = {
  id: 'woodcut',
  names: { en: 'woodcut', zh: '木版画' },
  summary: {
    en: 'Flat blocks of colour, strong lines, graded skies, grain of wood.',
    zh: '平涂色版、匀劲墨线、渐变天色、木纹。',
  },
  paint: paintWoodcut,
  repaint: repaintInWood,
};

async function paintWoodcut(job: PaintJob): Promise<readonly Layer[]> {
  const { colours, line, grain } = woodcutOptions.parse(job.options);
  const plain = await renderPlain(job, { modelling: 0.35, steps: colours, outline: line, outlineColour: '#22252e' });
  return pull(plain, job, grain);
}

/** A block for each colour, light ones first, and the key block with its lines over all. */
async function repaintInWood(job: RepaintJob): Promise<readonly Layer[]> {
  const { motif, scale, options, random } = job;
  const { width, height } = motif;
  const { colours, line, grain } = woodcutOptions.parse(options);
  const reach = Math.max(2, Math.round(6 * scale));
  const layers: Layer[] = cutBlocks(motif, reach, Math.round(colours), random)
    .toReversed()
    .map(({ bitmap }, i) => layerOf(`block-${i + 1}`, { en: `block ${i + 1}`, zh: `色版 ${i + 1}` }, bitmap));
  await job.breathe();
  job.progress(0.5);
  if (line > 0) {
    const thickness = Math.max(1.2, line * scale);
    const { cover } = drawLines(calmDown(motif, Math.ceil(reach / 2)), { mode: 'extract', thickness, detail: 0.6 });
    layers.push(layerOf('key', { en: 'key block', zh: '墨线版' }, inkBitmap(cover)));
  }
  return pull(layers, { ...job, width, height }, grain);
}

function layerOf(id: string, names: Layer['names'], bitmap: Bitmap): Layer {
  return { id, names, bitmap, x: 0, y: 0 };
}

type Press = Pick<PaintJob, 'width' | 'height' | 'scale' | 'random'>;

/** Blocks printed, each with the grain of its wood, on paper. */
function pull(blocks: readonly Layer[], { width, height, scale, random }: Press, grain: number): readonly Layer[] {
  const wood = fractal(createNoise(random.fork('wood')), 2);
  const printed = blocks.map((layer) => ({ ...layer, bitmap: print(layer.bitmap, scale, grain, wood) }));
  const look = { colour: '#f3ead8', roughness: 1, age: 0.2, fibres: 2.5 };
  const paper: Layer = {
    id: 'paper',
    names: { en: 'paper', zh: '纸' },
    bitmap: paperBitmap({ width, height }, look, scale, random.fork('paper')),
    x: 0,
    y: 0,
    blend: 'multiply',
  };
  return [...printed, paper];
}

/** Inks of old prints are earthy; the block's grain runs across. */
function print(
  { width, height, data }: Bitmap,
  scale: number,
  grain: number,
  wood: (x: number, y: number) => number,
): Bitmap {
  const out = { width, height, data: data.slice() };
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      if (data[at + 3] === 0) continue;
      const [l, a, b] = toOklab([data[at]!, data[at + 1]!, data[at + 2]!]);
      const streak = wood(x / (190 * scale), y / (3.4 * scale));
      const [r, g, blue] = fromOklab([l + grain * 0.035 * streak, a * 0.92, b * 0.92 + 0.006] as Triple);
      out.data[at] = r;
      out.data[at + 1] = g;
      out.data[at + 2] = blue;
    }
  }
  return out;
}
