import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../../core/index.ts';
import { planSchema } from '../../../../kernel/index.ts';
import { layOut } from '../../composition/index.ts';
import { drawFigure } from '../../figures/index.ts';
import { flatten } from '../../picture/index.ts';
import type { Layer } from '../../picture/types.ts';
import type { Bitmap } from '../../raster/index.ts';
import { nightPainter } from './night-painter.ts';

type Element = { id: string; kind: string };

async function painted(
  elements: readonly Element[],
  weather = 'clear',
): Promise<{ layers: readonly Layer[]; flat: Bitmap }> {
  const plan = planSchema.parse({
    version: 1,
    language: 'zh',
    brief: 'x',
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    hour: 'night',
    scene: { weather, elements: elements.map((element) => ({ ...element, source: element.id, weight: 0.8 })) },
  });
  const { composition } = layOut(plan, { seed: 'n', drafts: 2 })[0]!;
  const figures = composition.placed.map((placed) => drawFigure(placed, composition));
  const layers = await nightPainter.paint({
    composition,
    figures,
    width: 96,
    height: 96,
    scale: 0.096,
    random: createRandom('n'),
    options: {},
    breathe: async () => {},
    progress: () => {},
  });
  return { layers, flat: flatten({ width: 96, height: 96, layers, about: {} }) };
}

/** Mean lightness 0–255 of rows. */
function lightOf({ width, data }: Bitmap, from: number, to: number): number {
  let sum = 0;
  for (let at = from * width * 4; at < to * width * 4; at += 4) sum += data[at]! + data[at + 1]! + data[at + 2]!;
  return sum / 3 / ((to - from) * width);
}

const LAKE: Element[] = [
  { id: 'starry-sky', kind: 'sky' },
  { id: 'mountain', kind: 'land' },
  { id: 'lake', kind: 'water' },
];

test('a night is dark, its stars and its sky have layers of their own, water mirrors what is behind it', async () => {
  const { layers, flat } = await painted(LAKE);
  assert.ok(lightOf(flat, 0, 96) < 90);
  assert.deepEqual(
    layers.slice(0, 2).map(({ names }) => names.zh),
    ['夜空', '星'],
  );
  assert.ok(layers[0]!.shows?.includes('starry-sky-0'));
  assert.ok(layers.some(({ id }) => id.endsWith('-mirror')));
  assert.equal(new Set(layers.map(({ id }) => id)).size, layers.length);
});

test('the same seed paints the same night', async () => {
  const [one, again] = [await painted(LAKE), await painted(LAKE)];
  assert.deepEqual(one.flat.data, again.flat.data);
});

test('clouds cover the stars; an aurora and the moon give light', async () => {
  const stars = async (weather: string): Promise<number> => {
    const { layers } = await painted([{ id: 'hut', kind: 'building' }], weather);
    return layers[1]!.bitmap.data.filter((value, i) => i % 4 === 3 && value > 60).length;
  };
  assert.ok((await stars('clear')) > 5 * Math.max(1, await stars('storm')));
  const sky = async (id: string): Promise<number> =>
    lightOf((await painted([{ id, kind: 'sky' }, ...LAKE.slice(1)])).layers[0]!.bitmap, 0, 50);
  const plain = await sky('comet');
  assert.ok((await sky('aurora')) > plain + 5);
  assert.ok((await sky('moonlight')) > plain + 2);
});
