/** Files that carry how they were made, painted again; weights, negative words and previews of a painting. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { createRandom } from '../../core/index.ts';
import {
  type InputWork,
  type OpContext,
  type OpResult,
  type Plan,
  type Preview,
  planSchema,
} from '../../kernel/index.ts';
import { imageStudio } from './index.ts';
import { paintPicture } from './ops/paint.ts';
import { paintAgain } from './ops/paint-again.ts';
import { PAINT_VERSION } from './ops/paint-options.ts';
import { readPictureFile } from './ops/read.ts';
import { aboutOf, mergedOf } from './picture/index.ts';

const PLAN: Plan = planSchema.parse({
  version: 1,
  language: 'en',
  brief: 'a boat on a river, a moon, herons',
  themes: [{ word: '江', source: 'river', weight: 1 }],
  imagery: [],
  mood: { valence: 0, arousal: 0 },
  scene: {
    format: 'square',
    elements: [
      { id: 'boat', kind: 'vehicle', source: 'boat', weight: 0.9, relation: { how: 'on', to: 1 } },
      { id: 'river', kind: 'water', source: 'river', weight: 0.7 },
      { id: 'moon', kind: 'sky', source: 'moon', weight: 0.5 },
    ],
  },
  notes: [],
});

const previews: Preview[] = [];
const context = (seed: number): OpContext =>
  ({
    seed,
    random: createRandom(seed),
    progress: () => {},
    preview: (preview: Preview) => previews.push(preview),
    breathe: async () => {},
    readPicture: async (bytes: Uint8Array) => {
      const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      return { ...info, data: new Uint8ClampedArray(data), texts: {} };
    },
  }) as unknown as OpContext;

const poem = {
  work: { title: '夜泊' },
  document: { title: '夜泊', lines: ['月落乌啼霜满天。'] },
} as unknown as InputWork;
const bytesOf = ({ works }: OpResult, at = 0): Uint8Array => {
  const work = works[at]!;
  return 'bytes' in work ? work.bytes : assert.fail('a picture has bytes');
};

async function paint(options: object, seed = 7, withPoem = false): Promise<OpResult> {
  const plan = { work: { title: '' }, document: PLAN } as unknown as InputWork;
  const whole = paintPicture.options.parse({ painter: 'pixel', longest: 96, ...options });
  return paintPicture.run(context(seed), withPoem ? [plan, poem] : [plan], whole);
}

const asWork = (bytes: Uint8Array, record: object = {}): InputWork =>
  ({
    work: {
      id: '0123456789abcdef',
      title: '夜泊',
      place: 0,
      record: { op: 'image/paint', version: PAINT_VERSION, seed: 7, options: {}, ...record },
    },
    bytes,
  }) as unknown as InputWork;
const write = async (bytes: Uint8Array, name: string, settings: object = {}): Promise<Uint8Array> =>
  imageStudio.formats.find((format) => format.name === name)!.write(asWork(bytes), settings);
const file = (bytes: Uint8Array): InputWork => ({ work: { title: 'made.png' }, bytes }) as unknown as InputWork;

test('[IM53] a file of any flat format is enough to paint its picture again, byte for byte, the second of two alternatives too', async () => {
  const made = await paint({ count: 2, seal: '江' }, 7, true);
  for (const [place, format] of [
    [1, 'png'],
    [0, 'jpeg'],
  ] as const) {
    const written = await write(bytesOf(made, place), format);
    const again = await paintAgain.run(context(1), [file(written)], {});
    assert.deepEqual(bytesOf(again), bytesOf(made, place), `${format} ${place}`);
    assert.equal(again.works[0]!.title, '夜泊');
    assert.deepEqual(again.report, {
      made: { version: PAINT_VERSION, now: PAINT_VERSION, same: true },
    });
  }
  const [one, other] = [await mergedOf(bytesOf(made, 0)), await mergedOf(bytesOf(made, 1))];
  assert.notDeepEqual(one.data, other.data);
});

test('[IM53] what a file said stays with the picture that was read from it, and goes out with it again', async () => {
  const made = await paint({});
  const written = await write(bytesOf(made), 'png');
  const read = await readPictureFile.run(context(0), [file(written)], readPictureFile.options.parse({}));
  const { read: about } = aboutOf(bytesOf(read)) as { read: { generation: { prompt: string; source: string } } };
  assert.deepEqual([about.generation.prompt, about.generation.source], [PLAN.brief, 'llmagentos']);
  const out = await write(bytesOf(read), 'jpeg');
  assert.deepEqual(bytesOf(await paintAgain.run(context(0), [file(out)], {})), bytesOf(made));
});

test('[IM53] a file that does not say how it was made is refused, with its prompt where it has one', async () => {
  const bare = await write(bytesOf(await paint({})), 'png', { bare: true });
  await assert.rejects(async () => paintAgain.run(context(0), [file(bare)], {}), { code: 'image/no-recipe' });
  const crowded = { ...PLAN, scene: { elements: Array.from({ length: 61 }, () => PLAN.scene!.elements[2]!) } };
  const record = {
    format: 1,
    work: 'x',
    title: '',
    made: { op: 'image/paint', version: PAINT_VERSION, seed: 1, place: 0, options: {}, plan: crowded },
  };
  const { addPngTexts } = await import('./metadata/png-texts.ts');
  const heavy = addPngTexts(bare, { llmagentos: JSON.stringify(record) });
  await assert.rejects(async () => paintAgain.run(context(0), [file(heavy)], {}), { code: 'image/no-recipe' });
});

interface Seen {
  readonly placed: readonly { readonly element: string; readonly box: { readonly width: number } }[];
}
const seen = (made: OpResult): Seen => aboutOf(bytesOf(made)).composition as Seen;

test('[IM52] in the picture a weighted thing is larger, and what is not wanted is not there', async () => {
  const width = (made: OpResult): number => seen(made).placed.find(({ element }) => element === 'moon')!.box.width;
  const plain = await paint({});
  const heavy = await paint({ prompt: 'a boat on a river, a (moon:1.5), herons' });
  assert.ok(Math.abs(width(heavy) / width(plain) - 1.5) < 0.02, `${width(plain)} ${width(heavy)}`);
  const without = await paint({ prompt: 'a boat on a (still:1.2) river', negative: 'moon, dragons' });
  assert.ok(!seen(without).placed.some(({ element }) => element === 'moon'));
  const { notes } = without.report as { notes: { en: string }[] };
  assert.match(notes[0]!.en, /still/);
});

test('a painting shows small previews, the first before it is painted', async () => {
  previews.length = 0;
  await paint({ painter: 'woodcut', longest: 300 });
  const { candidate, data } = previews[0]!;
  const { png, width } = data as { png: string; width: number };
  const facts = await sharp(Buffer.from(png, 'base64')).metadata();
  assert.deepEqual([candidate, facts.width, facts.format], [0, width, 'png']);
  assert.ok(width <= 256);
});
