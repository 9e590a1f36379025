/** How a bird is built and coloured; lengths in units of about a body's hundredth. The table holds one for each. */
import table from './birds.table.json' with { type: 'json' };

export interface Plumage {
  /** Height when it stands. */
  readonly tall: number;
  readonly body: readonly [length: number, halfThickness: number, degreesUp: number];
  readonly neck: readonly [length: number, degreesUp: number, radius: number];
  /** How far the neck swings out in an S; default 0. */
  readonly curve?: number;
  readonly head: number;
  readonly beak: readonly [kind: string, length: number, colour: string];
  readonly tail: readonly [kind: string, length: number];
  readonly tailColour?: string;
  readonly legs: number;
  readonly legColour?: string;
  readonly coat: string;
  readonly belly?: string;
  readonly breast?: string;
  readonly throat?: string;
  readonly neckColour?: string;
  readonly collar?: string;
  readonly cap?: string;
  readonly mask?: string;
  readonly wing: string;
  /** Ends of the quills. */
  readonly tips?: string;
  readonly patch?: string;
  readonly bars?: string;
  readonly streaks?: string;
  readonly crest?: readonly [kind: string, length: number];
  readonly crestColour?: string;
  readonly comb?: string;
  readonly small?: boolean;
  readonly wattle?: string;
  readonly knob?: string;
  readonly hackle?: string;
  readonly sail?: string;
  readonly raised?: boolean;
  readonly trousers?: boolean;
  readonly thick?: boolean;
  readonly oneLeg?: boolean;
  readonly trunk?: boolean;
  readonly shape: string;
  /** Length of one wing. */
  readonly span: number;
  /** What it does when no state says; flying when absent. */
  readonly usual?: string;
}

export const PLUMAGES = table as unknown as Readonly<Record<string, Plumage>>;
