/**
 * What grows in numbers: grass, reeds, wheat, rice, corn, sea-grass, clover, mugwort, all as stems from a line of ground, the nearer lower
 * and darker, bent together by the wind.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, petal, wander } from '../../geometry/index.ts';
import { between, dot, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { GRASS } from '../../nature/season.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { leaf } from '../growth/leaf.ts';
import { softStem } from '../growth/stem.ts';

/** One stand: where it stands, how tall, how near (0 behind … 1 before). */
interface Stand {
  readonly at: Point;
  readonly tall: number;
  readonly near: number;
}

/** Stands over the width of the box, in uneven clumps, farthest first. */
function standsOf({ box }: Bed, count: number, random: Random, spread = 0.14): Stand[] {
  const clumps = Array.from({ length: Math.max(1, Math.round(count / 2.5)) }, () => random.next());
  return Array.from({ length: count }, (_, i): Stand => {
    const near = (i + 0.5) / count;
    const middle = clumps[i % clumps.length]!;
    const x = box.width * Math.min(0.98, Math.max(0.02, middle + 0.12 * random.normal() * Math.min(1, count / 8)));
    return {
      at: [x, box.height * spread * (near - 1)],
      tall: box.height * (1 - spread) * between(random, 0.55, 1),
      near,
    };
  });
}

const bendOf = (bed: Bed, random: Random, loose: number): number =>
  bed.wind * 0.7 + between(random, -loose, loose) + (bed.withered ? 0.3 : 0);

/** Tufts of blades, each drawn from the root with one flick; ears of seed among them. */
export function drawGrass(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? GRASS[bed.season]);
  const tufts = standsOf(bed, Math.round(5 + 18 * detail), random.fork('tufts'));
  return tufts.map(({ at, tall, near }, i) => {
    const own = random.fork(`tuft-${i}`);
    const blades = Math.round(4 + 7 * detail);
    const colour = mixHex(shade(green, 0.16 * (1 - near)), '#37533a', 0.3 * near);
    const strokes = Array.from({ length: blades }, (_, k): Stroke => {
      const side = (k / blades - 0.5) * 2;
      const root: Point = [at[0] + side * box.height * 0.045, at[1] + between(own, 0, 0.015) * box.height];
      const line = wander(
        root,
        tall * between(own, 0.35, 1) * (1 - 0.3 * Math.abs(side)),
        12,
        (t) => -Math.PI / 2 + side * 0.35 + (side * 0.7 + bendOf(bed, own, 0.3)) * t ** 1.5,
      );
      const tint = mixHex(colour, own.next() < 0.3 ? '#b6b466' : '#2f4f39', between(own, 0, 0.3));
      return mark(
        'leaf',
        line,
        Math.max(0.6, box.height * between(own, 0.009, 0.022)),
        between(own, 0.12, 0.26) + 0.18 * near,
        [0.2, 0.7, 1, 0.8, 0.5, 0.2, 0],
        tint,
      );
    });
    const ears = detail > 0.3 && i % 3 === 0 ? seedHead([at[0], at[1]], tall * 1.02, bed, own) : [];
    return lines('tuft', 'grass', colour, 0.5, [...strokes, ...ears]);
  });
}

function seedHead(at: Point, tall: number, bed: Bed, random: Random): Stroke[] {
  const line = wander(at, tall, 16, (t) => -Math.PI / 2 + bendOf(bed, random, 0.2) * t * t * 1.4);
  const seeds = Array.from({ length: 9 }, (_, i): Stroke => {
    const { at: on, angle } = along(line, 0.72 + 0.28 * (i / 9));
    const turn = angle + (i % 2 === 0 ? -0.5 : 0.5);
    return mark(
      'detail',
      [on, [on[0] + Math.cos(turn) * tall * 0.035, on[1] + Math.sin(turn) * tall * 0.035]],
      Math.max(0.5, tall * 0.01),
      0.5,
      [0.4, 1, 0.2],
      '#a08c54',
    );
  });
  return [mark('branch', line, Math.max(0.5, tall * 0.006), 0.5, PRESSURE.nail, '#8c8a50'), ...seeds];
}

