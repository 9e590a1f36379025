/** The table of flowers, typed: how the blooms of each are built, coloured and carried. */
import type { LeafForm } from '../growth/leaf.ts';
import table from './flowers.table.json' with { type: 'json' };
import type { PetalForm } from './template.ts';

/** One ring of petals; lengths in shares of the bloom's radius, angles in degrees. */
export interface Ring {
  readonly count: number;
  readonly length: number;
  /** Share of the length. */
  readonly width: number;
  /** How steeply petals rise from the flat: 0 lie open, 90 upright. */
  readonly rise: number;
  /** How much steeper (positive) or flatter the tip is than the foot. */
  readonly curl: number;
  /** 0 flat across … 1 hollow as a spoon. */
  readonly cup: number;
  readonly form: PetalForm;
  /** Radius at which petals spring. */
  readonly foot: number;
  /** 0 outer colour … 1 inner colour. */
  readonly hue: number;
}

export type Heart = 'none' | 'stamens' | 'disc' | 'pod' | 'eye' | 'pistil';
export type Habit = 'branch' | 'stalk' | 'spike' | 'cluster';

export interface Species {
  readonly habit: Habit;
  readonly rings: readonly Ring[];
  readonly heart: Heart;
  /** Radius of the heart as a share. */
  readonly heartSize: number;
  readonly heartColour: string;
  /** One is chosen for each plant. */
  readonly colours: readonly string[];
  /** Towards the foot of the petals. */
  readonly inner: string;
  readonly sepals: number;
  readonly leaf: LeafForm;
  readonly leafColour: string;
  /** Leaf length as a share of the bloom's radius. */
  readonly leafSize: number;
  /** Radius as a share of the plant's height. */
  readonly size: number;
  /** Degrees: 0 looks at us, 90 seen from the side. */
  readonly tilt: readonly [number, number];
  /** Blooms on one plant at full detail. */
  readonly blooms: number;
  /** Leaves spring from the ground alone. */
  readonly basal: boolean;
  readonly hanging: boolean;
  /** Blooms stand up from the wood. */
  readonly upright: boolean;
}

type Row = Omit<Partial<Species>, 'rings' | 'tilt'> & {
  readonly rings: readonly (readonly (string | number)[])[];
  readonly tilt?: readonly number[];
};

const USUAL: Omit<Species, 'rings' | 'colours'> = {
  habit: 'stalk',
  heart: 'stamens',
  heartSize: 0.3,
  heartColour: '#e2b33c',
  inner: '#ffffff',
  sepals: 5,
  leaf: 'ovate',
  leafColour: '#5c7d44',
  leafSize: 1.3,
  size: 0.16,
  tilt: [20, 65],
  blooms: 3,
  basal: false,
  hanging: false,
  upright: false,
};

function readRow(row: Row): Species {
  const rings = row.rings.map(([count, length, width, rise, curl, cup, form, foot, hue]) => ({
    count: Number(count),
    length: Number(length),
    width: Number(width),
    rise: Number(rise),
    curl: Number(curl),
    cup: Number(cup),
    form: form as PetalForm,
    foot: Number(foot),
    hue: Number(hue),
  }));
  const [low = 20, high = 65] = row.tilt ?? USUAL.tilt;
  return { ...USUAL, colours: ['#d98aa6'], ...row, rings, tilt: [low, high] };
}

/** All flowers of the table by element. */
export const SPECIES: Readonly<Record<string, Species>> = Object.fromEntries(
  Object.entries(table as unknown as Record<string, Row>).map(([id, row]) => [id, readRow(row)]),
);
