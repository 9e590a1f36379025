/**
 * The painter of night and light 夜色: dark ground, things as shadows with the sky's light on them, everything that shines with its glow,
 * stars by magnitude, water that holds it all once more.
 *
 *   sky ─▶ stars ─▶ things dimmed by the night, far to near (water mirrors what is behind it) ─▶ glow
 */
import { z } from 'zod';
import type { Composition } from '../../composition/index.ts';
import { flatten } from '../../picture/index.ts';
import type { Layer } from '../../picture/types.ts';
import {
  type Bitmap,
  blurField,
  createBitmap,
  createField,
  createNoise,
  fractal,
  fromOklab,
  sampleField,
  toOklab,
} from '../../raster/index.ts';
import { renderPlain } from '../plain/index.ts';
import type { Painter, PaintJob } from '../types.ts';
import { type NightSky, nightSkyOf, skyBitmap, starsBitmap } from './night-sky.ts';
import { mirrorBitmap } from './water-light.ts';

export const nightOptions = z.object({
  darkness: z.number().min(0).max(1).default(0.6).describe('0 dusk … 1 deep night'),
  glow: z.number().min(0).max(2).default(1).describe('how far lights shine'),
});

export const nightPainter: Painter = {
  id: 'night',
  names: { en: 'night and light', zh: '夜色' },
  summary: {
    en: 'Dark ground, stars, aurora and moonlight, lights that glow and are mirrored in water.',
    zh: '暗底上的星、极光与月色，灯火有晕，水中有影。',
  },
  paint: paintNight,
};

/** What the painter draws in its own way. */
const OWN = [
  'star',
  'starry-sky',
  'milky-way',
  'universe',
  'nebula',
  'starlight',
  'aurora',
  'moonlight',
  'sky',
  'cloud-added',
];
const DAY = ['sun', 'sunrise', 'sunset', 'sunlight', 'rainbow'];

async function paintNight(job: PaintJob): Promise<readonly Layer[]> {
  const { darkness, glow } = nightOptions.parse(job.options);
  const composition: Composition = { ...job.composition, hour: 'night' };
  const figures = job.figures.filter(({ placed }) => !OWN.includes(placed.element) && !DAY.includes(placed.element));
  const sky = nightSkyOf(composition);
  // Under the moon one sees more.
  const night = sky.moon ? darkness * 0.62 : darkness;
  const shows = job.figures.flatMap(({ placed }) => (OWN.includes(placed.element) ? [placed.name] : []));
  const heaven = skyBitmap(composition, sky, { ...job, random: job.random.fork('sky') });
  job.progress(0.2);
  await job.breathe();
  const stars = starsBitmap(composition, sky, heaven, { ...job, random: job.random.fork('stars') });
  const plain = await renderPlain(
    { ...job, composition, figures, progress: (done) => job.progress(0.25 + 0.45 * done) },
    { modelling: 0.9, steps: 0, outline: 0, outlineColour: '#000000' },
  );
  const layers: Layer[] = [
    { ...whole('heaven', { en: 'night sky', zh: '夜空' }, heaven), shows },
    whole('stars', { en: 'stars', zh: '星' }, stars, 'screen'),
    whole('earth', { en: 'ground', zh: '大地' }, groundOf(plain[0]!.bitmap, job, night)),
  ];
  const bodies = await setBodies(layers, plain.slice(1), { job, composition, sky, darkness: night });
  const lit = glowBitmap(flatten({ width: job.width, height: job.height, layers: bodies, about: {} }), job.scale, glow);
  job.progress(0.95);
  return [...bodies, whole('glow', { en: 'glow', zh: '光晕' }, lit, 'screen')];
}

function whole(id: string, names: Layer['names'], bitmap: Bitmap, blend?: Layer['blend']): Layer {
  return { id, names, bitmap, x: 0, y: 0, ...(blend && { blend }) };
}

/** The ground below the horizon, dimmed; the sky above it stays clear. */
function groundOf(backdrop: Bitmap, { composition, scale, width, height }: PaintJob, darkness: number): Bitmap {
  const out = createBitmap(width, height);
  const top = Math.ceil(composition.horizon * scale);
  if (top >= height) return out;
  out.data.set(backdrop.data.subarray(top * width * 4), top * width * 4);
  return dimmed(out, 0.5, darkness);
}

