import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { type InputWork, type OpContext, planSchema } from '../../../kernel/index.ts';
import type { Composition } from '../composition/index.ts';
import { aboutOf, writeOpenRaster } from '../picture/index.ts';
import { filledBitmap } from '../raster/index.ts';
import { paintPicture } from './paint.ts';
import { varyPicture } from './vary.ts';

const PLAN = planSchema.parse({
  version: 1,
  language: 'zh',
  brief: '江上一叶小舟，远山，明月',
  themes: [{ word: '江', source: '江', weight: 1 }],
  imagery: [],
  mood: { valence: 0, arousal: 0 },
  scene: {
    format: 'square',
    elements: [
      { id: 'mountain', kind: 'land', source: '远山', depth: 'far', weight: 0.6 },
      { id: 'moon', kind: 'sky', source: '月', weight: 0.5 },
      { id: 'boat', kind: 'vehicle', source: '小舟', weight: 0.9 },
    ],
  },
  notes: [],
});

const context = {
  seed: 3,
  random: createRandom(3),
  progress: () => {},
  preview: () => {},
  breathe: async () => {},
} as unknown as OpContext;

async function made(run: () => ReturnType<typeof varyPicture.run>): Promise<Uint8Array> {
  const [work] = (await run()).works;
  return work && 'bytes' in work ? work.bytes : assert.fail('a picture has bytes');
}

const asInput = (bytes: Uint8Array): InputWork =>
  ({ work: { id: 'p', medium: 'picture', title: '夜' }, bytes }) as never;
const places = (bytes: Uint8Array): string =>
  JSON.stringify((aboutOf(bytes).composition as Composition).placed.map(({ name, box }) => [name, box]));
const seeds = (bytes: Uint8Array): string =>
  JSON.stringify((aboutOf(bytes).composition as Composition).placed.map(({ seed }) => seed));

test('[IM26] a weak variation keeps places and shapes, a middling one the places, a strong one has others; all differ', {
  timeout: 120_000,
}, async () => {
  const plan = { work: { id: 'plan', medium: 'plan', title: '' }, bytes: new Uint8Array(), document: PLAN } as never;
  const options = paintPicture.options.parse({ painter: 'woodcut', longest: 120 });
  const own = await made(async () => paintPicture.run(context, [plan], options));
  const vary = (strength: number) =>
    made(async () => varyPicture.run(context, [asInput(own)], varyPicture.options.parse({ strength })));
  const [weak, middling, strong] = [await vary(0.1), await vary(0.4), await vary(1)];
  assert.equal(places(weak), places(own));
  assert.equal(seeds(weak), seeds(own));
  assert.equal(places(middling), places(own));
  assert.notEqual(seeds(middling), seeds(own));
  assert.notEqual(places(strong), places(own));
  assert.notDeepEqual(middling, own);
  assert.deepEqual(await vary(0.4), middling);
});

test('a picture without a scene is not varied', async () => {
  const layer = { id: 'a', names: { en: 'a', zh: '甲' }, bitmap: filledBitmap(8, 8, [9, 9, 9]), x: 0, y: 0 };
  const bytes = await writeOpenRaster({ width: 8, height: 8, layers: [layer], about: {} });
  await assert.rejects(
    made(async () => varyPicture.run(context, [asInput(bytes)], varyPicture.options.parse({}))),
    {
      code: 'image/no-composition',
    },
  );
});
