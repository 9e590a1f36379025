import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createResidency, type DriverSurroundings, type PixelPlanes } from '../../kernel/index.ts';
import { readPromptWords } from './engine/prompt-words.ts';
import { createOnnxDriver } from './index.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const json = (file: string) => JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'));
const pipeline = json('pipeline-reference.json');
const single = json('single-reference.json');
const root = mkdtempSync(join(tmpdir(), 'onnx-'));
const residency = createResidency({ available: () => 8 * 2 ** 30, clock: { now: () => 0 } });
after(() => {
  residency[Symbol.dispose]();
  rmSync(root, { recursive: true, force: true });
});
const wayOut: DriverSurroundings['wayOut'] = {
  fetchFor: () => () => assert.fail('nothing is fetched'),
  connect: () => assert.fail('nothing is reached'),
  maySpend: () => assert.fail('nothing is spent'),
  spent: () => assert.fail('nothing is spent'),
};
const driver = createOnnxDriver({ wayOut, key: async () => undefined, residency, sleep: async () => undefined });

function folderOf(fields: object): string {
  const folder = join(mkdtempSync(join(root, 'model-')), 'mine');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'card.json'),
    JSON.stringify({ name: 'mine', driver: 'onnx', licence: 'CC0-1.0', ...fields }),
  );
  return folder;
}

const PIPELINE = { folder: join(FIXTURES, 'diffusers'), pipeline: true };
const words = (...labels: string[]) => labels.map((label) => ({ label, weight: 1 }));

function near(found: PixelPlanes, wanted: readonly number[], by = 1e-3): void {
  assert.equal(found.data.length, wanted.length);
  for (const [i, value] of found.data.entries())
    assert.ok(Math.abs(value - wanted[i]!) < by, `${i}: ${value} for ${wanted[i]}`);
}

/** The picture that the reference begins from. */
const slope: PixelPlanes = {
  width: 32,
  height: 32,
  channels: 3,
  data: Float32Array.from({ length: 3 * 1024 }, (_, i) => {
    const [x, y] = [i % 32, Math.floor(i / 32) % 32];
    return [x * 8, y * 8, (x + y) * 4][Math.floor(i / 1024)]! / 127.5 - 1;
  }),
};

test('words become the same tokens as in transformers, out of vocab.json and merges.txt alone', () => {
  const reader = readPromptWords(join(FIXTURES, 'diffusers/tokenizer'));
  for (const [text, ids] of Object.entries(pipeline.ids)) {
    assert.deepEqual(reader.read([{ text, weight: 1 }]).ids, ids, text);
  }
});

test('a pipeline in the layout of diffusers paints what PyTorch paints of the same noise', async () => {
  await using model = await driver.createPictureModel!(folderOf(PIPELINE));
  assert.deepEqual([model.source, model.size, model.open], ['words', [32, 32], true]);
  const shares: number[] = [];
  const looks: PixelPlanes[] = [];
  const made = await model.make({
    seed: 'seed',
    labels: words('a red boat on a lake'),
    without: words('the moon'),
    steps: 6,
    guidance: 4,
    onProgress: (done, look) => {
      shares.push(done);
      if (look) looks.push(look);
    },
  });
  near(made, pipeline.words);
  assert.deepEqual(
    shares,
    [...shares].sort((a, b) => a - b),
  );
  assert.equal(shares.at(-1), 1);
  assert.ok(looks.length >= 3 && looks.every(({ width }) => width === 32));
  near(await model.make({ seed: 5, labels: words('a red boat on a lake'), steps: 4, guidance: 1 }), pipeline.plain);
});

test('a pipeline whose network is a Transformer paints what PyTorch paints, by rectified flow', async () => {
  const folder = mkdtempSync(join(root, 'dit-'));
  for (const part of ['text_encoder', 'tokenizer', 'vae_decoder'])
    cpSync(join(FIXTURES, 'diffusers', part), join(folder, part), { recursive: true });
  cpSync(join(FIXTURES, 'diffusers-dit'), folder, { recursive: true });
  await using model = await driver.createPictureModel!(folderOf({ folder, pipeline: true }));
  assert.deepEqual([model.source, model.size], ['words', [32, 32]]);
  const labels = words('a red boat on a lake');
  near(await model.make({ seed: 'flow', labels, steps: 5, guidance: 3 }), json('pipeline-dit-reference.json').words);
});

