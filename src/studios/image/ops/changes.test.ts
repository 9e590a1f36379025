import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, OsError } from '../../../core/index.ts';
import { type InputWork, type Op, type OpContext, planSchema } from '../../../kernel/index.ts';
import { imageStudio } from '../index.ts';
import { aboutOf, mergedOf, readOpenRaster, writeOpenRaster } from '../picture/index.ts';
import { type Bitmap, createBitmap, filledBitmap, parseHex } from '../raster/index.ts';
import { drawLinesOf } from './lines.ts';
import { paintPicture } from './paint.ts';
import { findPalette } from './palette.ts';
import { recolourPicture } from './recolour.ts';
import { relightPicture } from './relight.ts';
import { restylePicture } from './restyle.ts';
import { growTexture } from './texture.ts';
import { tilePicture } from './tile.ts';

function picture(width: number, height: number, colourAt: (x: number, y: number) => string): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let i = 0; i < width * height; i++)
    bitmap.data.set([...parseHex(colourAt(i % width, Math.floor(i / width))), 255], 4 * i);
  return bitmap;
}

const names = { en: 'a', zh: '甲' };

/** A work of one layer, and a second that covers the left half. */
async function work(bitmap: Bitmap): Promise<InputWork> {
  const { width, height } = bitmap;
  const half = filledBitmap(width / 2, height, [200, 60, 40]);
  const layers = [
    { id: 'picture', names, bitmap, x: 0, y: 0 },
    { id: 'left', names: { en: 'left', zh: '左' }, bitmap: half, x: 0, y: 0, opacity: 0.5 },
  ];
  const bytes = await writeOpenRaster({ width, height, layers, about: {} });
  return { work: { id: 'a', medium: 'picture', title: 'a' }, bytes } as unknown as InputWork;
}

async function run(op: Op, inputs: readonly InputWork[], options: object) {
  const context = {
    seed: 5,
    random: createRandom(5),
    progress: () => {},
    preview: () => {},
    breathe: async () => {},
  } as unknown as OpContext;
  const { works, report } = await op.run(context, inputs, op.options.parse(options));
  const [first] = works;
  return { bytes: first && 'bytes' in first ? first.bytes : assert.fail('a picture has bytes'), report };
}

const rings = picture(96, 96, (x, y) => (Math.hypot(x - 48, y - 48) % 16 < 8 ? '#e8dcc0' : '#305a78'));

test('every op that changes pictures is offered by the studio', () => {
  const offered = imageStudio.ops.map(({ name }) => name);
  for (const op of [
    restylePicture,
    findPalette,
    recolourPicture,
    drawLinesOf,
    tilePicture,
    growTexture,
    relightPicture,
  ])
    assert.ok(offered.includes(op.name), op.name);
});

test('[IM11] a layer or a grey picture says where the style goes', async () => {
  const content = await work(rings);
  const style = await work(picture(64, 64, (x, y) => ((x + y) % 6 < 3 ? '#804020' : '#f0d060')));
  const before = await mergedOf(content.bytes);
  const right = await work(picture(64, 64, () => '#000000'));
  for (const [inputs, options] of [
    [[content, style], { layer: 'left', coloursOnly: true, strength: 1 }],
    [[content, style, { ...right, bytes: await maskBytes() }], { coloursOnly: true, strength: 1 }],
  ] as const) {
    const { bytes } = await run(restylePicture, inputs, options);
    const after = await mergedOf(bytes);
    const at = (x: number): readonly number[] => [0, 1, 2].map((c) => 4 * (40 * 96 + x) + c);
    const changed = (x: number): number => Math.max(...at(x).map((i) => Math.abs(after.data[i]! - before.data[i]!)));
    assert.ok([60, 70, 80, 90].every((x) => changed(x) === 0));
    assert.ok([5, 15, 25, 35].some((x) => changed(x) > 20));
  }
  await assert.rejects(run(restylePicture, [content, style], { layer: 'sky' }), (error: unknown) => {
    return error instanceof OsError && error.code === 'image/unknown-layer' && /left/.test(error.hint ?? '');
  });
});

/** White on the left. */
async function maskBytes(): Promise<Uint8Array> {
  const bitmap = picture(32, 32, (x) => (x < 16 ? '#ffffff' : '#000000'));
  return writeOpenRaster({ width: 32, height: 32, layers: [{ id: 'm', names, bitmap, x: 0, y: 0 }], about: {} });
}

test('a palette is reported and drawn; recolouring tells what became what', async () => {
  const content = await work(rings);
  const palette = await run(findPalette, [content], { colours: 2, harmony: 'complementary' });
  const { colours, others } = palette.report as {
    colours: { hex: string; share: number }[];
    others: { hex: string }[];
  };
  assert.equal(colours.length, 2);
  assert.equal(others.length, 2);
  assert.ok((await mergedOf(palette.bytes)).width > 400);
  const recoloured = await run(recolourPicture, [content], { colours: ['#205030', '#d0b0c0'] });
  assert.equal((recoloured.report as { moves: unknown[] }).moves.length, 2);
  assert.throws(() => recolourPicture.options.parse({ colours: ['blue'] }));
});

test('lines keep their ink as a layer and leave the house as paths', async () => {
  const { bytes, report } = await run(drawLinesOf, [await work(rings)], { mode: 'extract' });
  const { layers } = await readOpenRaster(bytes);
  assert.deepEqual(
    layers.map(({ id }) => id),
    ['before', 'paper', 'lines'],
  );
  const svg = imageStudio.formats.find(({ name }) => name === 'svg')!;
  const written = new TextDecoder().decode(await svg.write({ bytes } as unknown as InputWork));
  assert.equal(written.match(/<path /g)?.length, (report as { paths: number }).paths);
});

test('tiles and textures have the sizes that were asked for', async () => {
  const tile = await mergedOf((await run(tilePicture, [await work(rings)], { repeat: 2 })).bytes);
  assert.deepEqual([tile.width, tile.height], [144, 144]);
  const grown = await mergedOf((await run(growTexture, [await work(rings)], { size: [160, 128], tile: true })).bytes);
  assert.deepEqual([grown.width, grown.height], [160, 128]);
});

test('[IM19] a painting is relit from its file alone; a picture without a composition is refused', async () => {
  const plan = planSchema.parse({
    version: 1,
    language: 'en',
    brief: 'moon over a hill',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    hour: 'night',
    scene: {
      format: 'square',
      elements: [
        { id: 'hill', kind: 'land', source: 'hill', weight: 0.6 },
        { id: 'moon', kind: 'sky', source: 'moon', weight: 0.5 },
      ],
    },
    notes: [],
  });
  const brief = { work: { id: 'p', medium: 'plan', title: '' }, bytes: new Uint8Array(), document: plan };
  const night = await run(paintPicture, [brief as unknown as InputWork], { painter: 'woodcut', longest: 96 });
  const input = { work: { id: 'n', medium: 'picture', title: 'n' }, bytes: night.bytes } as unknown as InputWork;
  const { bytes } = await run(relightPicture, [input], { hour: 'noon' });
  const light = ({ data }: Bitmap): number => data.reduce((sum, value) => sum + value, 0) / data.length;
  assert.ok(light(await mergedOf(bytes)) > light(await mergedOf(night.bytes)) + 20);
  assert.equal((aboutOf(bytes).composition as { hour: string }).hour, 'noon');
  assert.deepEqual(bytes, (await run(relightPicture, [input], { hour: 'noon' })).bytes);
  await assert.rejects(run(relightPicture, [await work(rings)], { hour: 'noon' }), (error: unknown) => {
    return error instanceof OsError && error.code === 'image/no-composition';
  });
});