/** Reeds: jointed stems, leaves that flow with the wind, plumes that trail to one side. */
export function drawReeds(bed: Bed): Shape[] {
  const { random, detail } = bed;
  const autumn = bed.season === 'autumn' || bed.season === 'winter' || bed.withered;
  const green = faded(bed, bed.colour ?? (autumn ? '#a3935c' : '#7c9058'), 0.4);
  const wind = Math.sign(bed.wind || 1) * Math.max(0.22, Math.abs(bed.wind));
  const stands = standsOf(bed, Math.round(4 + 8 * detail), random.fork('stands'), 0.08);
  return stands.flatMap(({ at, tall, near }, i) => {
    const own = random.fork(`reed-${i}`);
    const colour = mixHex(shade(green, 0.2 * (1 - near)), '#4a4a34', 0.2 * near);
    const line = wander(
      at,
      tall * 0.95,
      22,
      (t) => -Math.PI / 2 + between(own, -0.004, 0.004) + wind * 0.75 * t ** 2.2,
    );
    const width = Math.max(0.6, tall * 0.0085);
    const stem = mark('branch', line, width, 0.28 + 0.27 * near, [0.2, 0.9, 0.85, 0.75, 0.5], shade(colour, -0.2));
    const leaves = Array.from({ length: Math.round(3 + 4 * detail) }, (_, k): Stroke => {
      const { at: root, angle } = along(line, 0.18 + 0.11 * k + between(own, 0, 0.05));
      const side = k % 2 === 0 ? 1 : -1;
      const blade = wander(
        root,
        tall * between(own, 0.16, 0.32),
        14,
        (t) => angle + side * 0.45 * (1 - t) + wind * (0.4 + 1.5 * t),
      );
      return mark(
        'leaf',
        blade,
        Math.max(0.7, tall * between(own, 0.009, 0.016)),
        between(own, 0.2, 0.38) + 0.2 * near,
        PRESSURE.leaf,
        mixHex(colour, '#5c6a45', own.next() * 0.4),
      );
    });
    return [
      lines('reed', 'grass', colour, 0.5, [stem, ...leaves]),
      lines('plume', 'petal', colour, 0.3, plume(line, tall, wind, own)),
    ];
  });
}

function plume(line: Line, tall: number, wind: number, random: Random): Stroke[] {
  const count = tall < 60 ? 8 : 44;
  const colour = random.next() < 0.5 ? '#b9a488' : '#a58f7d';
  return Array.from({ length: count }, (_, i): Stroke => {
    const share = 0.8 + 0.2 * (i / count);
    const { at, angle } = along(line, share);
    const side = i % 2 === 0 ? 1 : -1;
    const long = tall * 0.125 * (1.15 - (share - 0.8) * 4) * between(random, 0.6, 1.1);
    const hair = wander(at, long, 6, (t) => angle + side * 0.5 * (1 - t) + wind * 1.5 * t + Math.sign(wind) * 0.25);
    return mark(
      'hair',
      hair,
      Math.max(0.5, tall * between(random, 0.005, 0.0095)),
      between(random, 0.14, 0.3),
      PRESSURE.leaf,
      shade(colour, between(random, -0.15, 0.25)),
    );
  });
}

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

/** Ribbons of kelp that rise and waver. */
export function drawSeaGrass(bed: Bed): Shape[] {
  const { random, detail } = bed;
  const base = bed.colour ?? '#4f7d5c';
  return standsOf(bed, Math.round(4 + 10 * detail), random.fork('stands'), 0.06).map(({ at, tall, near }, i) => {
    const own = random.fork(`ribbon-${i}`);
    const phase = own.next() * 6;
    const line = wander(
      at,
      tall,
      30,
      (t) => -Math.PI / 2 + 0.55 * Math.sin(t * 8 + phase) * (0.3 + 0.7 * t) + bed.wind * 0.2,
    );
    const colour = mixHex(mixHex(base, '#8a7a3f', own.next() * 0.5), '#dfe8df', 0.25 * (1 - near));
    const half = Math.max(0.6, tall * 0.022);
    const edges = [1, -1].map((side) =>
      line.map(
        ([x, y], k): Point => [
          x +
            side *
              half *
              Math.sin(Math.PI * Math.min(1, 0.12 + (k / 30) * 0.88)) ** 0.7 *
              (1 + 0.3 * Math.sin(k * 1.9 + side)),
          y,
        ],
      ),
    );
    return surface('ribbon', [...edges[0]!, ...edges[1]!.toReversed()], 'stem', colour, toneOf(colour), {
      strokes: [mark('vein', line, Math.max(0.4, half * 0.2), 0.5, PRESSURE.nail, shade(colour, -0.4))],
    });
  });
}