test('it begins from a picture, keeps what shall stay, and stops when asked to', async () => {
  await using model = await driver.createPictureModel!(folderOf(PIPELINE));
  const labels = words('the moon over the sea, the sea under the moon');
  const request = { seed: 'x', labels, steps: 8, guidance: 3, from: slope };
  near(await model.make({ ...request, strength: 0.5 }), pipeline.again);
  const keep = {
    width: 32,
    height: 32,
    channels: 1,
    data: Float32Array.from({ length: 1024 }, (_, i) => (i % 32 < 16 ? 1 : -1)),
  };
  const mended = await model.make({ ...request, keep });
  let [stayed, moved] = [0, 0];
  for (const [i, value] of mended.data.entries()) {
    const change = Math.abs(value - slope.data[i]!);
    if (i % 32 < 16) stayed = Math.max(stayed, change);
    else moved = Math.max(moved, change);
  }
  assert.ok(stayed < 1e-6 && moved > 0.1, `${stayed} ${moved}`);
  const controller = new AbortController();
  const stopped = model.make({
    ...request,
    steps: 500,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await assert.rejects(stopped, { code: 'core/cancelled' });
  await assert.rejects(model.make({ ...request, from: { ...slope, width: 20, height: 52 } }), {
    code: 'engine/cannot',
  });
  await assert.rejects(model.make({ seed: 1, labels: words('moon '.repeat(40)) }), { code: 'engine/context-full' });
});

test('weights and ways between words change the picture; the same request gives the same one', async () => {
  await using model = await driver.createPictureModel!(folderOf({ ...PIPELINE, sampler: 'dpm++2m' }));
  assert.deepEqual(model.samplers, ['ddim', 'euler', 'euler-ancestral', 'dpm++2m']);
  await assert.rejects(model.make({ seed: 1, sampler: 'magic' }), { code: 'engine/cannot' });
  const request = { seed: 1, labels: words('a red boat'), steps: 5 };
  const [one, same, heavy, moved, whole, other] = [
    await model.make(request),
    await model.make(request),
    await model.make({ ...request, labels: [{ label: 'a red boat', weight: 1.6 }] }),
    await model.make({ ...request, between: { labels: words('the moon'), share: 0.5 } }),
    await model.make({ ...request, between: { labels: words('the moon'), share: 1 } }),
    await model.make({ ...request, labels: words('the moon') }),
  ];
  assert.deepEqual(one, same);
  assert.deepEqual(one, await model.make({ ...request, sampler: 'dpm++2m' }));
  assert.notDeepEqual(one, await model.make({ ...request, sampler: 'euler' }));
  assert.notDeepEqual(one, heavy);
  assert.notDeepEqual(one, moved);
  near(whole, [...other.data], 1e-5);
});

test('one network with a manifest makes pictures larger as PyTorch does, and one finds the subject', async () => {
  const tiny: PixelPlanes = { width: 8, height: 8, channels: 3, data: Float32Array.from(single.tiny) };
  const larger = {
    does: 'enlarge',
    scale: 2,
    input: { name: 'image', colours: 'BGR', multiple: 4 },
    output: { name: 'result', colours: 'BGR', range: [0, 255] },
  };
  await using enlarger = await driver.createPictureModel!(
    folderOf({ file: join(FIXTURES, 'single/larger.onnx'), onnx: larger }),
  );
  assert.deepEqual([enlarger.source, enlarger.scale], ['small', 2]);
  near(await enlarger.make({ seed: 0, from: tiny }), single.larger);
  const odd = await enlarger.make({ seed: 0, from: { width: 3, height: 5, channels: 1, data: new Float32Array(15) } });
  assert.deepEqual([odd.width, odd.height, odd.channels], [6, 10, 3]);
  const input = { name: 'image', layout: 'NHWC', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
  const cut = { does: 'subject', input, output: { name: 'result', after: 'sigmoid' } };
  const folder = folderOf({ file: join(FIXTURES, 'single/cut.onnx'), onnx: cut });
  await using eye = await driver.createPictureEye!(folder);
  near(await eye.subject(tiny), single.cut);
  await assert.rejects(eye.depth(tiny), { code: 'engine/cannot' });
});

test('a manifest that does not fit its network, and files that do not hold what they say, are refused', async () => {
  const file = join(FIXTURES, 'single/larger.onnx');
  const manifest = { does: 'repaint', input: { name: 'picture' }, output: { name: 'result' } };
  await using wrong = await driver.createPictureModel!(folderOf({ file, onnx: manifest }));
  const from = { ...slope };
  await assert.rejects(wrong.make({ seed: 1, from }), { code: 'engine/broken-model', message: /no input 'picture'/ });
  await using size = await driver.createPictureModel!(
    folderOf({ file, onnx: { ...manifest, input: { name: 'image' } } }),
  );
  await assert.rejects(size.make({ seed: 1, from }), { code: 'engine/broken-model', message: /64×64, not 32×32/ });
  await assert.rejects(driver.createPictureModel!(folderOf({ file })), {
    code: 'engine/cannot',
    message: /what goes in/,
  });
  await assert.rejects(driver.createPictureModel!(folderOf({ file, onnx: { does: 'sing' } })), {
    code: 'engine/broken-model',
  });
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(join(FIXTURES, 'diffusers'), copy, { recursive: true });
  const unet = join(copy, 'unet/model.onnx');
  writeFileSync(unet, readFileSync(unet).subarray(0, 4000));
  await assert.rejects(driver.identify(folderOf({ folder: copy })), { code: 'engine/broken-model' });
});

test('pipelines and networks are known by their content', async () => {
  const files = ['model_index.json'];
  const found = await driver.recognise!({ kind: 'folder', path: join(FIXTURES, 'diffusers'), files });
  assert.equal(found?.card.pipeline, true);
  const head = readFileSync(join(FIXTURES, 'single/cut.onnx'));
  assert.ok(await driver.recognise!({ kind: 'file', path: 'any.bin', head }));
  assert.equal(
    await driver.recognise!({ kind: 'file', path: 'x.onnx', head: Buffer.from('GGUF version 3 ...') }),
    undefined,
  );
  assert.deepEqual(driver.roles!({ folder: '', card: PIPELINE }), ['picture']);
  assert.deepEqual(driver.roles!({ folder: '', card: { file: 'x' } }), []);
});
