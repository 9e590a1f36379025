/**
 * How glazes treat each material: how dense its wash is, how it turns from light to dark, whether its contour is drawn and how dry the brush is.
 * Snow, cloud, moon and water are the paper itself.
 */
import type { Material, StrokeRole } from '../../figures/types.ts';

export interface Manner {
  /** Density of the wash for tone 1; 0 leaves the paper. */
  readonly wash: number;
  /** Share of the thing's own colour in the wash, before the painter's `colour` option. */
  readonly colour: number;
  /** How the wash runs: even, from the upper edge down to nothing, or from the outer edge inwards. */
  readonly run: 'even' | 'down' | 'lit' | 'inwards';
  /** Units by which the wash's edge feathers. */
  readonly feather: number;
  /** Strength of a contour, 0 none. */
  readonly contour: number;
  /** 0 wet … 1 dry contour. */
  readonly dry: number;
  /** Cloudiness of the wash, 0–1. */
  readonly uneven: number;
}

const body: Manner = { wash: 0.7, colour: 0.4, run: 'lit', feather: 1.2, contour: 0.75, dry: 0.2, uneven: 0.35 };

export const MANNERS: Readonly<Record<Material, Manner>> = {
  sky: { ...body, wash: 0.5, run: 'down', contour: 0, feather: 8, uneven: 0.6 },
  cloud: { ...body, wash: 0.16, run: 'inwards', contour: 0, feather: 10, uneven: 0.5 },
  rock: { ...body, wash: 0.75, colour: 0.25, run: 'down', feather: 3, contour: 0.9, dry: 0.4, uneven: 0.7 },
  earth: { ...body, wash: 0.38, colour: 0.3, run: 'down', feather: 6, contour: 0.35, dry: 0.5, uneven: 0.6 },
  sand: { ...body, wash: 0.22, colour: 0.5, run: 'down', feather: 6, contour: 0.3, dry: 0.4, uneven: 0.4 },
  snow: { ...body, wash: 0.08, colour: 0, run: 'inwards', feather: 3, contour: 0.5, dry: 0.35 },
  ice: { ...body, wash: 0.1, colour: 0.4, run: 'inwards', feather: 2, contour: 0.4 },
  water: { ...body, wash: 0.16, colour: 0.5, run: 'inwards', feather: 5, contour: 0, uneven: 0.2 },
  bark: { ...body, wash: 0.8, colour: 0.25, run: 'lit', feather: 1, contour: 0.95, dry: 0.45, uneven: 0.6 },
  foliage: { ...body, wash: 0.45, colour: 0.55, run: 'lit', feather: 6, contour: 0, uneven: 0.9 },
  grass: { ...body, wash: 0.3, colour: 0.5, run: 'down', feather: 4, contour: 0, uneven: 0.7 },
  petal: { ...body, wash: 0.6, colour: 0.95, run: 'inwards', feather: 1.2, contour: 0.45, dry: 0.05, uneven: 0.25 },
  stem: { ...body, wash: 0.6, colour: 0.6, run: 'even', feather: 0.8, contour: 0.3, dry: 0.1 },
  wood: { ...body, wash: 0.55, colour: 0.5, contour: 0.85, dry: 0.15 },
  wall: { ...body, wash: 0.1, colour: 0.35, run: 'even', feather: 0.6, contour: 0.7, dry: 0.1, uneven: 0.2 },
  roof: { ...body, wash: 0.75, colour: 0.3, run: 'down', feather: 0.8, contour: 0.9, dry: 0.15, uneven: 0.35 },
  stone: { ...body, wash: 0.3, colour: 0.25, contour: 0.8, dry: 0.3 },
  paper: { ...body, wash: 0.05, colour: 0.6, contour: 0.7, dry: 0.05 },
  cloth: { ...body, wash: 0.5, colour: 0.7, feather: 0.8, contour: 0.8, dry: 0.05, uneven: 0.3 },
  skin: { ...body, wash: 0.16, colour: 0.9, feather: 0.5, contour: 0.65, dry: 0.05, uneven: 0.1 },
  hair: { ...body, wash: 1, colour: 0.1, run: 'even', feather: 0.6, contour: 0.3, dry: 0.1 },
  fur: { ...body, wash: 0.55, colour: 0.45, feather: 2.5, contour: 0.45, dry: 0.5, uneven: 0.5 },
  feather: { ...body, wash: 0.65, colour: 0.4, feather: 1.2, contour: 0.55, dry: 0.2, uneven: 0.4 },
  scale: { ...body, wash: 0.4, colour: 0.7, feather: 1, contour: 0.6, dry: 0.05 },
  metal: { ...body, wash: 0.45, colour: 0.4, contour: 0.8, dry: 0.05, uneven: 0.15 },
  glass: { ...body, wash: 0.12, colour: 0.6, contour: 0.7, dry: 0.05 },
  light: { ...body, wash: 0, colour: 1, run: 'even', feather: 0, contour: 0.22, dry: 0.2 },
  fire: { ...body, wash: 0.6, colour: 1, run: 'inwards', feather: 3, contour: 0, uneven: 0.4 },
  fruit: { ...body, wash: 0.65, colour: 0.95, run: 'lit', feather: 1, contour: 0.4, dry: 0.05 },
  plain: body,
};

/** How a brush is loaded for a line: dryness at the beginning, and how much drier at the end. */
export const LINES: Readonly<Record<StrokeRole, readonly [dry: number, fading: number]>> = {
  contour: [0.12, 0.35],
  branch: [0.18, 0.4],
  leaf: [0, 0.15],
  needle: [0, 0.1],
  petal: [0, 0.1],
  vein: [0.05, 0.2],
  fold: [0.05, 0.25],
  hair: [0.1, 0.3],
  ripple: [0.15, 0.35],
  texture: [0.45, 0.4],
  detail: [0, 0.1],
  rain: [0.25, 0.4],
};
