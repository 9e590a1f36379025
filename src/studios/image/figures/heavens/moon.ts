/** The moon: full with its seas, half, or a sickle of two arcs. */
import type { Point } from '../../raster/index.ts';
import { blob, ellipse } from '../geometry/index.ts';
import { surface } from '../marks.ts';
import type { Drawer, Shape } from '../types.ts';
import { halo } from './shining.ts';
import { overHorizon } from './sun.ts';

/** The lit part: outer half circle on the right, the edge of night at `edge` of the radius, −1 full … 0 half … 1 nothing. */
export function litPart([x, y]: Point, radius: number, edge: number, turn: number): Point[] {
  const count = 24;
  const outer = Array.from({ length: count + 1 }, (_, i): Point => {
    const angle = -Math.PI / 2 + (Math.PI * i) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const inner = outer.toReversed().map(([c, s]): Point => [c * edge, s]);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [...outer, ...inner.slice(1, -1)].map(
    ([u, v]): Point => [x + radius * (u * cos - v * sin), y + radius * (u * sin + v * cos)],
  );
}

export const drawMoon: Drawer = ({ box, states, colour = '#f8f1d6' }, { random, composition }) => {
  const radius = Math.min(box.width, box.height) / 2;
  const [x, y] = overHorizon([box.x + box.width / 2, box.y + box.height / 2], radius, composition);
  const at: Point = [x, Math.min(y, Math.max(radius, composition.horizon - radius * 1.1))];
  const look = { glow: 1, form: 'flat' } as const;
  const light = halo(at, radius * 1.05, radius * 3, colour, composition.hour === 'night' ? 0.34 : 0.2);
  const edge = states.includes('crescent') ? 0.62 : states.includes('half') ? 0 : undefined;
  if (edge === undefined) {
    return [
      ...light,
      surface('disc', ellipse(at, radius, radius, 0, 60), 'light', colour, 0.02, look),
      ...seas(at, radius, random),
    ];
  }
  const turn = states.includes('waning') ? Math.PI - 0.35 : 0.35;
  const unlit = surface('unlit', ellipse(at, radius * 0.99, radius * 0.99, 0, 48), 'plain', '#3b4763', 0.75, {
    lined: false,
    opacity: 0.32,
  });
  return [
    ...light,
    unlit,
    surface('sickle', litPart(at, radius, edge, turn), 'light', colour, 0.02, { ...look, lined: false }),
  ];
};

/** Grey seas, hardly seen. */
function seas([x, y]: Point, radius: number, random: Parameters<Drawer>[1]['random']): Shape[] {
  const places: readonly (readonly [number, number, number])[] = [
    [-0.32, -0.3, 0.3],
    [0.18, -0.34, 0.24],
    [0.38, 0.02, 0.2],
    [-0.42, 0.2, 0.24],
    [0.06, 0.42, 0.16],
  ];
  return places.map(([u, v, size]) =>
    surface(
      'sea',
      blob([x + u * radius, y + v * radius], size * radius, size * radius * 0.8, random, { wobble: 0.35 }),
      'light',
      '#b9b49c',
      0.15,
      {
        softness: 0.8,
        opacity: 0.22,
        glow: 0.8,
        lined: false,
      },
    ),
  );
}
