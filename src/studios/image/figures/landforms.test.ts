import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Plan, planSchema } from '../../../kernel/index.ts';
import { layOut, type Placed } from '../composition/index.ts';
import { drawFigure } from './draw-figure.ts';
import { NATURE } from './nature/index.ts';
import type { Figure } from './types.ts';

const IDS = [
  'mountain',
  'mountain-range',
  'peak',
  'volcano',
  'hill',
  'valley',
  'island',
  'oasis',
  'cliff',
  'canyon',
  'cave',
  'ruins',
  'grave',
];

function drawn(id: string, { seed = 'a', ...facts }: Partial<Plan> & { seed?: string } = {}): Figure {
  const plan = planSchema.parse({
    version: 1,
    language: 'en',
    brief: id,
    themes: [],
    imagery: [],
    mood: { valence: 0, arousal: 0 },
    notes: [],
    scene: { elements: [{ id, kind: 'land', source: id, weight: 1 }] },
    ...facts,
  });
  const { composition } = layOut(plan, { seed, drafts: 4 })[0]!;
  const placed = composition.placed.find(({ from }) => from === 0) as Placed;
  return drawFigure(placed, composition);
}

const partsOf = ({ shapes }: Figure): Set<string> => new Set(shapes.map(({ part }) => part.replace(/-\d+.*$/u, '')));
const pointsOf = ({ shapes }: Figure): (readonly [number, number])[] =>
  shapes.flatMap(({ outline, strokes }) => [...outline, ...strokes.flatMap(({ points }) => points)]);

test('land stays about its box, is the same for a seed and another for another', () => {
  for (const id of IDS) {
    assert.ok(id in NATURE, id);
    const figure = drawn(id);
    const { x, y, width, height } = figure.placed.box;
    for (const [px, py] of pointsOf(figure)) {
      assert.ok(Number.isFinite(px) && Number.isFinite(py), id);
      assert.ok(px > x - 0.35 * width && px < x + 1.35 * width && py > y - 0.35 * height && py < y + 1.4 * height, id);
    }
    assert.deepEqual(drawn(id).shapes, figure.shapes, id);
    assert.notDeepEqual(drawn(id, { seed: 'b' }).shapes, figure.shapes, id);
  }
});

test('every land has what it is known by', () => {
  const known: Readonly<Record<string, readonly string[]>> = {
    hill: ['crown', 'before'],
    valley: ['floor', 'stream', 'slope'],
    island: ['beach', 'mound'],
    oasis: ['pool', 'palm'],
    cliff: ['face', 'turf'],
    canyon: ['wall', 'band', 'river'],
    cave: ['mouth', 'dark', 'boulder'],
    ruins: ['column', 'arch', 'wall'],
    grave: ['mound', 'stone'],
    volcano: ['crater', 'smoke'],
  };
  for (const [id, parts] of Object.entries(known)) {
    const own = partsOf(drawn(id));
    for (const part of parts)
      assert.ok(
        [...own].some((name) => name.startsWith(part)),
        `${id} has ${part}: ${[...own]}`,
      );
  }
});

test('snow whitens gentle land', () => {
  const materials = (weather: 'clear' | 'snow'): string[] =>
    drawn('hill', {
      scene: { elements: [{ id: 'hill', kind: 'land', source: 'hill', weight: 1 }], weather },
    }).shapes.map(({ material }) => material);
  assert.ok(materials('snow').includes('snow'));
  assert.ok(!materials('clear').includes('snow'));
});
