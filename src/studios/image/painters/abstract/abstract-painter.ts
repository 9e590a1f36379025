/**
 * The abstract painter 抽象: nothing is drawn as it looks. Things become whirls in a field of flow, the mood its speed, the palette its colours.
 *
 *   bodies ─▶ whirls and forms · noise ─▶ field ─▶ streamlines, long and short ─▶ accents where the eye should go
 */
import { z } from 'zod';
import type { Random } from '../../../../core/index.ts';
import type { Composition } from '../../composition/index.ts';
import type { Layer } from '../../picture/index.ts';
import {
  type Bitmap,
  createBitmap,
  createField,
  createNoise,
  drawStroke,
  filledBitmap,
  fillPolygon,
  fractal,
  mixHex,
  type Noise,
  type Point,
  parseHex,
} from '../../raster/index.ts';
import type { Painter, PaintJob } from '../types.ts';

export const abstractOptions = z.object({
  lines: z.int().min(50).max(6000).default(1500).describe('streamlines'),
  whirl: z.number().min(0).max(3).default(1).describe('how strongly things turn the flow'),
});

export const abstractPainter: Painter = {
  id: 'abstract',
  names: { en: 'abstract', zh: '抽象' },
  summary: { en: 'Flow, whirls and forms in the colours of the mood.', zh: '流场、漩涡与形，以情绪设色。' },
  paint: paintAbstract,
};

async function paintAbstract(job: PaintJob): Promise<readonly Layer[]> {
  const { composition, width, height, scale, random } = job;
  const { lines, whirl } = abstractOptions.parse(job.options);
  const { palette } = composition;
  const flow = flowOf(composition, fractal(createNoise(random.fork('flow')), 2), whirl);
  const layers: Layer[] = [
    layerOf('ground', { en: 'ground', zh: '底色' }, filledBitmap(width, height, [...parseHex(palette.ground), 255])),
  ];
  layers.push(layerOf('forms', { en: 'forms', zh: '形' }, formsBitmap(job, random.fork('forms'))));
  const passes = [
    { id: 'broad', names: { en: 'broad flow', zh: '大流' }, share: 0.12, wide: 26, long: 60 },
    { id: 'middle', names: { en: 'flow', zh: '流' }, share: 0.33, wide: 8, long: 90 },
    { id: 'fine', names: { en: 'fine flow', zh: '细流' }, share: 0.55, wide: 2.2, long: 120 },
  ];
  for (const [i, pass] of passes.entries()) {
    const bitmap = createBitmap(width, height);
    const own = random.fork(pass.id);
    for (const colour of [...palette.main, palette.dark, palette.accent]) {
      const count = Math.round((lines * pass.share) / (colour === palette.accent ? 14 : palette.main.length + 1));
      drawFlow(bitmap, { flow, composition, scale, count, colour, random: own, ...pass });
      await job.breathe();
    }
    layers.push(layerOf(pass.id, pass.names, bitmap));
    job.progress((i + 1) / passes.length);
  }
  return layers;
}

const layerOf = (id: string, names: Layer['names'], bitmap: Bitmap): Layer => ({ id, names, bitmap, x: 0, y: 0 });

type Flow = (x: number, y: number) => number;

/** Direction at a place in units: noise, turned around the bodies. */
function flowOf({ placed, mood }: Composition, noise: Noise, whirl: number): Flow {
  const bodies = placed.filter(({ from }) => from !== undefined).slice(-12);
  const size = 620 - 260 * mood.arousal;
  return (x, y) => {
    let angle = Math.PI * (0.15 + 1.1 * noise(x / size, y / size));
    for (const { box, mirrored } of bodies) {
      const [dx, dy] = [x - box.x - box.width / 2, y - box.y - box.height / 2];
      const near = Math.exp(-Math.hypot(dx, dy) / (40 + 0.5 * Math.max(box.width, box.height)));
      const around = Math.atan2(dy, dx) + (mirrored ? -1 : 1) * (Math.PI / 2);
      angle += whirl * near * Math.atan2(Math.sin(around - angle), Math.cos(around - angle));
    }
    return angle;
  };
}

interface Streams {
  readonly flow: Flow;
  readonly composition: Composition;
  readonly scale: number;
  readonly count: number;
  readonly colour: string;
  readonly random: Random;
  readonly wide: number;
  readonly long: number;
}

function drawFlow(bitmap: Bitmap, { flow, composition, scale, count, colour, random, wide, long }: Streams): void {
  const field = createField(bitmap.width, bitmap.height);
  for (let n = 0; n < count; n++) {
    let [x, y] = [random.next() * composition.width, random.next() * composition.height];
    const steps = Math.round(long * (0.4 + random.next()));
    const width = wide * (0.35 + random.next());
    const points: Point[] = [];
    for (let i = 0; i < steps; i++) {
      points.push([x * scale, y * scale]);
      const angle = flow(x, y);
      x += 4.5 * Math.cos(angle);
      y += 4.5 * Math.sin(angle);
    }
    drawStroke(field, {
      points,
      radii: points.map((_, i) => (width / 2) * scale * Math.sin((Math.PI * (i + 0.5)) / steps) ** 0.6),
    });
  }
  layOver(bitmap, field.data, colour, wide > 20 ? 0.5 : 0.8);
}

/** Large quiet forms where things stand: discs, bars and triangles by their kind. */
function formsBitmap({ composition, width, height, scale }: PaintJob, random: Random): Bitmap {
  const bitmap = createBitmap(width, height);
  for (const [i, { box, kind, colour }] of composition.placed.filter(({ from }) => from !== undefined).entries()) {
    const field = createField(width, height);
    const [cx, cy] = [(box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale];
    const [rx, ry] = [(box.width / 2) * scale, (box.height / 2) * scale];
    const corners = kind === 'land' || kind === 'building' ? 3 : kind === 'water' || kind === 'vehicle' ? 4 : 48;
    const turn = corners === 48 ? 0 : -Math.PI / 2 + (random.next() - 0.5) * 0.3;
    const radius = corners === 48 ? [Math.min(rx, ry), Math.min(rx, ry)] : [rx, ry];
    const outline = Array.from({ length: corners }, (_, k): Point => {
      const angle = turn + (k / corners) * 2 * Math.PI;
      return [cx + radius[0]! * Math.cos(angle), cy + radius[1]! * Math.sin(angle)];
    });
    fillPolygon(field, [outline]);
    const { main, accent } = composition.palette;
    layOver(bitmap, field.data, colour ?? (i === 0 ? accent : mixHex(main[i % main.length]!, '#ffffff', 0.15)), 0.75);
  }
  return bitmap;
}

function layOver({ data }: Bitmap, coverage: Float32Array, colour: string, opacity: number): void {
  const channels = parseHex(colour);
  for (let i = 0; i < coverage.length; i++) {
    const alpha = coverage[i]! * opacity;
    if (alpha < 1 / 512) continue;
    const below = data[4 * i + 3]! / 255;
    const together = alpha + below * (1 - alpha);
    for (let c = 0; c < 3; c++) {
      data[4 * i + c] = (channels[c]! * alpha + data[4 * i + c]! * below * (1 - alpha)) / together;
    }
    data[4 * i + 3] = 255 * together;
  }
}
