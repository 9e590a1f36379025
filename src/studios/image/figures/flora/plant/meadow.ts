/**
 * What grows in numbers: grass, reeds, sea-grass, clover, mugwort, all as stems from a line of ground, the nearer lower
 * and darker, bent together by the wind.
 */
import type { Random } from '../../../../../core/index.ts';
import { mixHex, type Point } from '../../../raster/index.ts';
import { along, type Line, petal, wander } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface } from '../../marks.ts';
import { GRASS } from '../../season.ts';
import type { Shape, Stroke } from '../../types.ts';
import { type Bed, faded, toneOf } from '../growth/bed.ts';
import { softStem } from '../growth/stem.ts';
import { bendOf, standsOf } from './stand.ts';

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
