/** A small model that listens to words: learning from captions, names never learned, both languages, pictures to begin from. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { runCourse } from '../loop/run-course.ts';
import { saveWordFolder } from '../words/index.ts';
import { createCourse } from './course.ts';
import { createDiffusionModel, type DiffusionModel } from './model-folder.ts';
import { loadSeen, nearestSmall, saveSeen, smallPicture } from './seen.ts';

const folder = mkdtempSync(join(tmpdir(), 'words-'));
after(() => rmSync(folder, { recursive: true }));
const SIZE = 8;
const DIMENSIONS = 8;

/** Words that mean red stand along one axis, those that mean blue along another; `ruby` and `蓝` are in no caption. */
const VOCABULARY = {
  words: ['red', 'crimson', '红', 'ruby', 'blue', 'azure', '青', '蓝'],
  counts: new Array(8).fill(5),
  subwords: ['<re'],
};
const vectors = Float32Array.from({ length: 8 * DIMENSIONS }, (_, at) => {
  const [word, d] = [Math.floor(at / DIMENSIONS), at % DIMENSIONS];
  return d === (word < 4 ? 0 : 1) ? 0.98 : d === 2 + (word % 6) ? 0.2 : 0;
});
const card = { name: 'w', licence: 'CC0-1.0', summary: { en: 'Words.', zh: '词。' } };

let model: DiffusionModel;
before(async () => {
  const words = join(folder, 'words');
  await saveWordFolder(words, {
    vocabulary: VOCABULARY,
    vectors: { words: vectors, subwords: new Float32Array(8) },
    card,
  });
  await writeAtlas(join(folder, 'atlas'));
  const { course, run } = await createCourse(recipe(words));
  await using _ = course;
  const { model: made } = await runCourse(course, run);
  rmSync(words, { recursive: true });
  model = await createDiffusionModel(made, { threads: 1 });
});
after(() => model[Symbol.asyncDispose]());

async function writeAtlas(to: string): Promise<void> {
  mkdirSync(to);
  const names = [
    ['red', '红'],
    ['crimson', '红'],
    ['blue', '青'],
    ['azure', '青'],
  ];
  const lines: string[] = [];
  const layers = names.flatMap((own, i) =>
    ['dark', 'light'].map((style, k) => {
      const value = style === 'dark' ? 120 : 250;
      const [x, y] = [i * SIZE, k * SIZE];
      const caption = { names: own, tags: [], colours: [], style };
      lines.push(JSON.stringify({ atlas: 'a.png', x, y, w: SIZE, h: SIZE, name: own[0], caption }));
      const background = i < 2 ? { r: value, g: 0, b: 0 } : { r: 0, g: 0, b: value };
      return { left: x, top: y, input: { create: { width: SIZE, height: SIZE, channels: 3 as const, background } } };
    }),
  );
  const sheet = { width: 4 * SIZE, height: 2 * SIZE, channels: 3 as const, background: '#fff' };
  await sharp({ create: sheet }).composite(layers).png().toFile(join(to, 'a.png'));
  writeFileSync(join(to, 'index.jsonl'), lines.join('\n'));
}

const recipe = (words: string) => ({
  name: 'colours',
  out: join(folder, 'run'),
  pictures: { from: 'atlas', folder: join(folder, 'atlas'), width: SIZE },
  labels: 'words',
  words,
  network: { kind: 'dit', patch: 4, width: 32, depth: 1, heads: 2, shared: true },
  process: { kind: 'flow' },
  prediction: 'flow',
  validationShare: 0,
  steps: 250,
  batch: 16,
  learningRate: 4e-3,
  schedule: { warmupSteps: 5 },
  average: 0.9,
  samples: { count: 2, columns: 2, steps: 2, prompts: ['red', '蓝'] },
  threads: 1,
});

const say = (text: string, style = 'light') => ({ words: [{ text }], style });
const mean = (data: Float32Array, picture: number, channel: number): number =>
  data.subarray((picture * 3 + channel) * 64, (picture * 3 + channel + 1) * 64).reduce((a, b) => a + b) / 64;

