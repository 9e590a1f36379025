/** Sketches that lie beside their pictures: parted, mirrored together, handled. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { runRecipe } from '../loop/courses.ts';
import { loadPictures } from '../pictures/index.ts';
import { createPainterCourse } from './painter-course.ts';
import { cutSquares, pairsOf } from './pairs.ts';
import { handleSketch } from './sketch.ts';
import { createSketchPainter } from './sketch-painter.ts';

/** A black line down column `at` of white paper, beside a picture that is dark left of the line. */
async function writePair(folder: string, name: string, at: number): Promise<void> {
  const size = 16;
  const data = new Uint8Array(2 * size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      data.fill(x === at ? 0 : 255, 3 * (2 * size * y + x), 3 * (2 * size * y + x) + 3);
      data.fill(x < at ? 40 : 220, 3 * (2 * size * y + size + x), 3 * (2 * size * y + size + x) + 3);
    }
  }
  await sharp(data, { raw: { width: 2 * size, height: size, channels: 3 } })
    .png()
    .toFile(join(folder, name));
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pairs-'));
  try {
    for (let i = 0; i < 8; i++) await writePair(folder, `${i}.png`, 3 + i);
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a sketch that was brought along stays beside its picture, also in the mirror', () =>
  inFolder(async (folder) => {
    const set = await loadPictures({ from: 'pairs', folder, width: 16 });
    assert.deepEqual([set.width, set.height, set.count], [32, 16, 8]);
    const loaded = { ...set, data: set.batch([...set.labels.keys()]) };
    const { sketches, pictures } = pairsOf(loaded, { brought: true, seed: 'a', flip: true });
    assert.deepEqual([sketches.width, sketches.channels, pictures.width, pictures.channels], [16, 1, 16, 3]);
    const edges = Array.from({ length: 8 }, (_, i) => {
      const row = pictures.data.subarray(i * 768 + 8 * 16, i * 768 + 9 * 16);
      const dark = row.findIndex((value, x) => x > 0 && value < 0 !== row[x - 1]! < 0);
      const lines = sketches.data.subarray(i * 256, (i + 1) * 256);
      const columns = Array.from({ length: 16 }, (_, x) => lines.filter((_, at) => at % 16 === x));
      const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0));
      const line = means.indexOf(Math.min(...means));
      return { mirrored: row[0]! > 0, off: Math.abs(line - dark) };
    });
    assert.ok(edges.every(({ off }) => off <= 2));
    assert.equal(new Set(edges.map(({ mirrored }) => mirrored)).size, 2);
    assert.deepEqual(pairsOf(loaded, { brought: true, seed: 'a', flip: true }).sketches.data, sketches.data);
  }));

test('a sketch that is handled stays a sketch; seeds differ', () => {
  const sketch = Float32Array.from({ length: 1024 }, (_, i) => (i % 32 === 9 ? -1 : 1));
  const [one, other] = ['a', 'b'].map((seed) => handleSketch(sketch, { width: 32, height: 32, seed }));
  assert.notDeepEqual(one, other);
  assert.ok(one!.every((value) => value >= -1 && value <= 1));
  const mean = (picture: Float32Array): number => picture.reduce((sum, value) => sum + value, 0) / 1024;
  assert.ok(Math.abs(mean(one!) - mean(sketch)) < 0.12);
});

test('a painter learns from pairs that were brought', () =>
  inFolder(async (folder) => {
    const { course } = await createPainterCourse({
      name: 'pairs',
      out: folder,
      pictures: { from: 'pairs', folder, width: 16 },
      validationShare: 0,
      model: { generator: [8, 8], discriminator: [8, 8] },
      steps: 3,
      batch: 2,
      threads: 1,
    });
    try {
      const { loss, amount } = await course.step(0);
      assert.ok(Number.isFinite(loss) && amount === 2);
    } finally {
      await course[Symbol.asyncDispose]();
    }
  }));

test('squares are cut out of pictures where the seed says, every colour at the same place', () => {
  const data = Float32Array.from({ length: 2 * 3 * 8 * 12 }, (_, i) => i);
  const cut = cutSquares({ data, width: 12, height: 8, channels: 3 }, 4, 'a');
  assert.deepEqual([cut.width, cut.height, cut.data.length], [4, 4, 2 * 3 * 16]);
  for (let i = 0; i < 2; i++) {
    const plane = (c: number) => [...cut.data.subarray((i * 3 + c) * 16, (i * 3 + c + 1) * 16)];
    const [first] = plane(0);
    assert.deepEqual(
      plane(0),
      Array.from({ length: 16 }, (_, at) => first! + Math.floor(at / 4) * 12 + (at % 4)),
    );
    assert.deepEqual(
      plane(2),
      plane(0).map((value) => value + 2 * 96),
    );
  }
  assert.deepEqual(cutSquares({ data, width: 12, height: 8, channels: 3 }, 4, 'a').data, cut.data);
});

test('a painter goes on from one that was trained, on squares of somebody’s own paintings', () =>
  inFolder(async (folder) => {
    const own = mkdtempSync(join(tmpdir(), 'paintings-'));
    for (let i = 0; i < 4; i++) {
      const pixels = Buffer.from(Array.from({ length: 1200 }, (_, at) => ((at * (i + 3)) % 11) * 23));
      await sharp(pixels, { raw: { width: 20, height: 20, channels: 3 } }).toFile(join(own, `${i}.png`));
    }
    const shared = { kind: 'sketch-painter', validationShare: 0, batch: 2, threads: 1 };
    const model = { generator: [8, 8], discriminator: [8, 8] };
    const pictures = { from: 'pairs', folder, width: 16 };
    const first = await runRecipe({ ...shared, name: 'first', out: join(own, 'first'), pictures, model, steps: 2 });
    const mine = { from: 'folder', folder: own, width: 20, fit: 'crop' };
    const rest = { ...shared, name: 'mine', pictures: mine, crop: 16, steps: 1, learningRate: 1e-9, average: 0 };
    const second = await runRecipe({ ...rest, out: join(own, 'second'), initFrom: first.model });
    await using before = await createSketchPainter(first.model);
    await using after = await createSketchPainter(second.model);
    const sketch = {
      data: new Float32Array(256).map((_, i) => (i % 16 === 5 ? -1 : 1)),
      width: 16,
      height: 16,
      channels: 1,
    };
    const [one, other] = [await before.paint(sketch), await after.paint(sketch)];
    const off = Math.max(...one.data.map((value, i) => Math.abs(value - other.data[i]!)));
    assert.ok(off < 1e-4, `a step of almost no length leaves what was learned: ${off}`);
    const wider = { generator: [16, 16], discriminator: [8, 8] };
    const refused = runRecipe({ ...rest, out: join(own, 'third'), model: wider, initFrom: first.model });
    await assert.rejects(refused, (error) => (error as { code: string }).code === 'training/bad-picture-model');
    rmSync(own, { recursive: true });
  }));
