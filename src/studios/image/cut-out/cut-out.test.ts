import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom, type Random } from '../../../core/index.ts';
import type { Bitmap } from '../raster/index.ts';
import { cutOut } from './cut-out.ts';
import { type GridGraph, minimumCut, STEPS } from './max-flow.ts';
import { learnMixture, logDensity } from './mixture.ts';

type Paint = (x: number, y: number) => readonly [number, number, number];

/** A disc with soft edges on a ground. */
function disc(side: number, [cx, cy, radius]: readonly [number, number, number], inside: Paint, ground: Paint) {
  const data = new Uint8ClampedArray(4 * side * side);
  const alpha = new Float32Array(side * side);
  for (let at = 0; at < alpha.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const share = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - cx, y - cy)));
    alpha[at] = share;
    const [front, back] = [inside(x, y), ground(x, y)];
    for (let c = 0; c < 3; c++) data[4 * at + c] = share * front[c]! + (1 - share) * back[c]!;
    data[4 * at + 3] = 255;
  }
  return { bitmap: { width: side, height: side, data } as Bitmap, alpha };
}

const worst = (made: Bitmap, alpha: Float32Array): number =>
  alpha.reduce((most, share, at) => Math.max(most, Math.abs(share - made.data[4 * at + 3]! / 255)), 0);

const sky: Paint = (x, y) => [90 + x / 2, 150 + y / 2, 240 - x / 3];

test('[IM33] a subject is cut out of a ground that changes slowly, its soft edge to the share and without the ground’s colour', () => {
  const { bitmap, alpha } = disc(96, [52, 44, 24], (x, y) => [200 + (y % 3), 60 + (x % 16), 40], sky);
  const found = cutOut(bitmap, { random: createRandom(1) });
  assert.ok(found && found.confidence > 0.9, `${found?.confidence}`);
  assert.ok(worst(found.bitmap, alpha) < 0.25, `${worst(found.bitmap, alpha)}`);
  assert.ok(Math.abs(found.share - (Math.PI * 24 * 24) / 96 ** 2) < 0.01, `${found.share}`);
  for (let at = 0; at < alpha.length; at++) {
    if (alpha[at]! > 0.3 && alpha[at]! < 0.7)
      assert.ok(found.bitmap.data[4 * at + 2]! < 110, 'blue of the sky at the edge');
  }
  assert.deepEqual(cutOut(bitmap, { random: createRandom(1) })?.bitmap, found.bitmap);
});

test('[IM34] where subject and ground have the same colours nothing is cut out, or it says how unsure it is', () => {
  const random = createRandom('noise');
  const grain = Float32Array.from({ length: 96 * 96 }, () => 128 + 40 * random.normal());
  const noise: Paint = (x, y) => [grain[96 * y + x]!, grain[96 * y + x]!, grain[96 * y + x]!];
  const hidden = cutOut(disc(96, [48, 48, 24], noise, noise).bitmap, { random: createRandom(1) });
  assert.ok(!hidden || hidden.confidence < 0.5, `${hidden?.confidence}`);
  const flat = disc(
    64,
    [32, 32, 10],
    () => [120, 120, 120],
    () => [120, 120, 120],
  ).bitmap;
  assert.equal(cutOut(flat, { random: createRandom(1) }), undefined);
});

test('a box and a mask say which of two things is meant', () => {
  const two = disc(96, [26, 48, 14], () => [220, 40, 40], sky);
  const other = disc(
    96,
    [70, 48, 14],
    () => [250, 220, 40],
    (x, y) => {
      const at = 4 * (96 * y + x);
      return [two.bitmap.data[at]!, two.bitmap.data[at + 1]!, two.bitmap.data[at + 2]!];
    },
  );
  const box = { x: 50, y: 28, width: 42, height: 42 };
  const boxed = cutOut(other.bitmap, { random: createRandom(1), box });
  assert.ok(boxed && worst(boxed.bitmap, other.alpha) < 0.3, `${boxed && worst(boxed.bitmap, other.alpha)}`);
  const data = Uint8Array.from({ length: 96 * 96 }, (_, at) =>
    Number(at % 96 > 6 && at % 96 < 46 && at > 28 * 96 && at < 68 * 96),
  );
  const masked = cutOut(other.bitmap, { random: createRandom(1), mask: { width: 96, height: 96, data } });
  assert.ok(masked && worst(masked.bitmap, two.alpha) < 0.3);
});

