/** What the parts of a bird are drawn from. */
import type { Point } from '../../raster/index.ts';
import type { Coat, Stage } from '../anatomy/index.ts';
import type { Plumage } from './plumage.ts';

/** A bird on its way to paper. */
export interface Bird {
  readonly stage: Stage;
  readonly plumage: Plumage;
  readonly flying: boolean;
  readonly swimming: boolean;
  readonly asleep: boolean;
  /** Ends of the body's axis. */
  readonly breast: Point;
  readonly vent: Point;
  /** From the breast to the head. */
  readonly neck: readonly Point[];
  readonly head: Point;
  readonly skin: Coat;
  /** The colour asked for is that of body and wings. */
  readonly wing: string;
}
