import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createRandom } from '../../core/index.ts';
import { type InputWork, type OpContext, type Plan, planSchema } from '../../kernel/index.ts';
import { measureBitmap } from './critique.ts';
import { imageStudio, previewOf, viewOf } from './index.ts';
import { paintPicture } from './ops/paint.ts';
import { PAINTERS } from './painters/index.ts';
import { aboutOf, encodePng, flatten, mergedOf, readOpenRaster } from './picture/index.ts';

const PLAN: Plan = planSchema.parse({
  version: 1,
  language: 'zh',
  brief: '月夜江上一叶小舟，远山，岸边两株垂柳',
  themes: [{ word: '江', source: '江', weight: 1 }],
  imagery: [],
  mood: { valence: -0.2, arousal: -0.4 },
  hour: 'night',
  scene: {
    format: 'portrait',
    elements: [
      { id: 'mountain', kind: 'land', source: '远山', depth: 'far', weight: 0.6 },
      { id: 'river', kind: 'water', source: '江', weight: 0.7 },
      { id: 'boat', kind: 'vehicle', source: '小舟', weight: 0.9, relation: { how: 'on', to: 1 } },
      { id: 'moon', kind: 'sky', source: '月', weight: 0.5 },
      { id: 'willow', kind: 'tree', source: '垂柳', count: 2, depth: 'near', side: 'left', weight: 0.5 },
    ],
  },
  notes: [],
});

const POEM = { title: '夜泊', lines: ['月落乌啼霜满天，江枫渔火对愁眠。', '姑苏城外寒山寺，夜半钟声到客船。'] };

const input = (medium: string, document: object): InputWork =>
  ({
    work: { id: medium, medium, title: (document as { title?: string }).title ?? '' },
    bytes: new Uint8Array(),
    document,
  }) as never;

async function paint(options: object, { seed = 7, poem = false } = {}): Promise<Uint8Array[]> {
  const context = {
    seed,
    random: createRandom(seed),
    progress: () => {},
    preview: () => {},
    breathe: async () => {},
  } as unknown as OpContext;
  const inputs = [input('plan', PLAN), ...(poem ? [input('verse', POEM)] : [])];
  const { works } = await paintPicture.run(context, inputs, paintPicture.options.parse(options));
  return works.map((work) => ('bytes' in work ? work.bytes : assert.fail('a picture has bytes')));
}

test('[IM1] the same plan and seed give the same picture by every painter, another seed another', {
  timeout: 120_000,
}, async () => {
  for (const { id } of PAINTERS) {
    const [one] = await paint({ painter: id, longest: 160 });
    const [again] = await paint({ painter: id, longest: 160 });
    const [other] = await paint({ painter: id, longest: 160 }, { seed: 8 });
    assert.deepEqual(one, again, id);
    assert.notDeepEqual(one, other, id);
  }
});

test('[IM5] the same composition is painted at any size by any painter', async () => {
  const compositions = [];
  for (const painter of ['ink', 'woodcut']) {
    for (const longest of [120, 200]) {
      const [bytes] = await paint({ painter, longest });
      const { width, height } = await readOpenRaster(bytes!);
      assert.deepEqual([width, height], [longest * 0.75, longest]);
      compositions.push(JSON.stringify(aboutOf(bytes!).composition));
    }
  }
  assert.equal(new Set(compositions).size, 1);
});

test('[IM3] every element of the plan is on a layer, and changes the picture where it stands', async () => {
  const [bytes] = await paint({ painter: 'woodcut', longest: 240 });
  const picture = await readOpenRaster(bytes!);
  const whole = flatten(picture);
  for (const { id } of PLAN.scene!.elements) {
    const own = picture.layers.filter(({ shows = [] }) => shows.some((name) => name.startsWith(`${id}-`)));
    assert.ok(own.length > 0, id);
    const without = flatten({ ...picture, layers: picture.layers.filter((layer) => !own.includes(layer)) });
    const changed = whole.data.reduce((sum, value, i) => sum + (Math.abs(value - without.data[i]!) > 8 ? 1 : 0), 0);
    assert.ok(changed > 40, `${id}: ${changed}`);
  }
});

test('[IM8] a poem is written in a void, in a layer of its own, with a seal when one is asked for', async () => {
  const [bytes] = await paint({ longest: 640, seal: '江南' }, { poem: true });
  const { layers, about, height } = await readOpenRaster(bytes!);
  const ids = layers.map(({ id }) => id);
  assert.ok(ids.includes('inscription') && ids.includes('seal'), ids.join());
  const { placed, height: units } = about.composition as {
    placed: { box: { x: number; y: number; width: number; height: number }; element: string }[];
    height: number;
  };
  const scale = height / units;
  const written = layers.find(({ id }) => id === 'inscription')!;
  for (const { box, element } of placed) {
    if (element === 'river') continue;
    const across =
      Math.min(written.x + written.bitmap.width, (box.x + box.width) * scale) - Math.max(written.x, box.x * scale);
    const down =
      Math.min(written.y + written.bitmap.height, (box.y + box.height) * scale) - Math.max(written.y, box.y * scale);
    assert.ok(across <= 2 || down <= 2, `written over ${element}`);
  }
});

test('[IM7] measures do not depend on the resolution, and say what is there', async () => {
  const [small] = await paint({ longest: 256 });
  const [large] = await paint({ longest: 512 });
  const [a, b] = [measureBitmap(await viewOf(small!, 128, 128)), measureBitmap(await viewOf(large!, 128, 128))];
  for (const [name, value] of Object.entries(a)) {
    assert.ok(Math.abs(value - b[name as keyof typeof b]) < 0.12, `${name}: ${value} ${b[name as keyof typeof b]}`);
  }
  const flat = measureBitmap({ width: 8, height: 8, data: new Uint8ClampedArray(256).fill(255) });
  assert.ok(flat.contrast < 1e-6 && flat.edges === 0 && flat.variety === 0 && flat.lightness > 0.99);
});

test('every format writes a picture that other programs read', async () => {
  const [bytes] = await paint({ longest: 160 });
  const merged = await mergedOf(bytes!);
  const work = {
    work: { id: '0123456789abcdef', record: { op: 'image/paint', seed: 7, options: {} } },
    bytes,
  } as never;
  for (const format of imageStudio.formats) {
    const written = await format.write(work);
    if (!/^image\/(png|webp|avif|jpeg)$/.test(format.mime)) continue;
    const { width, height } = await sharp(written).metadata();
    assert.deepEqual([width, height], [merged.width, merged.height], format.name);
  }
  const svg = new TextDecoder().decode(await imageStudio.formats.find(({ name }) => name === 'svg')!.write(work));
  assert.ok(svg.includes('<path') && !/NaN|undefined/.test(svg));
});

test('what a job shows of a picture in progress is read in both of its forms, small; other data is no picture', async () => {
  const data = new Uint8ClampedArray(3200).map((_, i) => (i % 4 === 3 ? 255 : 200));
  const bitmap = { width: 40, height: 20, data };
  const png = Buffer.from(await encodePng(bitmap)).toString('base64');
  const rgba = Buffer.from(bitmap.data).toString('base64');
  for (const shown of [{ mime: 'image/png', png }, { picture: { width: 40, height: 20, rgba } }]) {
    const { width, height, data: pixels } = (await previewOf(shown, 10, 10))!;
    assert.deepEqual([width, height, pixels[0]], [10, 5, 200]);
  }
  assert.equal(await previewOf({ text: 'a line' }, 10, 10), undefined);
  assert.equal(await previewOf(null, 10, 10), undefined);
});
