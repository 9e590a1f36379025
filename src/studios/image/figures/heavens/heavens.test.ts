import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Composition, Placed } from '../../composition/index.ts';
import { drawFigure, figureBounds } from '../draw-figure.ts';
import { WATERS } from '../waters/index.ts';
import { HEAVENS, HEAVENS_KINDS } from './index.ts';

const IDS: Readonly<Record<'sky' | 'weather' | 'water', readonly string[]>> = {
  sky: 'moon sun sunrise sunset star starry-sky milky-way constellation planet earth comet meteor aurora cloud rainbow sky nebula eclipse black-hole universe'.split(
    ' ',
  ),
  weather: 'rain snow mist wind storm lightning frost dew sandstorm tornado hail icicle'.split(' '),
  water:
    'river stream waterfall lake sea underwater pond spring wave ripple water ice rapids puddle fountain bubble reflection harbour'.split(
      ' ',
    ),
};

const composition = (more: Partial<Composition> = {}): Composition => ({
  width: 1333,
  height: 1000,
  frame: 'rectangle',
  view: 'level',
  horizon: 540,
  weather: 'clear',
  mood: { valence: 0, arousal: 0 },
  light: { source: 'moon', at: [700, 160], strength: 0.3, warmth: 0 },
  wind: 0.3,
  palette: { ground: '#ffffff', dark: '#111111', main: ['#6688aa'], accent: '#cc3322' },
  placed: [],
  voids: [],
  focus: [600, 500],
  seed: 'heavens',
  ...more,
});

function placed(element: string, kind: Placed['kind'], more: Partial<Placed> = {}): Placed {
  const box =
    kind === 'sky'
      ? { x: 300, y: 60, width: 300, height: 130 }
      : kind === 'weather'
        ? { x: 0, y: 0, width: 1333, height: 1000 }
        : { x: 0, y: 540, width: 1333, height: 300 };
  return {
    name: `${element}-0`,
    element,
    kind,
    states: [],
    box,
    depth: 0.2,
    mirrored: false,
    seed: `seed/${element}`,
    ...more,
  };
}

const all = Object.entries(IDS).flatMap(([kind, ids]) => ids.map((id) => placed(id, kind as Placed['kind'])));
const strokesOf = (figure: ReturnType<typeof drawFigure>): number =>
  figure.shapes.reduce((sum, { strokes }) => sum + strokes.length, 0);

const WORLDS: readonly Partial<Composition>[] = [
  {},
  {
    weather: 'storm',
    wind: -0.8,
    hour: 'dusk',
    light: { source: 'dusk-glow', at: [400, 300], strength: 0.5, warmth: 0.8 },
  },
  { weather: 'snow', season: 'winter', horizon: 1100, hour: 'night' },
  { weather: 'rain', width: 1000, height: 2400, horizon: 900, season: 'autumn' },
];

describe('sky, weather and water', () => {
  it('every element of the three kinds has its own drawer', () => {
    const drawn = { ...HEAVENS, ...WATERS };
    for (const { element } of all) assert.ok(Object.hasOwn(drawn, element), element);
    assert.ok(HEAVENS_KINDS.sky && HEAVENS_KINDS.weather);
  });

  it('the same thing in the same composition is always drawn the same, another seed another way', () => {
    for (const each of all) {
      const [first, again] = [drawFigure(each, composition()), drawFigure(each, composition())];
      assert.deepEqual(first, again, each.element);
    }
    const other = drawFigure(placed('cloud', 'sky', { seed: 'other' }), composition());
    assert.notDeepEqual(other.shapes, drawFigure(placed('cloud', 'sky'), composition()).shapes);
  });

  for (const [i, world] of WORLDS.entries()) {
    it(`figures stay within reach, finite and countable in world ${i}`, () => {
      const seen = composition(world);
      for (const each of all.flatMap((one) => [one, { ...one, mirrored: true }])) {
        const figure = drawFigure(each, seen);
        const points = figure.shapes.flatMap(({ outline, strokes }) => [
          ...outline,
          ...strokes.flatMap((stroke) => stroke.points),
        ]);
        assert.ok(
          points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)),
          each.element,
        );
        assert.ok(
          strokesOf(figure) <= 3000 && figure.shapes.length <= 700,
          `${each.element}: ${strokesOf(figure)} strokes`,
        );
        assert.ok(points.length > 0, each.element);
        const { x, y, width, height } = figureBounds(figure);
        const reach = seen.width + seen.height;
        assert.ok(x > -reach && y > -reach && x + width < 2 * reach && y + height < 2 * reach, each.element);
        for (const { tone, opacity = 1, glow = 0, colour, strokes } of figure.shapes) {
          assert.ok(tone >= 0 && tone <= 1 && opacity > 0 && opacity <= 1 && glow >= 0 && glow <= 1, each.element);
          assert.match(colour, /^#[0-9a-f]{6}$/i);
          assert.ok(
            strokes.every(
              (stroke) => stroke.points.length > 0 && stroke.tone >= 0 && stroke.tone <= 1 && stroke.width > 0,
            ),
            each.element,
          );
        }
      }
    });
  }

  it('stars are at most 900 dots', () => {
    for (const element of ['star', 'starry-sky', 'milky-way', 'universe']) {
      const wide = placed(element, 'sky', { box: { x: 0, y: 0, width: 3000, height: 560 } });
      const figure = drawFigure(wide, composition({ width: 3000 }));
      assert.ok(strokesOf(figure) <= 900, `${element}: ${strokesOf(figure)}`);
    }
  });

  it('weather never hides the picture: no large surface of it is opaque', () => {
    for (const element of IDS.weather) {
      for (const { outline, opacity = 1, part } of drawFigure(placed(element, 'weather'), composition()).shapes) {
        const xs = outline.map(([x]) => x);
        const ys = outline.map(([, y]) => y);
        const area = outline.length > 2 ? (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys)) : 0;
        assert.ok(opacity < 0.86 || area < 0.16 * 1333 * 1000, `${element} ${part}`);
      }
    }
  });

  it('a sun that is set upon the sea stands at the horizon', () => {
    const low = drawFigure(
      placed('sun', 'sky', { states: ['setting'], box: { x: 600, y: 640, width: 100, height: 100 } }),
      composition(),
    );
    const disc = low.shapes.find(({ part }) => part === 'disc')!;
    assert.ok(disc.outline.every(([, y]) => y <= 540.001));
    assert.ok(disc.outline.some(([, y]) => y < 520));
  });
});
