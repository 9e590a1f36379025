/**
 * The surface of water in perspective: its far edge, its near one, how large things on it are at each height of the paper.
 *
 *   horizon ─ far edge (ripples are hair lines) ─▶ foot of the paper (ripples are long and wide)
 */
import type { Composition, Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';

export interface Floor {
  readonly left: number;
  readonly right: number;
  /** y of the far edge. */
  readonly top: number;
  /** y of the near edge. */
  readonly foot: number;
  /** Whether the near edge is the foot of the paper. */
  readonly open: boolean;
  /** 0 at the horizon … 1 at the foot of the paper, by y. */
  near(y: number): number;
}

/** Kinds that stand on land, and what of them grows in water. */
const ON_LAND: readonly Placed['kind'][] = ['tree', 'plant', 'flower', 'building', 'person', 'animal', 'land'];
const IN_WATER: readonly string[] = [
  'lotus',
  'water-lily',
  'reed',
  'cattail',
  'duckweed',
  'island',
  'rock',
  'bridge',
  'lighthouse',
  'whale',
  'dolphin',
  'duck',
  'swan',
];

/** The surface that a spreading water covers: as far as its box, or down to the foot of the paper when nothing stands there on land. */
export function floorOf({ box, from }: Placed, { width, height, horizon, placed }: Composition): Floor {
  const seen = horizon > height * 0.9 || horizon < 0 || box.height < 40;
  const top = seen ? height * 0.62 : Math.max(0, box.y);
  const wished = seen ? height : box.y + box.height;
  const shore = placed.some(
    (other) =>
      other.from !== from &&
      ON_LAND.includes(other.kind) &&
      !IN_WATER.includes(other.element) &&
      other.depth > 0.5 &&
      other.box.y + other.box.height > wished,
  );
  const open = !shore || wished > height * 0.94;
  const foot = open ? height + 12 : wished;
  const edge = seen ? top - height * 0.2 : Math.min(horizon, top);
  return {
    left: -12,
    right: width + 12,
    top,
    foot,
    open,
    near: (y) => Math.min(1, Math.max(0, (y - edge) / (height - edge))),
  };
}

/** Heights of rows from the far edge to the near one, closer together the farther; 0–1 shares of the surface by square. */
export const rowAt = ({ top, foot }: Floor, share: number): number => top + (foot - top) * share ** 1.75;

/** Middles at the water line of what swims or sails, as the drawer sees them (a mirrored drawing is turned over later). */
export function afloat(
  { mirrored, box, from }: Placed,
  { placed }: Composition,
): { readonly at: Point; readonly half: number }[] {
  return placed.flatMap((other) => {
    const floats =
      other.kind === 'vehicle' ||
      other.kind === 'fish' ||
      other.states.includes('swimming') ||
      other.states.includes('floating');
    if (!floats || other.from === from) return [];
    const x = other.box.x + other.box.width / 2;
    const at: Point = [mirrored ? 2 * box.x + box.width - x : x, other.box.y + other.box.height];
    return [{ at, half: other.box.width / 2 }];
  });
}
