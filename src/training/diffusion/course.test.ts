/** A whole small model: course, interruption, samples, folder. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { createRandom } from '../../core/index.ts';
import { createParameters } from '../learn/index.ts';
import { runCourse } from '../loop/run-course.ts';
import { createDiffusionBatches } from './batches.ts';
import { conditionRows, labelFinder } from './condition.ts';
import { diffusionConfig } from './config.ts';
import { createCourse } from './course.ts';
import { createDiffusionModel, loadDiffusionFolder, saveDiffusionFolder } from './model-folder.ts';
import { diffusionParameters } from './network.ts';
import { measureScaling, scaled, unscaled } from './scaling.ts';

const folder = mkdtempSync(join(tmpdir(), 'diffusion-'));
after(() => rmSync(folder, { recursive: true }));

const pictures = join(folder, 'pictures');
for (const [i, colour] of ['red', 'green', 'blue'].entries()) {
  mkdirSync(join(pictures, colour), { recursive: true });
  for (let n = 0; n < 4; n++) {
    const pixels = new Uint8Array(8 * 8 * 3).fill(30 * n);
    for (let at = i; at < pixels.length; at += 3) pixels[at] = 255 - 20 * n;
    const png = await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toBuffer();
    writeFileSync(join(pictures, colour, `${n}.png`), png);
  }
}

const recipe = (out: string) => ({
  name: 'colours',
  out: join(folder, out),
  pictures: { from: 'folder', folder: pictures, width: 8 },
  labels: 'category',
  network: { kind: 'dit', patch: 4, width: 32, depth: 1, heads: 2 },
  process: { kind: 'cosine', steps: 1000 },
  prediction: 'v',
  validationShare: 0.2,
  steps: 60,
  batch: 8,
  learningRate: 5e-3,
  schedule: { warmupSteps: 5 },
  average: 0.9,
  samples: { count: 2, columns: 2, steps: 2 },
  saveEvery: 20,
  validateEvery: 30,
  sampleEvery: 60,
  threads: 1,
});

async function train(out: string, signal?: AbortSignal, stopAfter?: { step: number; controller: AbortController }) {
  const { course, run } = await createCourse(recipe(out));
  await using _ = course;
  return await runCourse(course, run, {
    ...(signal ? { signal } : {}),
    onEvent: (event) => {
      if (event.type === 'training-step' && event.step === stopAfter?.step) stopAfter.controller.abort();
    },
  });
}

test('a course learns, samples, and ends with the same bytes when it was interrupted', async () => {
  const whole = await train('whole');
  const log = readFileSync(join(folder, 'whole', 'train.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.ok(log.at(-1).loss < log[0].loss * 0.7, `${log[0].loss} to ${log.at(-1).loss}`);
  const controller = new AbortController();
  await assert.rejects(train('broken', controller.signal, { step: 33, controller }), { code: 'core/cancelled' });
  const resumed = await train('broken');
  for (const file of ['model.safetensors', 'config.json', 'card.json']) {
    assert.deepEqual(readFileSync(join(whole.model, file)), readFileSync(join(resumed.model, file)), file);
  }
  const sheets = readdirSync(join(folder, 'whole', 'samples'), { recursive: true }).map(String);
  assert.ok(sheets.filter((path) => path.endsWith('samples.png')).length >= 1, `${sheets}`);
});

test('the finished model makes what it is asked for, the same for the same seed', async () => {
  await using model = await createDiffusionModel(join(folder, 'whole', 'model'), { batch: 3, threads: 1 });
  assert.deepEqual(model.config.labels, ['blue', 'green', 'red']);
  const done: number[] = [];
  const request = { count: 5, seed: 'a', steps: 6, labels: [['red'], ['blue']], guidance: 2 };
  const made = await model.sample({ ...request, onPreview: (preview) => done.push(preview.done) });
  assert.equal(made.data.length, 5 * 3 * 64);
  assert.ok(made.data.every((value) => Math.abs(value) <= 1.0001));
  assert.equal(done.length, 12);
  assert.ok(done.every((share, i) => share > (done[i - 1] ?? 0)) && Math.abs(done.at(-1)! - 1) < 1e-9);
  assert.deepEqual((await model.sample(request)).data, made.data);
  assert.notDeepEqual((await model.sample({ ...request, seed: 'b' })).data, made.data);
  const mean = (picture: number, channel: number): number =>
    made.data.subarray((picture * 3 + channel) * 64, (picture * 3 + channel + 1) * 64).reduce((a, b) => a + b) / 64;
  assert.ok(mean(0, 0) > mean(0, 2), `red: ${mean(0, 0)} over ${mean(0, 2)}`);
  assert.ok(mean(1, 2) > mean(1, 0), `blue: ${mean(1, 2)} over ${mean(1, 0)}`);
  await assert.rejects(model.sample({ ...request, labels: [['violet']] }), { code: 'training/unknown-label' });
  await assert.rejects(model.sample({ ...request, signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});

test('a course goes on from a model of the same shape, and from no other', async () => {
  const initFrom = join(folder, 'whole', 'model');
  const from = async (out: string, more: object) => {
    const { course, run } = await createCourse({ ...recipe(out), steps: 1, learningRate: 1e-9, initFrom, ...more });
    await using _ = course;
    return { run, ...(await runCourse(course, run)) };
  };
  const { model, run } = await from('on', {});
  const [before, after] = await Promise.all([loadDiffusionFolder(initFrom), loadDiffusionFolder(model)]);
  for (const [name, values] of before.parameters) {
    const now = after.parameters.get(name)!;
    assert.ok(
      values.every((value, i) => Math.abs(value - now[i]!) < 2e-3),
      `${name} was gone on from`,
    );
  }
  assert.equal(
    (run.identity as { initFrom?: string }).initFrom,
    before.digest,
    'the run is known by what it began with',
  );
  const wider = { network: { kind: 'dit', patch: 4, width: 64, depth: 1, heads: 2 } };
  await assert.rejects(from('wider', wider), { code: 'training/bad-options', message: /'network'/ });
});

test('a folder without a file, or with weights of another model, is refused', async () => {
  await assert.rejects(createDiffusionModel(join(folder, 'nowhere')), { code: 'training/model-missing' });
  const small = join(folder, 'small');
  const config = diffusionConfig({
    picture: { channels: 1, height: 4, width: 4 },
    network: { kind: 'dit', patch: 2, width: 8, depth: 1, heads: 2 },
    process: { kind: 'flow' },
    prediction: 'flow',
  });
  const parameters = createParameters(diffusionParameters(config), 1);
  const card = { name: 'small', licence: 'CC0-1.0', summary: { en: 'Small.', zh: '小。' } };
  await saveDiffusionFolder(small, { config, parameters, card }, { precision: 'F32' });
  await using _ = await createDiffusionModel(small);
  writeFileSync(join(small, 'model.safetensors'), readFileSync(join(folder, 'whole', 'model', 'model.safetensors')));
  await assert.rejects(createDiffusionModel(small), { code: 'training/weights-mismatch' });
});

test('a condition is a share for each label, and a column of its own for none', () => {
  const find = labelFinder(['猫', 'cat', 'dog']);
  assert.deepEqual([...conditionRows([find(['cat', '猫']), find([])], 3)], [0.5, 0.5, 0, 0, 0, 0, 0, 1]);
  assert.throws(() => find(['fish']), { code: 'training/unknown-label' });
});

test('a batch is noise and target of its process, with labels left out at the given share', () => {
  const config = diffusionConfig({
    picture: { channels: 1, height: 2, width: 2 },
    network: { kind: 'dit', patch: 1, width: 8, depth: 1, heads: 2 },
    process: { kind: 'flow' },
    prediction: 'flow',
    labels: ['a'],
  });
  const data = {
    count: 3,
    batch: (indices: readonly number[]) => Float32Array.from({ length: indices.length * 4 }, () => 0.5),
    labelsOf: () => ['a'],
  };
  const batches = createDiffusionBatches(config, data, { size: 400, seed: 7, unlabelled: 0.25 });
  const { noisy, target, time, condition } = batches(0);
  for (let i = 0; i < 400; i++) {
    const t = (time!.data[i] as number) / 1000;
    // x − t·(ε − x₀) = x₀
    const x0 = (noisy!.data[i * 4] as number) - t * (target!.data[i * 4] as number);
    assert.ok(Math.abs(x0 - 0.5) < 1e-5, `${x0}`);
  }
  const without = Array.from({ length: 400 }, (_, i) => condition!.data[i * 2 + 1] as number).reduce((a, b) => a + b);
  assert.ok(without > 70 && without < 130, `${without}`);
  assert.deepEqual(batches(0), createDiffusionBatches(config, data, { size: 400, seed: 7, unlabelled: 0.25 })(0));
  assert.notDeepEqual(batches(1).noisy, noisy);
});

test('scaling brings every channel to mean 0 and deviation 1, and back', () => {
  const picture = { channels: 2, height: 2, width: 3 };
  const random = createRandom(1);
  const data = Float32Array.from(
    { length: 600 },
    (_, i) => (Math.floor(i / 6) % 2 === 0 ? 5 : -1) + 3 * random.normal(),
  );
  const scaling = measureScaling(data, picture);
  const config = diffusionConfig({
    picture,
    scaling,
    clip: null,
    process: { kind: 'flow' },
    prediction: 'flow',
    network: { kind: 'dit', patch: 1, width: 8, depth: 1, heads: 2 },
  });
  const again = measureScaling(scaled(data, config), picture);
  for (const c of [0, 1]) assert.ok(Math.abs(again.mean[c]!) < 1e-5 && Math.abs(again.deviation[c]! - 1) < 1e-5);
  unscaled(scaled(data, config), config).forEach((value, i) => {
    assert.ok(Math.abs(value - data[i]!) < 1e-4);
  });
});
