import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Beside, InputWork, Work } from '../../../kernel/index.ts';
import { writeOpenRaster } from '../picture/index.ts';
import { createBitmap } from '../raster/index.ts';
import { nearCopyOf } from './index.ts';

/** A picture of rings, another for every number; `tint` changes its colours alone. */
async function input(id: string, n: number, { tint = 0, op = 'image/paint' } = {}): Promise<InputWork> {
  const bitmap = createBitmap(96, 96);
  for (let y = 0, at = 0; y < 96; y++) {
    for (let x = 0; x < 96; x++, at += 4) {
      const ring = Math.sin(Math.hypot(x - 20 * (n % 4), y - 30 * (n % 3)) / (2 + n)) > 0;
      bitmap.data.set(ring ? [40 + tint, 60, 90, 255] : [235, 225 - tint, 200, 255], at);
    }
  }
  const layer = { id: 'paint', names: { en: 'paint', zh: '画' }, bitmap, x: 0, y: 0 };
  const bytes = await writeOpenRaster({ width: 96, height: 96, layers: [layer], about: {} });
  return {
    work: { id, medium: 'picture', title: id, content: `${id}-content`, record: { op } } as Work,
    bytes,
    document: undefined,
  };
}

/** A house in memory; it counts what is loaded. */
function beside(all: readonly InputWork[], kin: readonly string[] = []): Beside & { readonly loaded: string[] } {
  const kept = new Map<string, Uint8Array>();
  const loaded: string[] = [];
  return {
    loaded,
    others: async (most) => all.map(({ work }) => work).slice(0, most),
    isKin: async (_, other) => kin.includes(other),
    recall: async (work, name) => kept.get(`${name}/${work.content}`),
    remember: async (work, name, bytes) => void kept.set(`${name}/${work.content}`, bytes),
    load: async (id) => {
      loaded.push(id);
      return all.find(({ work }) => work.id === id)!;
    },
  };
}

test('[IM27] a recoloured copy is found among others, a new picture is not; each is measured once', async () => {
  const all = [await input('a', 1), await input('b', 5), await input('c', 8)];
  const house = beside(all);
  const found = await nearCopyOf(await input('copy', 5, { tint: 25 }), house);
  assert.equal(found!.work.id, 'b');
  assert.ok(found!.likeness >= 0.9 && found!.likeness <= 1);
  assert.equal(await nearCopyOf(await input('new', 13), house), undefined);
  assert.deepEqual(house.loaded, ['a', 'b', 'c']);
});

test('[IM27] what a picture was made from, sheets that show it, and files that cannot be read are no originals', async () => {
  const copy = await input('copy', 5, { tint: 25 });
  assert.equal(await nearCopyOf(copy, beside([await input('b', 5)], ['b'])), undefined);
  assert.equal(await nearCopyOf(copy, beside([await input('b', 5, { op: 'image/contact-sheet' })])), undefined);
  const broken = { ...(await input('b', 5)), bytes: Uint8Array.of(1, 2, 3) };
  assert.equal(await nearCopyOf(copy, beside([broken])), undefined);
});

test('no more than forty pictures are measured for the first time at once; the rest waits', async () => {
  const one = await input('same', 1);
  const all = Array.from({ length: 45 }, (_, i) => ({ ...one, work: { ...one.work, id: `w${i}`, content: `c${i}` } }));
  const house = beside(
    all,
    all.map(({ work }) => work.id),
  );
  const fresh = await input('new', 7);
  await nearCopyOf(fresh, house);
  assert.equal(house.loaded.length, 40);
  await nearCopyOf(fresh, house);
  assert.equal(house.loaded.length, 45);
});
