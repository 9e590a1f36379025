/** What kinds of trees there are, and how a season dresses them. */
import type { Composition, Placed } from '../../composition/index.ts';
import table from './trees.table.json' with { type: 'json' };

export interface Species {
  readonly foliage:
    | 'clumps'
    | 'stand'
    | 'pads'
    | 'strands'
    | 'blossom'
    | 'bamboo'
    | 'fronds'
    | 'flame'
    | 'fir'
    | 'none'
    | 'stump';
  /** Orders of branches. */
  readonly levels: number;
  /** Half angle between branches, radians. */
  readonly spread: number;
  /** 0 straight … 1 twisted. */
  readonly gnarl: number;
  /** How branches sink (positive) or rise with every order. */
  readonly droop: number;
  /** Share of the height below the first branch. */
  readonly trunk: number;
  /** Width of the trunk as a share of the height. */
  readonly width: number;
  readonly bark: string;
  readonly leaf: string;
  readonly autumn?: string;
  readonly blossom?: string;
  readonly fruit?: string;
  readonly evergreen?: boolean;
  readonly roots?: boolean;
}

export const SPECIES = table as unknown as Readonly<Record<string, Species>>;

export interface Dress {
  /** Colour of leaves or blossom; undefined when it stands bare. */
  readonly leaf: string | undefined;
  readonly blossoming: boolean;
  readonly snowy: boolean;
}

/** How a tree looks in its season and state. */
export function dressOf({ states, colour }: Placed, species: Species, { season, weather }: Composition): Dress {
  const snowy = weather === 'snow' || states.includes('snowy');
  const withered = states.includes('withered') || states.includes('bare') || states.includes('dead');
  const blossoming =
    species.blossom !== undefined &&
    !withered &&
    season !== 'autumn' &&
    (season !== 'summer' || states.includes('blooming'));
  const bare = withered || (season === 'winter' && !species.evergreen && !blossoming) || species.foliage === 'none';
  if (bare && !colour) return { leaf: undefined, blossoming: false, snowy };
  const usual = blossoming
    ? species.blossom!
    : season === 'autumn' && !species.evergreen
      ? (species.autumn ?? species.leaf)
      : species.blossom
        ? '#6f9150'
        : species.leaf;
  return { leaf: colour ?? usual, blossoming, snowy };
}
