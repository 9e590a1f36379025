/** The sun, high and pale or low and red, and its darkening. */
import type { Composition } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { blob, clipOutline, ellipse } from '../geometry/index.ts';
import { between, mark, surface } from '../marks.ts';
import type { Drawer, DrawingContext, Shape } from '../types.ts';
import { longBand } from './cloud-forms.ts';
import { halo } from './shining.ts';

/** A disc with light around it; what would lie below `floor` is not seen. */
export function sunDisc(at: Point, radius: number, low: boolean, colour: string, floor: number): Shape[] {
  const disc = clipOutline(ellipse(at, radius, radius, 0, 56), { x: -1e5, y: -1e5, width: 2e5, height: 1e5 + floor });
  if (disc.length < 3) return [];
  // A red sun is painted; a white one is the paper itself.
  const body = surface('disc', disc, low ? 'fruit' : 'light', colour, low ? 0.35 : 0.02, { glow: low ? 0.9 : 1 });
  return [
    ...halo(at, radius * 1.1, radius * (low ? 4 : 3), low ? '#f6a35c' : '#fff2c8', low ? 0.5 : 0.42),
    { ...body, lined: !low },
  ];
}

export const drawSun: Drawer = ({ box, states, colour }, { composition, random }) => {
  const { hour, horizon } = composition;
  const low = states.includes('rising') || states.includes('setting') || hour === 'dusk' || hour === 'dawn';
  const radius = (Math.min(box.width, box.height) / 2) * (low ? 1.2 : 1);
  const at = overHorizon([box.x + box.width / 2, box.y + box.height / 2], radius, composition);
  const own = colour ?? (low ? (hour === 'dawn' || states.includes('rising') ? '#e8523a' : '#dd3f2a') : '#fbe08a');
  const disc = sunDisc(at, radius, low, own, Math.max(horizon, at[1]));
  if (!low) return disc;
  const bands = [0.35, 0.62].map((share) =>
    longBand(
      [at[0] + radius * between(random, -0.6, 0.6), at[1] - radius + 2 * radius * share],
      radius * 1.5,
      radius * 0.1,
      '#f3c9a4',
      0.55,
      random,
    ),
  );
  return [...disc, ...bands];
};

/** The dark disc before the light: a ring, a crown of rays. */
export const drawEclipse: Drawer = ({ box, colour }, { random }) => {
  const radius = Math.min(box.width, box.height) / 2;
  const at: Point = [box.x + box.width / 2, box.y + box.height / 2];
  const crown = surface(
    'crown',
    blob(at, radius * 1.5, radius * 1.35, random, { wobble: 0.25, corners: 15 }),
    'light',
    '#fff4d8',
    0.02,
    {
      softness: 1,
      glow: 1,
      opacity: 0.7,
      lined: false,
    },
  );
  const rays = Array.from({ length: 46 }, () => {
    const angle = random.next() * 2 * Math.PI;
    const far = radius * between(random, 1.3, 2.1);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const line: Point[] = [
      [at[0] + c * radius, at[1] + s * radius],
      [at[0] + Math.cos(angle + 0.05) * far, at[1] + Math.sin(angle + 0.05) * far],
    ];
    return mark('hair', line, 1.2, 0.4, [1, 0.5, 0], '#fff1cf');
  });
  const ring = surface('ring', ellipse(at, radius * 1.06, radius * 1.06, 0, 56), 'light', '#fff8e2', 0, {
    glow: 1,
    lined: false,
  });
  const dark = surface('disc', ellipse(at, radius, radius, 0, 56), 'plain', colour ?? '#15161d', 1, { strokes: [] });
  return [...halo(at, radius, radius * 3.4, '#ffdf9c', 0.45), { ...crown, strokes: rays }, ring, dark];
};

/** What is said to be on the sea or behind a hill stands half over the horizon. */
export const overHorizon = ([x, y]: Point, radius: number, { horizon, height }: Composition): Point =>
  horizon < height * 0.95 ? [x, Math.min(y, horizon - radius * 0.15)] : [x, y];

/** Whether the picture has its own sun or moon besides. */
export const hasOwn = ({ composition }: DrawingContext, element: string): boolean =>
  composition.placed.some((placed) => placed.element === element);