/** Leaflets like hearts, three or four to a stem, with a pale chevron. */
export function drawClover(bed: Bed): Shape[] {
  const { random, detail, box } = bed;
  const green = faded(bed, bed.colour ?? '#558a4c');
  return standsOf(bed, Math.round(3 + 9 * detail), random.fork('stands'), 0.1).flatMap(({ at, tall, near }, i) => {
    const own = random.fork(`clover-${i}`);
    const line = wander(at, tall * 0.8, 12, (t) => -Math.PI / 2 + bendOf(bed, own, 0.5) * t);
    const leaves = i === 2 || own.next() < 0.12 ? 4 : 3;
    const size = box.height * between(own, 0.13, 0.2);
    const head = along(line, 1).at;
    const turn = own.next() * 6.28;
    const blades = Array.from({ length: leaves }, (_, k): Shape => {
      const angle = turn + (k / leaves) * 6.28;
      const colour = mixHex(
        shade(green, 0.15 * (1 - near)),
        own.next() < 0.5 ? '#87b35c' : '#2f5f42',
        own.next() * 0.3,
      );
      const flat = petal([0, 0], angle, size, size * 1.02, { widest: 0.68, point: -1, foot: 0.06 });
      const squash = ([x, y]: Point): Point => [head[0] + x, head[1] + y * 0.62];
      const chevron = [-0.3, 0, 0.3].map(
        (v): Point =>
          squash([
            Math.cos(angle + v) * size * (v === 0 ? 0.62 : 0.45),
            Math.sin(angle + v) * size * (v === 0 ? 0.62 : 0.45),
          ]),
      );
      return surface('leaflet', flat.map(squash), 'stem', colour, toneOf(colour), {
        strokes: [
          mark(
            'vein',
            [head, squash([Math.cos(angle) * size * 0.8, Math.sin(angle) * size * 0.8])],
            Math.max(0.4, size * 0.02),
            0.5,
            PRESSURE.nail,
            shade(colour, -0.4),
          ),
          mark('detail', chevron, Math.max(0.5, size * 0.07), 0.15, PRESSURE.taper, mixHex(colour, '#e6efd0', 0.55)),
        ],
      });
    });
    return [...softStem(line, Math.max(0.6, size * 0.07), green), ...blades];
  });
}

/** Mugwort: grey-green, finely cut, tall and loose. */
export function drawArtemisia(bed: Bed): Shape[] {
  const { random, detail } = bed;
  const base = faded(bed, bed.colour ?? '#83977a');
  return standsOf(bed, Math.round(2 + 4 * detail), random.fork('stands'), 0.06).map(({ at, tall }, i) => {
    const own = random.fork(`stem-${i}`);
    const line = wander(at, tall, 18, (t) => -Math.PI / 2 + bendOf(bed, own, 0.35) * t);
    const stem = mark('branch', line, Math.max(0.7, tall * 0.012), 0.55, [1, 0.8, 0.5], shade(base, -0.3));
    const sprays = Array.from({ length: Math.round(8 + 14 * detail) }, (_, k): Stroke[] => {
      const share = 0.08 + (0.9 * k) / (8 + 14 * detail);
      const { at: root, angle } = along(line, share);
      const side = k % 2 === 0 ? 1 : -1;
      const rib = wander(
        root,
        tall * between(own, 0.1, 0.2) * (1.15 - 0.7 * share),
        8,
        (t) => angle + side * (0.9 - 0.5 * t),
      );
      const cuts = [0.35, 0.55, 0.75, 1].flatMap((s) =>
        [-1, 1].map((way) => {
          const { at: on, angle: a } = along(rib, s);
          return mark(
            'leaf',
            wander(on, tall * 0.036, 4, () => a + way * 0.65),
            Math.max(0.5, tall * 0.009),
            between(own, 0.35, 0.6),
            PRESSURE.leaf,
            shade(base, between(own, -0.2, 0.12)),
          );
        }),
      );
      return [mark('branch', rib, Math.max(0.5, tall * 0.004), 0.45, PRESSURE.nail, base), ...cuts];
    }).flat();
    return lines('mugwort', 'grass', base, 0.45, [stem, ...sprays]);
  });
}
