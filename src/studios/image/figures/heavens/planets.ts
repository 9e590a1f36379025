/** Worlds: planets with bands and rings, the earth, a black hole; comets and falling stars. */
import type { Random } from '../../../../core/index.ts';
import { mixHex, type Point } from '../../raster/index.ts';
import { blob, bow, ellipse, type Line, ribbon } from '../geometry/index.ts';
import { between, mark, PRESSURE, shade, surface } from '../marks.ts';
import type { Drawer, Shape } from '../types.ts';
import { halo, veil } from './shining.ts';

/** Half of a flat ring seen from the side: 0 the far half, 1 the near one. */
function halfRing([x, y]: Point, inner: number, outer: number, turn: number, half: 0 | 1): Point[] {
  const arc = (radius: number): Point[] =>
    Array.from({ length: 30 }, (_, i): Point => {
      const angle = Math.PI * (half === 1 ? i / 29 : 1 + i / 29);
      const [u, v] = [Math.cos(angle) * radius, Math.sin(angle) * radius * 0.26];
      return [x + u * Math.cos(turn) - v * Math.sin(turn), y + u * Math.sin(turn) + v * Math.cos(turn)];
    });
  return [...arc(outer), ...arc(inner).reverse()];
}

/** A world with bands of cloud, and a ring when wanted. */
export function worldAt(at: Point, radius: number, colour: string, ringed: boolean, random: Random): Shape[] {
  const turn = between(random, -0.45, -0.15);
  const bands = Array.from({ length: 7 }, (_, i) => {
    const v = -0.78 + (1.56 * i) / 6;
    const half = Math.sqrt(1 - v * v) * radius * 0.97;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const place = (u: number): Point => [at[0] + u * c - v * radius * s, at[1] + u * s + v * radius * c];
    return mark(
      'texture',
      bow(place(-half), place(half), -0.08),
      radius * between(random, 0.05, 0.15),
      0.3,
      PRESSURE.thread,
      mixHex(colour, i % 2 ? '#6b4a35' : '#fff3dc', 0.4),
    );
  });
  const body = surface('world', ellipse(at, radius, radius, 0, 52), 'stone', colour, 0.35, {
    form: 'round',
    glow: 0,
    strokes: bands,
  });
  if (!ringed) return [body];
  const ring = (half: 0 | 1): Shape =>
    surface(
      'ring',
      halfRing(at, radius * 1.35, radius * 2.15, turn, half),
      'stone',
      mixHex(colour, '#efe2c6', 0.5),
      0.2,
      { opacity: 0.85 },
    );
  return [ring(0), body, ring(1)];
}

export const drawPlanet: Drawer = ({ box, colour }, { random }) => {
  const radius = Math.min(box.width, box.height) * 0.46;
  const own = colour ?? random.pick(['#c8965e', '#b8573c', '#d9b98a', '#7f9cc0']);
  const at: Point = [box.x + box.width / 2, box.y + box.height / 2];
  return [
    ...halo(at, radius, radius * 1.8, own, 0.18),
    ...worldAt(at, radius, own, own !== '#b8573c' && random.next() < 0.7, random),
  ];
};

export const drawEarth: Drawer = ({ box }, { random, composition }) => {
  const radius = Math.max(Math.min(box.width, box.height) / 2, Math.min(composition.width, composition.height) * 0.16);
  const at: Point = [box.x + box.width / 2, Math.max(radius * 1.1, box.y + box.height / 2)];
  const patch = (u: number, v: number, size: number, colour: string, opacity: number, flat: number): Shape =>
    surface(
      'land',
      blob([at[0] + u * radius, at[1] + v * radius], size * radius, size * radius * flat, random, {
        wobble: 0.45,
        corners: 13,
      }),
      'earth',
      colour,
      0.3,
      { opacity, lined: false, softness: 0.08 },
    );
  return [
    ...halo(at, radius, radius * 1.4, '#9fd0ff', 0.4),
    surface('ocean', ellipse(at, radius, radius, 0, 64), 'water', '#2f6fb0', 0.45, { form: 'round' }),
    patch(-0.3, -0.34, 0.36, '#6f9a55', 0.95, 0.8),
    patch(-0.18, 0.34, 0.26, '#7ea25a', 0.95, 1.3),
    patch(0.42, -0.16, 0.34, '#b09a62', 0.95, 0.9),
    patch(0.48, 0.46, 0.17, '#8b9a5a', 0.95, 0.8),
    patch(0, -0.86, 0.26, '#f4f8fb', 0.9, 0.3),
    ...Array.from({ length: 8 }, () =>
      patch(
        between(random, -0.5, 0.5),
        between(random, -0.65, 0.65),
        between(random, 0.14, 0.34),
        '#ffffff',
        0.55,
        0.25,
      ),
    ).map((shape) => ({ ...shape, part: 'cloud', material: 'cloud' as const, softness: 0.6, tone: 0.03 })),
  ];
};