test('specks and what runs out of the picture are left out', () => {
  const main = disc(
    96,
    [48, 48, 20],
    () => [220, 40, 40],
    () => [240, 240, 235],
  ).bitmap;
  for (const [left, top, size] of [
    [10, 12, 2],
    [70, 4, 10],
  ] as const) {
    for (let y = top; y < top + size; y++)
      for (let x = left; x < left + size; x++) main.data.set([20, 90, 30], 4 * (96 * y + x));
  }
  const found = cutOut(main, { random: createRandom(1) })!;
  assert.equal(found.bitmap.data[4 * (96 * 12 + 10) + 3], 0);
  assert.equal(found.bitmap.data[4 * (96 * 8 + 75) + 3], 0);
  assert.equal(found.bitmap.data[4 * (96 * 48 + 48) + 3], 255);
  assert.ok(found.confidence < 1);
});

/** Every cut of a small grid, to compare with. */
function cheapest({ width, height, terminals, arcs }: GridGraph): number {
  let least = Number.POSITIVE_INFINITY;
  for (let sides = 0; sides < 2 ** (width * height); sides++) {
    least = Math.min(
      least,
      costOf({ width, height, terminals, arcs }, (p) => (sides >> p) & 1),
    );
  }
  return least;
}

function costOf({ width, height, terminals, arcs }: GridGraph, side: (p: number) => number): number {
  let cost = 0;
  for (let p = 0; p < width * height; p++) {
    if (terminals[p]! > 0 && !side(p)) cost += terminals[p]!;
    if (terminals[p]! < 0 && side(p)) cost -= terminals[p]!;
    for (const [d, [dx, dy]] of STEPS.entries()) {
      const [x, y] = [(p % width) + dx, Math.floor(p / width) + dy];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      if (side(p) && !side(y * width + x)) cost += arcs[8 * p + d]!;
    }
  }
  return cost;
}

function chanceGraph(random: Random, width: number, height: number): GridGraph {
  const terminals = Int32Array.from({ length: width * height }, () => random.integer(41) - 20);
  const arcs = Int32Array.from({ length: 8 * width * height }, () => random.integer(12));
  return { width, height, terminals, arcs };
}

test('the cut is the cheapest of all cuts', () => {
  for (let seed = 0; seed < 30; seed++) {
    const graph = chanceGraph(createRandom(`cut/${seed}`), 3, 3);
    const copy = { ...graph, terminals: graph.terminals.slice(), arcs: graph.arcs.slice() };
    const cut = minimumCut(copy);
    assert.equal(
      costOf(graph, (p) => cut[p]!),
      cheapest(graph),
      `seed ${seed}`,
    );
  }
});

test('a mixture finds the colours it was made of', () => {
  const random = createRandom('mixture');
  const centres = [
    [0.2, 0.1, 0],
    [0.8, -0.1, 0.1],
  ];
  const colours = Float32Array.from({ length: 3 * 600 }, (_, i) => {
    return centres[Math.floor(i / 3) % 2]![i % 3]! + 0.02 * random.normal();
  });
  const mixture = learnMixture(colours, 2, random);
  assert.equal(mixture.length, 2);
  const at = (colour: readonly number[]): number => logDensity(mixture, colour[0]!, colour[1]!, colour[2]!);
  const expected = Math.log(0.5 / ((2 * Math.PI) ** 1.5 * 0.02 ** 3));
  for (const centre of centres) assert.ok(Math.abs(at(centre) - expected) < 0.4, `${at(centre)} beside ${expected}`);
  assert.ok(at([0.5, 0, 0]) < expected - 20);
});
