/** How a four-legged animal is built, in units of which its withers are 100 high; the table holds one build for each. */
import table from './quadrupeds.table.json' with { type: 'json' };

export interface Build {
  /** Height to the top of head or horns when it stands. */
  readonly tall: number;
  /** Between the middles of chest and rump. */
  readonly length: number;
  /** Half thickness of chest, belly and rump. */
  readonly trunk: readonly [chest: number, belly: number, rump: number];
  /** Height of the rump beside 100 of the withers. */
  readonly croup?: number;
  readonly neck: readonly [length: number, degrees: number, base: number, top: number];
  readonly head: readonly [length: number, skull: number, muzzle: number, degreesDown: number];
  readonly leg: readonly [top: number, bottom: number, foot: number];
  readonly coat: string;
  readonly under?: string;
  /** Of the lower legs. */
  readonly socks?: string;
  readonly material?: 'fur' | 'skin' | 'scale';
  readonly ear: readonly [kind: string, size: number];
  readonly tail: readonly [kind: string, length: number];
  readonly tailColour?: string;
  readonly horn?: readonly [kind: string, size: number];
  readonly mane?: readonly [kind: string, colour: string];
  readonly pattern?: readonly [kind: string, colour: string];
  /** Heads turned to us instead of seen from the side. */
  readonly face?: Face;
  /** Humps on the back: share of the way from rump to chest, height. */
  readonly humps?: readonly (readonly [share: number, height: number])[];
  readonly trunkNose?: number;
  readonly snout?: string;
  readonly beard?: string;
  readonly wings?: string;
  readonly tails?: number;
  /** State when none is said. */
  readonly usual?: string;
}

/** A head seen from the front. */
export interface Face {
  readonly ears: 'triangle' | 'round';
  readonly patch: string;
  readonly marks?: string;
  readonly mane?: string;
  readonly eye?: string;
}

export const BUILDS = table as unknown as Readonly<Record<string, Build>>;