interface Setting {
  readonly job: PaintJob;
  readonly composition: Composition;
  readonly sky: NightSky;
  readonly darkness: number;
}

/** Layers of things over those of the sky, each dimmed by its depth; water with its mirror. */
async function setBodies(under: readonly Layer[], plain: readonly Layer[], setting: Setting): Promise<Layer[]> {
  const { job, composition, sky, darkness } = setting;
  const noise = fractal(createNoise(job.random.fork('ripples')), 2);
  const layers = [...under];
  for (const layer of plain) {
    const own = composition.placed.filter(({ name }) => layer.shows?.includes(name));
    const depth = Math.max(0, ...own.map((placed) => placed.depth));
    const body = { ...layer, bitmap: dimmed(layer.bitmap, depth, darkness) };
    layers.push(body);
    if (own.some(({ kind, box }) => kind === 'water' && box.width > composition.width * 0.5)) {
      const behind = flatten({ width: job.width, height: job.height, layers: layers.slice(0, -1), about: {} });
      const room = { composition, scale: job.scale, noise, moon: sky.moon };
      const names = { en: `mirror in ${layer.names.en}`, zh: `${layer.names.zh}中倒影` };
      layers.push(whole(`${layer.id}-mirror`, names, mirrorBitmap(behind, layer.bitmap, room)));
    }
    await job.breathe();
  }
  return layers;
}

/** Night on things: near ones almost shadows, what shines by itself untouched. */
function dimmed({ width, height, data }: Bitmap, depth: number, darkness: number): Bitmap {
  const out = createBitmap(width, height);
  const dim = 1 - darkness * (0.46 + 0.26 * depth);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 0) continue;
    const [l, a, b] = toOklab([data[at]!, data[at + 1]!, data[at + 2]!]);
    const keeps = Math.min(1, Math.max(0, (l + 1.2 * Math.max(0, b) - 0.72) / 0.12));
    const by = dim + (1 - dim) * keeps;
    const cold = (1 - keeps) * 0.012;
    const [red, green, blue] = fromOklab([
      l * by,
      a * (0.55 + 0.45 * keeps) - cold * 0.5,
      b * (0.55 + 0.45 * keeps) - cold,
    ]);
    out.data[at] = red;
    out.data[at + 1] = green;
    out.data[at + 2] = blue;
    out.data[at + 3] = data[at + 3]!;
  }
  return out;
}

/** Light spread around what is bright: near and far at once, on a quarter of the pixels. */
function glowBitmap({ width, height, data }: Bitmap, scale: number, strength: number): Bitmap {
  const [columns, rows] = [Math.ceil(width / 4), Math.ceil(height / 4)];
  const bright = [0, 1, 2].map(() => createField(columns, rows));
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width * 4; x < width; x++, at += 4) {
      const light = (0.3 * data[at]! + 0.59 * data[at + 1]! + 0.11 * data[at + 2]!) / 255;
      const warm = Math.max(0, data[at]! - data[at + 2]!) / 255;
      const over = Math.max(0, light + 0.25 * warm - 0.58) / 0.42;
      if (over === 0) continue;
      const cell = (y >> 2) * columns + (x >> 2);
      for (let c = 0; c < 3; c++) bright[c]!.data[cell]! += (over * data[at + c]!) / 255 / 16;
    }
  }
  const spreads = [3, 11, 34].map((units) => Math.max(0.4, (units * scale) / 4));
  const shares = [0.3, 0.45, 0.6];
  const lights = bright.map((field) => {
    const all = createField(columns, rows);
    for (const [i, sigma] of spreads.entries()) {
      const { data: spread } = blurField(field, sigma);
      for (let cell = 0; cell < spread.length; cell++) all.data[cell]! += 255 * strength * shares[i]! * spread[cell]!;
    }
    return all;
  });
  const out = createBitmap(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      for (let c = 0; c < 3; c++) out.data[at + c] = sampleField(lights[c]!, (x + 0.5) / 4 - 0.5, (y + 0.5) / 4 - 0.5);
      out.data[at + 3] = 255;
    }
  }
  return out;
}