test('words of both languages are answered, those no caption ever held too, in the style that is asked for', async () => {
  const { data } = await model.sample({
    count: 4,
    seed: 1,
    steps: 8,
    guidance: 1.5,
    prompts: [say('ruby'), say('蓝'), say('红'), say('azure', 'dark')],
  });
  for (const i of [0, 2]) assert.ok(mean(data, i, 0) > mean(data, i, 2) + 0.5, `red ${i}: ${mean(data, i, 0)}`);
  for (const i of [1, 3]) assert.ok(mean(data, i, 2) > mean(data, i, 0) + 0.3, `blue ${i}: ${mean(data, i, 2)}`);
  assert.ok(mean(data, 1, 2) > mean(data, 3, 2) + 0.3, 'light is lighter than dark');
  await assert.rejects(model.sample({ count: 1, seed: 1, prompts: [say('red', 'oil')] }), {
    code: 'training/unknown-style',
  });
});

test('what is not wanted leads away; between two prompts lie pictures between', async () => {
  const request = { count: 1, seed: 2, steps: 6, guidance: 2 };
  const without = { prompt: { words: [{ text: 'red' }] } };
  const { data: away } = await model.sample({ ...request, prompts: [{ words: [], style: 'light' }], without });
  assert.ok(mean(away, 0, 2) > mean(away, 0, 0), 'not red is blue');
  const way = (share: number) => ({ ...say('red'), between: { words: [{ text: 'blue' }], share } });
  const prompts = [0, 0.5, 1].map(way);
  const { data } = await model.sample({ ...request, count: 3, oneNoise: true, guidance: 1, prompts });
  const blueness = [0, 1, 2].map((i) => mean(data, i, 2) - mean(data, i, 0));
  assert.ok(blueness[0]! < blueness[1]! && blueness[1]! < blueness[2]!, `${blueness}`);
});

test('a part that is kept stays, the rest is made anew', async () => {
  const data = new Float32Array(3 * 64).fill(-1);
  const keep = Float32Array.from({ length: 64 }, (_, i) => Number(i % 8 < 4));
  const made = await model.sample({
    count: 1,
    seed: 3,
    steps: 8,
    prompts: [say('blue')],
    start: { data, strength: 1 },
    keep,
  });
  const at = (x: number, channel: number): number => made.data[channel * 64 + 8 * 3 + x]!;
  assert.ok(Math.abs(at(1, 2) + 1) < 1e-5, `${at(1, 2)} is kept`);
  assert.ok(at(6, 2) > 0, `${at(6, 2)} is blue`);
});

test('what was learned is found again beside a model, mirrored or not, and a list that does not fit is refused', async () => {
  const picture = (seed: number) => ({
    width: 24,
    height: 24,
    data: Float32Array.from({ length: 3 * 576 }, (_, i) => Math.sin(seed * (i % 24) + seed)),
  });
  const small = Uint8Array.from([1, 2, 3].flatMap((seed) => [...smallPicture(picture(seed))]));
  const mirrored = { ...picture(2), data: picture(2).data.map((_, i, all) => all[i - (i % 24) + 23 - (i % 24)]!) };
  assert.deepEqual(nearestSmall(smallPicture(mirrored), small), { index: 1, distance: 0 });
  const own = join(folder, 'seen');
  mkdirSync(own);
  assert.equal(loadSeen(own), undefined);
  await saveSeen(own, { suspect: 0.1, names: ['a', 'b', 'c'], sources: ['x', 'y', 'z'], small });
  assert.deepEqual(loadSeen(own)!.nearest(picture(3)), { name: 'c', source: 'z', distance: 0, suspect: 0.1 });
  cpSync(join(own, 'seen.json'), join(own, 'seen.bin'));
  assert.throws(() => loadSeen(own), { code: 'training/bad-seen' });
});
