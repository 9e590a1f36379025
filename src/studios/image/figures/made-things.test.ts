/** What is promised of buildings, vehicles, things, food, lights and abstract forms: all drawn, in bounds, the same every time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SceneElement } from '../../../kernel/index.ts';
import type { Composition, Placed } from '../composition/index.ts';
import { parsePath } from './drafting/index.ts';
import { drawFigure, figureBounds, hasDrawer } from './index.ts';

const IDS: Partial<Record<SceneElement['kind'], string>> = {
  building:
    'pavilion temple pagoda tower hut house village city skyscraper bridge gate door window wall great-wall roof palace castle church mosque lighthouse windmill watermill pass camp tent shop market school library factory station stage dam barn corridor balcony room pyramid eiffel-tower column monument greenhouse ferris-wheel',
  vehicle:
    'boat sailing-boat ship submarine cart sedan train rails tram car bus truck tractor bicycle motorcycle balloon toy-balloon airship aeroplane helicopter rocket spaceship satellite ufo sled parachute wheel anchor oar',
  thing:
    'rock table chair bench bed book scroll letter brush inkstone paper easel painting palette vase qin pipa flute erhu drum bell piano violin guitar trumpet harp chess cup wine-pot teapot bowl basket chopsticks umbrella fan screen curtain mirror clock hourglass key lock sword bow shield flag kite swing fence well stele statue buddha incense stove ladder rope fishing-rod net straw-hat hat clothes shoe bag gift toy ball camera telephone computer television radio telescope glasses compass map globe snowman scarecrow haystack mill-stone broom spade plough spinning-wheel barrel box coin jewel mask couplet crystal-ball feather heart skull window-lattice signpost utility-pole wind-turbine brazier hammock',
  food: 'fruit apple pear peach orange lemon grape cherry strawberry watermelon persimmon pomegranate lychee loquat banana-fruit pineapple pumpkin vegetable bread cake mooncake dumpling noodles rice-bowl tea coffee wine egg cheese pizza ice-cream candy',
  light:
    'lamp lantern street-lamp candle fire campfire torch fishing-fire beacon fireworks firecracker moonlight sunlight starlight neon smoke spark halo',
  abstract:
    'circle spiral waves-pattern grid dots lines triangle square polygon geometric fractal mandala kaleidoscope maze flow-field splash gradient particles mosaic weave star-shape cloud-pattern yin-yang light-trails pattern',
};
const ALL = Object.entries(IDS).flatMap(([kind, ids]) =>
  ids.split(' ').map((id) => ({ kind: kind as Placed['kind'], id })),
);

const placedOf = (element: string, kind: Placed['kind'], more: Partial<Placed> = {}): Placed => ({
  name: `${element}-1`,
  element,
  kind,
  states: [],
  box: { x: 300, y: 400, width: 300, height: 300 },
  depth: 0.8,
  mirrored: false,
  seed: `made/${element}`,
  ...more,
});

const compositionOf = (hour: Composition['hour']): Composition => ({
  width: 1000,
  height: 1000,
  frame: 'rectangle',
  view: 'level',
  horizon: 560,
  weather: 'clear',
  hour,
  mood: { valence: 0, arousal: 0 },
  light: { source: 'sun', at: [100, 60], strength: 1, warmth: 0 },
  wind: 0.2,
  palette: { ground: '#efe8d8', dark: '#23262b', main: ['#7f9a72', '#6f8fa8'], accent: '#c2462e' },
  placed: [],
  voids: [],
  focus: [500, 500],
  seed: 'made',
});
const DAY = compositionOf('noon');

test('every made thing of the table has a drawer of its own', () => {
  assert.deepEqual(
    ALL.filter(({ id }) => !hasDrawer(id)),
    [],
  );
});

test('made things keep near their box, have finite points, colours and some hundred strokes at most', () => {
  for (const { id, kind } of ALL) {
    for (const states of [[], ['open', 'lit'], ['closed', 'snowy']]) {
      const placed = placedOf(id, kind, { states });
      const figure = drawFigure(placed, DAY);
      const { x, y, width, height } = figureBounds(figure);
      assert.ok([x, y, width, height].every(Number.isFinite), id);
      const [rx, ry] = [300 * 0.25, 300 * 0.25];
      assert.ok(
        x > 300 - rx && y > 400 - ry && x + width < 600 + rx && y + height < 700 + ry,
        `${id} ${states}: ${[x, y, width, height].map(Math.round)}`,
      );
      assert.ok(width > 60 || height > 60, `${id} is too small`);
      const strokes = figure.shapes.flatMap((shape) => shape.strokes);
      assert.ok(
        strokes.length < 3500 && figure.shapes.length < 1200,
        `${id}: ${strokes.length} strokes, ${figure.shapes.length} shapes`,
      );
      assert.ok(
        strokes.every(({ points, width: wide }) => points.length > 0 && wide > 0),
        id,
      );
      for (const shape of figure.shapes) assert.match(shape.colour, /^#[0-9a-f]{6}$/, id);
    }
  }
});

test('the same thing is always drawn the same, another village differs', () => {
  for (const { id, kind } of ALL) {
    const placed = placedOf(id, kind);
    assert.deepEqual(drawFigure(placed, DAY), drawFigure(placed, DAY), id);
  }
  const one = drawFigure(placedOf('village', 'building'), DAY);
  assert.notDeepEqual(drawFigure(placedOf('village', 'building', { seed: 'other' }), DAY).shapes, one.shapes);
});

test('small things are drawn with fewer strokes than large ones', () => {
  const strokesAt = (size: number): number =>
    drawFigure(placedOf('temple', 'building', { box: { x: 0, y: 0, width: size, height: size } }), DAY).shapes.reduce(
      (sum, { strokes }) => sum + strokes.length,
      0,
    );
  assert.ok(strokesAt(40) < 0.6 * strokesAt(500));
});

test('windows glow at night and not by day; a lamp put out does not glow', () => {
  const glowing = (placed: Placed, composition: Composition): number =>
    drawFigure(placed, composition).shapes.filter(({ glow = 0 }) => glow > 0.3).length;
  for (const id of ['house', 'city', 'temple', 'pagoda', 'castle', 'train']) {
    const placed = placedOf(id, id === 'train' ? 'vehicle' : 'building');
    assert.equal(glowing(placed, DAY), 0, id);
    assert.ok(glowing(placed, compositionOf('night')) > 0, id);
  }
  for (const id of ['lantern', 'candle', 'street-lamp']) {
    assert.ok(glowing(placedOf(id, 'light'), DAY) > 0, id);
    assert.equal(glowing(placedOf(id, 'light', { states: ['unlit'] }), DAY), 0, id);
  }
});

test('a colour that was asked for is seen', () => {
  for (const id of [
    'umbrella',
    'car',
    'lantern',
    'balloon',
    'kite',
    'apple',
    'sailing-boat',
    'heart',
    'house',
    'flag',
    'yin-yang',
  ]) {
    const { kind } = ALL.find((entry) => entry.id === id)!;
    const { shapes } = drawFigure(placedOf(id, kind, { colour: '#123456' }), DAY);
    assert.ok(
      shapes.some(({ colour }) => colour === '#123456'),
      id,
    );
  }
});

test('paths are read: lines, curves, ovals, rectangles; what is no path is refused', () => {
  assert.deepEqual(parsePath('M0 0 H10 V5 Z'), [
    [
      [0, 0],
      [10, 0],
      [10, 5],
      [0, 0],
    ],
  ]);
  assert.deepEqual(parsePath('M0 0 Q5 10 10 0')[0]!.at(-1), [10, 0]);
  assert.equal(parsePath('O5 5 2 R0 0 4 4').length, 2);
  assert.throws(() => parsePath('M0 0 K3 3'), RangeError);
  assert.throws(() => parsePath('L3 3'), RangeError);
  assert.throws(() => parsePath('M0 0 C1 2 3'), RangeError);
});
