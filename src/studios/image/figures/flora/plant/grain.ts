/** Grain: wheat with upright bearded ears, rice whose panicles bow, maize with its cobs. */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, petal, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem } from '../growth/stem.ts';
import { bendOf } from './stand.ts';

/** Wheat: upright ears with beards, in rows that close behind. */
export function drawWheat(bed: Bed): Shape[] {
  const ripe = bed.season !== 'spring' && !bed.placed.states.includes('green');
  return grain(bed, ripe ? '#d3a94c' : '#8fa857', 'wheat');
}

/** Rice: leaves like grass, heavy panicles that bow. */
export function drawRice(bed: Bed): Shape[] {
  const ripe = bed.season === 'autumn';
  return grain(bed, ripe ? '#c9ac4f' : '#7fa653', bed.season === 'spring' ? 'seedling' : 'rice');
}

function grain(bed: Bed, usual: string, sort: 'wheat' | 'rice' | 'seedling'): Shape[] {
  const { random, detail, box } = bed;
  const base = faded(bed, bed.colour ?? usual, 0.4);
  const count = Math.round((box.width / Math.max(40, box.height)) * (8 + 26 * detail));
  return Array.from({ length: Math.min(70, count) }, (_, i): Shape[] => {
    const own = random.fork(`grain-${i}`);
    const row = Math.floor((i / Math.min(70, count)) * 3);
    const at: Point = [box.width * own.next(), -box.height * 0.1 * (2 - row)];
    const tall = box.height * 0.84 * between(own, 0.78, 1) * (sort === 'seedling' ? 0.6 : 1);
    const bow = sort === 'rice' ? 2.3 * (own.next() < 0.5 ? -1 : 1) : between(own, -0.35, 0.35);
    const line = wander(
      at,
      tall,
      24,
      (t) => -Math.PI / 2 + bendOf(bed, own, 0.08) * t * t + bow * Math.max(0, t - 0.62) ** 1.3 * 2.4,
    );
    const colour = mixHex(shade(base, 0.14 * (2 - row) - 0.06), '#6d6a3a', 0.12 * row);
    const stem = mark('branch', line, Math.max(0.5, tall * 0.007), 0.5, [1, 0.9, 0.7, 0.5], shade(colour, -0.25));
    const blades = Array.from({ length: sort === 'seedling' ? 4 : 3 }, (_, k): Stroke => {
      const { at: root, angle } = along(line, sort === 'seedling' ? 0.02 : 0.12 + 0.17 * k);
      const side = k % 2 === 0 ? 1 : -1;
      const blade = wander(
        root,
        tall * between(own, 0.24, 0.5),
        12,
        (t) => angle + side * (0.28 + 1.3 * t * t) + bed.wind * t,
      );
      return mark(
        'leaf',
        blade,
        Math.max(0.6, tall * 0.014),
        between(own, 0.35, 0.55),
        PRESSURE.leaf,
        mixHex(colour, '#7d9a52', between(own, 0.1, 0.6)),
      );
    });
    const ear =
      sort === 'wheat'
        ? wheatEar(line, tall, colour, detail, own)
        : sort === 'rice'
          ? ricePanicle(line, tall, colour, detail, own)
          : [];
    return [lines('stalk', 'grass', colour, 0.45, [...blades, stem]), lines('ear', 'petal', colour, 0.4, ear)];
  }).flat();
}

function wheatEar(line: Line, tall: number, colour: string, detail: number, random: Random): Stroke[] {
  const pairs = Math.round(3 + 6 * detail);
  return Array.from({ length: pairs * 2 }, (_, i): Stroke[] => {
    const { at, angle } = along(line, 0.8 + 0.2 * (Math.floor(i / 2) / pairs));
    const turn = angle + (i % 2 === 0 ? -0.42 : 0.42);
    const tip = (long: number, spread = turn): Point => [
      at[0] + Math.cos(spread) * long,
      at[1] + Math.sin(spread) * long,
    ];
    const seed = mark(
      'detail',
      [at, tip(tall * 0.05)],
      Math.max(0.8, tall * 0.02),
      0.55,
      [0.5, 1, 0.3],
      shade(colour, between(random, -0.2, 0.06)),
    );
    const beard = mark(
      'hair',
      [at, tip(tall * between(random, 0.14, 0.2), angle + (turn - angle) * 0.6)],
      Math.max(0.3, tall * 0.0028),
      0.4,
      PRESSURE.nail,
      shade(colour, -0.1),
    );
    return detail > 0.12 ? [beard, seed] : [seed];
  }).flat();
}

