import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Composition, Placed } from '../../composition/index.ts';
import { drawFigure } from '../draw-figure.ts';
import { inside } from '../geometry/index.ts';

const composition = (more: Partial<Composition> = {}): Composition => ({
  width: 1000,
  height: 1000,
  frame: 'rectangle',
  view: 'level',
  horizon: 520,
  weather: 'clear',
  mood: { valence: 0, arousal: 0 },
  light: { source: 'moon', at: [640, 160], strength: 0.3, warmth: 0 },
  wind: 0.1,
  palette: { ground: '#ffffff', dark: '#111111', main: ['#6688aa'], accent: '#cc3322' },
  placed: [],
  voids: [],
  focus: [600, 500],
  seed: 'waters',
  ...more,
});

const water = (element: string, more: Partial<Placed> = {}): Placed => ({
  name: `${element}-0`,
  element,
  kind: 'water',
  states: [],
  box: { x: 0, y: 520, width: 1000, height: 300 },
  depth: 0.24,
  mirrored: false,
  seed: `seed/${element}`,
  from: 0,
  ...more,
});

const boat = (x: number, y: number): Placed => ({
  ...water('boat'),
  name: 'boat-1',
  kind: 'vehicle',
  from: 1,
  box: { x, y: y - 40, width: 90, height: 40 },
});
const surfaceOf = (placed: Placed, world: Composition) =>
  drawFigure(placed, world).shapes.find(({ part }) => part === 'surface')!;
const footOf = (points: readonly (readonly [number, number])[]): number => Math.max(...points.map(([, y]) => y));

describe('water', () => {
  it('a river is narrow far off and broad near', () => {
    const { outline } = surfaceOf(water('river'), composition());
    const widthAt = (low: number, high: number): number => {
      const xs = outline.filter(([, y]) => y >= low && y <= high).map(([x]) => x);
      return Math.max(...xs) - Math.min(...xs);
    };
    assert.ok(widthAt(520, 560) * 2 < widthAt(940, 1010));
    assert.ok(footOf(outline) >= 1000);
  });

  for (const mirrored of [false, true]) {
    it(`a river passes under its boat, ${mirrored ? '' : 'not '}turned over`, () => {
      for (const x of [120, 460, 780]) {
        const { outline } = surfaceOf(water('river', { mirrored }), composition({ placed: [boat(x, 700)] }));
        for (const share of [0.1, 0.5, 0.9]) assert.ok(inside([x + 90 * share, 700], outline), `${x}`);
      }
    });
  }

  it('the sea reaches the foot of the paper unless something stands there on land', () => {
    assert.ok(footOf(surfaceOf(water('sea'), composition()).outline) >= 1000);
    const house: Placed = { ...boat(300, 950), kind: 'building', element: 'house', depth: 0.9 };
    assert.ok(footOf(surfaceOf(water('sea'), composition({ placed: [house] })).outline) < 860);
  });

  it('there is a path of light under the moon and none under an overcast sky', () => {
    const has = (world: Composition): boolean =>
      drawFigure(water('lake'), world).shapes.some(({ part }) => part === 'glitter');
    assert.ok(has(composition()));
    assert.ok(!has(composition({ light: { source: 'overcast', at: [640, 160], strength: 0.8, warmth: 0 } })));
  });

  it('a storm raises breaking waves, calm does not; rain draws rings', () => {
    const parts = (weather: Composition['weather']): Set<string> =>
      new Set(drawFigure(water('sea'), composition({ weather })).shapes.map(({ part }) => part));
    assert.ok(parts('storm').has('wave') && !parts('clear').has('wave'));
    assert.ok(parts('rain').has('drops') && !parts('clear').has('drops'));
  });

  it('ripples shrink with distance and leave most of the water empty', () => {
    const { strokes } = drawFigure(water('lake'), composition()).shapes.find(({ part }) => part === 'ripples')!;
    const long = (low: number, high: number): number => {
      const own = strokes.filter(({ points }) => points[0]![1] >= low && points[0]![1] < high);
      return own.reduce((sum, { points }) => sum + points.at(-1)![0] - points[0]![0], 0) / own.length;
    };
    assert.ok(long(520, 640) * 1.5 < long(800, 1000));
    const covered = strokes.reduce((sum, { points, width }) => sum + (points.at(-1)![0] - points[0]![0]) * width, 0);
    assert.ok(covered < 0.1 * 1000 * 480);
  });
});
