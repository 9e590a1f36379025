/**
 * Makes what the ink network learns from: sketch and painting of the same scene, side by side in one PNG.
 *
 *   words at random ─▶ scene ─▶ composition ─┬─▶ careful ink painter ──────┐
 *                                            └─▶ lines ─▶ a hand ─▶ sketch ─┴─▶ pieces of 256 × 256, as 512 × 256
 *
 *   node recipes/ink/make-pairs.ts OUT [--paintings 220] [--held-out]
 *
 * Nobody's pictures are used. Of each painting four pieces are cut at its own size and one shows the whole of it. With
 * --held-out other scenes are painted. A painting that is there already is not painted again.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { createRandom, type Random } from '../../src/core/index.ts';
import type { Plan } from '../../src/kernel/index.ts';
import { composeScene, drawScene, findPainter, paintScene } from '../../src/studios/image/paint-scene.ts';
import { visibleLines } from '../../src/studios/image/painters/line/visible-lines.ts';
import { flatten } from '../../src/studios/image/picture/index.ts';
import type { Field } from '../../src/studios/image/raster/index.ts';
import { readScene } from '../../src/studios/plan/scene/read-scene.ts';
import { drawByHand, pickHand } from './hand.ts';
import words from './words.json' with { type: 'json' };

const PIECE = 256;
const PIECES = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { paintings: { type: 'string', default: '220' }, 'held-out': { type: 'boolean', default: false } },
});
const [out] = positionals;
if (!out) throw new Error('name a folder for the pairs');
mkdirSync(out, { recursive: true });

for (let i = 0; i < Number(values.paintings); i++) {
  const name = `${values['held-out'] ? 'held-out' : 'scene'}-${String(i).padStart(4, '0')}`;
  if (existsSync(join(out, `${name}-whole.png`))) continue;
  await makePairs(name);
  if (i % 10 === 9) console.log(`${i + 1} paintings`);
}

async function makePairs(name: string): Promise<void> {
  const random = createRandom(`ink/${name}`);
  const plan = planOf(pickBrief(random));
  const [layout] = composeScene(plan, { seed: name, inscription: undefined }, 1);
  const { composition } = layout!;
  const shorter = random.next() < 0.3 ? 768 : 512;
  const longest = Math.round((shorter * Math.max(composition.width, composition.height)) / 1000);
  const options = { painter: findPainter('ink'), longest, seed: name, settings: {}, seal: '' };
  const painted = flatten(await paintScene(layout!, plan, options, { breathe: async () => {}, progress: () => {} }));
  const lines = visibleLines(composition, drawScene(composition), 0);
  const painting = sharp(Buffer.from(painted.data), {
    raw: { width: painted.width, height: painted.height, channels: 4 },
  });
  const rgb = await painting.removeAlpha().raw().toBuffer();
  const size = { width: painted.width, height: painted.height };
  for (let piece = 0; piece < PIECES; piece++) {
    const scale = longest / Math.max(composition.width, composition.height);
    const drawn = drawByHand(lines, { ...size, scale }, pickHand(random), random);
    await write(`${name}-${piece}`, rgb, size, drawn.data, pickCorner(drawn, random));
  }
  const small = await sharp(rgb, { raw: { ...size, channels: 3 } })
    .resize(...smallest(size))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const whole = { width: small.info.width, height: small.info.height };
  const scale = Math.max(whole.width, whole.height) / Math.max(composition.width, composition.height);
  const drawn = drawByHand(lines, { ...whole, scale }, { ...pickHand(random), width: 1 + random.next() }, random);
  const corner = { left: (whole.width - PIECE) >> 1, top: (whole.height - PIECE) >> 1 };
  await write(`${name}-whole`, small.data, whole, drawn.data, corner);
}

/** Where a piece is cut: of three places the one with most drawn in it. */
function pickCorner({ width, height, data }: Field, random: Random): Corner {
  const corners = Array.from({ length: 3 }, () => {
    const [left, top] = [random.integer(width - PIECE + 1), random.integer(height - PIECE + 1)];
    let drawn = 0;
    for (let y = top; y < top + PIECE; y += 2) {
      for (let x = left; x < left + PIECE; x += 2) drawn += Math.min(0.2, data[y * width + x]!);
    }
    return { left, top, drawn };
  });
  return corners.reduce((best, one) => (one.drawn > best.drawn ? one : best));
}

interface Corner {
  readonly left: number;
  readonly top: number;
}

/** The size whose shorter side is a piece. */
function smallest({ width, height }: { readonly width: number; readonly height: number }): [number, number] {
  const shrink = PIECE / Math.min(width, height);
  return [Math.max(PIECE, Math.round(width * shrink)), Math.max(PIECE, Math.round(height * shrink))];
}

/** Writes sketch | painting of one piece. */
async function write(
  name: string,
  rgb: Uint8Array,
  { width }: { readonly width: number },
  darkness: Float32Array,
  { left, top }: Corner,
): Promise<void> {
  const pair = new Uint8Array(2 * PIECE * PIECE * 3);
  for (let y = 0; y < PIECE; y++) {
    for (let x = 0; x < PIECE; x++) {
      const from = (y + top) * width + x + left;
      const at = 3 * (2 * PIECE * y + x);
      pair.fill(Math.round(255 * (1 - darkness[from]!)), at, at + 3);
      pair.set(rgb.subarray(3 * from, 3 * from + 3), at + 3 * PIECE);
    }
  }
  await sharp(pair, { raw: { width: 2 * PIECE, height: PIECE, channels: 3 } })
    .png()
    .toFile(join(out!, `${name}.png`));
}

function pickBrief(random: Random): string {
  const picked = Object.values(words).map((list) => list[random.integer(list.length)]!);
  const some = picked.filter((word) => word !== '');
  return (some.length > 0 ? some : ['远山']).slice(0, 5).join('，');
}

function planOf(brief: string): Plan {
  const { hour, season, scene } = readScene(brief);
  const mood = { valence: 0, arousal: 0 };
  const plan = { version: 1, language: 'zh', brief, themes: [], imagery: [], mood, notes: [], hour, season, scene };
  return plan as unknown as Plan;
}