/** A dark disc, light bent around it, and matter falling in a flat ring. */
export const drawBlackHole: Drawer = ({ box, colour = '#f4a04a' }, { random, composition }) => {
  const radius = Math.max(
    Math.min(box.width, box.height) * 0.45,
    Math.min(composition.width, composition.height) * 0.1,
  );
  const at: Point = [box.x + box.width / 2, box.y + box.height / 2];
  const turn = between(random, -0.25, 0.25);
  const ring = (half: 0 | 1, part: string): Shape[] =>
    [2.6, 2, 1.55].map((reach, i) => ({
      ...veil(
        part,
        halfRing(at, radius * 1.1, radius * reach, turn, half),
        mixHex(colour, '#fff4d0', i * 0.4),
        0.5,
        0.25,
      ),
      glow: 1,
    }));
  const bent = veil('bent', ellipse(at, radius * 1.26, radius * 1.26, 0, 52), '#ffe0a8', 0.85, 0.1);
  return [
    ...halo(at, radius, radius * 3, colour, 0.4),
    ...ring(0, 'far'),
    bent,
    surface('hole', ellipse(at, radius, radius, 0, 52), 'plain', '#07070c', 1, { lined: false }),
    ...ring(1, 'near'),
  ];
};

/** A bright head and a tail that fans out away from it; from upper right to lower left. */
function streak(head: Point, angle: number, length: number, width: number, hairs: number, random: Random): Shape[] {
  const end = (turn: number, reach: number): Point => [
    head[0] + Math.cos(angle + turn) * reach,
    head[1] + Math.sin(angle + turn) * reach,
  ];
  const fan = (share: number, wide: number): Line =>
    ribbon(bow(head, end(0, length * share), 0.03), (t) => width * (0.25 + wide * t));
  const strokes = Array.from({ length: hairs }, () =>
    mark(
      'hair',
      bow(head, end(spreadOf(random) * 0.1, length * between(random, 0.5, 1)), 0.03),
      width * 0.18,
      0.6,
      PRESSURE.nail,
      '#fffbe9',
    ),
  );
  return [
    veil('tail', fan(1, 1.4), '#cfe0ff', 0.28, 0.6),
    veil('tail', fan(0.7, 0.8), '#eef4ff', 0.4, 0.5),
    { ...veil('core', fan(0.45, 0.1), '#ffffff', 0.9, 0.1), strokes },
    ...halo(head, width * 0.8, width * 3.4, '#fffbe6', 0.6),
    surface('head', ellipse(head, width * 0.62, width * 0.62, 0, 18), 'light', '#ffffff', 0, { glow: 1, lined: false }),
  ];
}

const spreadOf = (random: Random): number => random.next() + random.next() - 1;

export const drawComet: Drawer = ({ box }, { random }) => {
  const size = Math.max(box.width, box.height);
  const head: Point = [box.x + box.width * 0.3, box.y + box.height * 0.75];
  return streak(head, between(random, -0.75, -0.5), size * 2.6, size * 0.085, 22, random);
};

/** Thin and quick: a needle of light. */
export const drawMeteor: Drawer = ({ box }, { random }) => {
  const head: Point = [box.x + box.width * 0.08, box.y + box.height * 0.9];
  const angle = -Math.atan2(box.height * 0.85, box.width * 0.9) + between(random, -0.06, 0.06);
  const length = Math.hypot(box.width, box.height) * between(random, 0.8, 1.05);
  const needle = surface(
    'needle',
    ribbon(
      bow(head, [head[0] + Math.cos(angle) * length, head[1] + Math.sin(angle) * length], 0.01),
      (t) => 1.9 * (1 - t) ** 0.8 + 0.1,
    ),
    'light',
    '#ffffff',
    0,
    {
      glow: 1,
      lined: false,
      strokes: [
        mark(
          'hair',
          [head, [head[0] + Math.cos(angle) * length, head[1] + Math.sin(angle) * length]],
          2.4,
          0.8,
          PRESSURE.nail,
          shade('#fff6d8', 0.4),
        ),
      ],
    },
  );
  return [...halo(head, 2, 14, '#fff7dd', 0.5), needle];
};
