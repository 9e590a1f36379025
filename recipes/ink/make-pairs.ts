/**
 * Makes what the ink network learns from: sketch and painting of the same scene, side by side in one PNG of 512 × 256.
 *
 *   a random scene ─▶ composition ─┬─▶ careful ink painter ─────┐
 *   (scenes.ts)                    └─▶ a hand (by-hand.ts) ─────┴─▶ four pieces at its own size, and the whole of it, small
 *
 *   node recipes/ink/make-pairs.ts FOLDER [--paintings 260] [--held-out] [--part 1/2]
 *
 * Nobody's pictures are used. With --held-out other scenes are painted. What is there already is left as it is, so that a run
 * that was stopped goes on; several parts can run at once.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import type { Plan } from '../../src/kernel/index.ts';
import { type Composition, pixelsOf } from '../../src/studios/image/composition/index.ts';
import { composeScene, drawScene, findPainter } from '../../src/studios/image/paint-scene.ts';
import { flatten } from '../../src/studios/image/picture/index.ts';
import type { Bitmap } from '../../src/studios/image/raster/index.ts';
import { readScene } from '../../src/studios/plan/scene/read-scene.ts';
import { type SketchSize, sketchScene } from './by-hand.ts';
import { randomScene } from './scenes.ts';

const PIECE = 256;
const PIECES = 4;
/** Pixels of the longer side; the shorter is at least a piece. */
const SIZES = [448, 512, 640, 768];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    paintings: { type: 'string', default: '260' },
    'held-out': { type: 'boolean', default: false },
    part: { type: 'string', default: '1/1' },
  },
});
const [out] = positionals;
if (!out) throw new Error('name a folder for the pairs');
mkdirSync(out, { recursive: true });

const [part, parts] = values.part.split('/').map(Number);
for (let i = part! - 1; i < Number(values.paintings); i += parts!) {
  const name = `${values['held-out'] ? 'held-out' : 'scene'}-${String(i).padStart(4, '0')}`;
  if (existsSync(join(out, `${name}-whole.png`))) continue;
  const brief = await makePairs(name);
  console.log(`${i + 1}/${values.paintings} ${brief}`);
}

async function makePairs(name: string): Promise<string> {
  const random = createRandom(`ink/${name}/pair`);
  const { brief, composition } = compose(name);
  const shape = composition.width / composition.height;
  const least = Math.ceil(PIECE * Math.max(shape, 1 / shape));
  const longest = Math.max(least, random.pick(SIZES));
  const size = sizeOf(composition, longest);
  const figures = drawScene(composition);
  const options = { colour: 0.35, wetness: 0.6, age: 0.3 };
  const still = { breathe: async () => {}, progress: () => {} };
  const layers = await findPainter('ink').paint({
    composition,
    figures,
    ...size,
    random: random.fork('paint'),
    options,
    ...still,
  });
  const painting = flatten({ ...size, layers, about: {} });
  for (let piece = 0; piece < PIECES; piece++) {
    const sketch = sketchScene(composition, figures, size, random.fork(`sketch-${piece}`));
    await write(`${name}-${piece}`, painting, sketch, pickCorner(sketch, size, random));
  }
  const small = sizeOf(composition, least);
  const sketch = sketchScene(composition, figures, small, random.fork('whole'));
  const corner = { left: (small.width - PIECE) >> 1, top: (small.height - PIECE) >> 1 };
  await write(`${name}-whole`, await shrunk(painting, small), sketch, corner);
  return brief;
}

/** A scene in the light of an overcast day: a sketch does not say what hour it is, so the sky stays paper. */
function compose(name: string): { readonly brief: string; readonly composition: Composition } {
  const { brief, shape } = randomScene(name);
  const { scene } = readScene(brief);
  const mood = { valence: 0, arousal: 0 };
  const plan = {
    version: 1,
    language: 'zh',
    brief,
    themes: [],
    imagery: [],
    mood,
    notes: [],
    scene,
  } as unknown as Plan;
  const [layout] = composeScene(plan, { seed: name, size: shape, inscription: undefined }, 1);
  const { hour: _, ...rest } = layout!.composition;
  const light = { ...rest.light, source: 'overcast' as const };
  return { brief, composition: { ...rest, weather: 'clear', light } };
}

function sizeOf(composition: Composition, longest: number): SketchSize {
  const { width, height } = pixelsOf(composition, longest);
  return { width, height, scale: longest / Math.max(composition.width, composition.height) };
}

interface Corner {
  readonly left: number;
  readonly top: number;
}

/** Where a piece is cut: of three places the one with most drawn in it. */
function pickCorner(sketch: Float32Array, { width, height }: SketchSize, random: Random): Corner {
  const corners = Array.from({ length: 3 }, () => {
    const [left, top] = [random.integer(width - PIECE + 1), random.integer(height - PIECE + 1)];
    let drawn = 0;
    for (let y = top; y < top + PIECE; y += 2) {
      for (let x = left; x < left + PIECE; x += 2) drawn += Math.min(0.2, 1 - sketch[y * width + x]!);
    }
    return { left, top, drawn };
  });
  return corners.reduce((best, one) => (one.drawn > best.drawn ? one : best));
}

async function shrunk({ width, height, data }: Bitmap, to: SketchSize): Promise<Bitmap> {
  const small = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(to.width, to.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { width: to.width, height: to.height, data: new Uint8ClampedArray(small) };
}

/** Writes sketch | painting of one piece. */
async function write(name: string, painting: Bitmap, sketch: Float32Array, { left, top }: Corner): Promise<void> {
  const pair = new Uint8Array(2 * PIECE * PIECE * 3);
  for (let y = 0; y < PIECE; y++) {
    for (let x = 0; x < PIECE; x++) {
      const from = (y + top) * painting.width + x + left;
      const at = 3 * (2 * PIECE * y + x);
      pair.fill(Math.round(255 * sketch[from]!), at, at + 3);
      pair.set(painting.data.subarray(4 * from, 4 * from + 3), at + 3 * PIECE);
    }
  }
  const picture = sharp(pair, { raw: { width: 2 * PIECE, height: PIECE, channels: 3 } });
  await picture.png({ compressionLevel: 4 }).toFile(join(out!, `${name}.png`));
}