function ricePanicle(line: Line, tall: number, colour: string, detail: number, random: Random): Stroke[] {
  return Array.from({ length: Math.round(6 + 22 * detail) }, (): Stroke => {
    const { at, angle } = along(line, between(random, 0.7, 1));
    const turn = angle + between(random, -0.5, 0.5) + 0.2;
    const from: Point = [at[0] + between(random, -0.02, 0.02) * tall, at[1] + between(random, 0, 0.045) * tall];
    return mark(
      'detail',
      [from, [from[0] + Math.cos(turn) * tall * 0.026, from[1] + Math.abs(Math.sin(turn)) * tall * 0.03]],
      Math.max(0.7, tall * 0.0125),
      0.5,
      [0.5, 1, 0.4],
      shade(colour, between(random, -0.15, 0.15)),
    );
  });
}

/** Maize: broad leaves that break over, a tassel, cobs in their husks with silk. */
export function drawCorn(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, '#628a45');
  const count = Math.max(1, Math.round((box.width / box.height) * (2 + 2 * detail)));
  return Array.from({ length: count }, (_, i) => {
    const own = random.fork(`corn-${i}`);
    const tall = box.height * between(own, 0.7, 0.95);
    const line = wander(
      [box.width * ((i + 0.5) / count + between(own, -0.06, 0.06)), 0],
      tall,
      18,
      (t) => -Math.PI / 2 + bed.wind * 0.15 * t + between(own, -0.02, 0.02),
    );
    const leaves = Array.from({ length: 7 }, (_, k) => {
      const { at, angle } = along(line, 0.14 + 0.1 * k);
      const side = k % 2 === 0 ? 1 : -1;
      return leaf(
        {
          form: 'strap',
          at,
          angle: angle + side * between(own, 0.35, 0.6),
          length: tall * between(own, 0.34, 0.5) * (1.1 - 0.06 * k),
          width: 0.11,
          bend: side * between(own, 1.1, 1.9),
          colour: mixHex(green, own.next() < 0.5 ? '#a3b45c' : '#39603f', own.next() * 0.35),
          fine: detail,
        },
        own,
      );
    });
    const cobs = [0.44, 0.56].flatMap((share, k) =>
      cob(along(line, share).at, tall * 0.17, k === 0 ? 1 : -1, green, own),
    );
    const head = along(line, 1).at;
    const tassel = Array.from({ length: 9 }, (_, k) =>
      mark(
        'hair',
        wander(head, tall * between(own, 0.09, 0.15), 6, (t) => -Math.PI / 2 + (k - 4) * 0.2 + (k - 4) * 0.12 * t),
        Math.max(0.6, tall * 0.007),
        0.45,
        [0.6, 1, 0.7, 0.2],
        '#b9994f',
      ),
    );
    return [
      ...leaves.slice(0, 4).flat(),
      ...softStem(line, Math.max(1, tall * 0.02), green),
      ...cobs,
      ...leaves.slice(4).flat(),
      lines('tassel', 'grass', '#b9994f', 0.4, tassel),
    ];
  }).flat();
}

function cob(at: Point, long: number, side: number, green: string, random: Random): Shape[] {
  const angle = -Math.PI / 2 + side * 0.42;
  const seeds = Array.from({ length: long < 20 ? 0 : 40 }, (_, i): Stroke => {
    const [u, v] = [0.25 + 0.68 * (Math.floor(i / 5) / 8), ((i % 5) - 2) * 0.075];
    return dot(
      'detail',
      [
        at[0] + (Math.cos(angle) * u - Math.sin(angle) * v) * long,
        at[1] + (Math.sin(angle) * u + Math.cos(angle) * v) * long,
      ],
      long * 0.07,
      0.4,
      shade('#dba72f', between(random, -0.2, 0.15)),
    );
  });
  const husk = (turn: number): Shape =>
    surface(
      'husk',
      petal(at, angle + turn, long * 0.85, long * 0.3, { widest: 0.4, point: 0.8, bend: turn * 0.4 }),
      'stem',
      shade(mixHex(green, '#b9c477', 0.45), turn * 0.3),
      0.4,
    );
  const silk = Array.from({ length: 5 }, (_, k) =>
    mark(
      'hair',
      wander(
        [at[0] + Math.cos(angle) * long, at[1] + Math.sin(angle) * long],
        long * 0.3,
        5,
        (t) => angle + (k - 2) * 0.4 * t * 2,
      ),
      Math.max(0.4, long * 0.012),
      0.5,
      PRESSURE.nail,
      '#8d4f3a',
    ),
  );
  return [
    husk(-0.12),
    surface(
      'cob',
      petal(at, angle, long, long * 0.36, { widest: 0.45, point: 0.4, foot: 0.6 }),
      'fruit',
      '#e0b23c',
      0.3,
      { form: 'round', strokes: [...seeds, ...silk] },
    ),
    husk(0.24),
  ];
}
