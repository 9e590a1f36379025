/** How a manner of tune goes: its metres, modes, rhythms, leaps, contours and ways of joining phrases, as data. */
import type { Random } from '../../../../core/index.ts';
import { MODES, type Mode, type Note } from '../../score/index.ts';
import type { Style } from '../events/index.ts';
import table from './profiles.table.json' with { type: 'json' };

/** Relative frequencies by name. */
export type Weights = Readonly<Record<string, number>>;

/** Ways of making a phrase out of those before it. */
export const TECHNIQUES = ['new-head', 'same-head', 'fish-bite', 'snail', 'sequence', 'flowers'] as const;
/**
 * new-head 换头合尾: another beginning, the same end. same-head 合头换尾: the same beginning, another end. fish-bite 鱼咬尾: begins
 * on the note the last phrase ended on. snail 螺蛳结顶: shorter and shorter units, each from the end of the one before, up to the
 * climax. sequence 模进: the beginning a step higher or lower. flowers 加花: the same with more notes.
 */
export type Technique = (typeof TECHNIQUES)[number];

export const CONTOURS = ['arch', 'wave', 'fall', 'rise', 'flat'] as const;
export type Contour = (typeof CONTOURS)[number];

export interface Profile {
  readonly metres: Weights;
  readonly modes: Weights;
  /** Quarter notes a minute, slowest and fastest. */
  readonly tempo: readonly number[];
  readonly forms: Weights;
  /** Rhythms of one or two quarters, in ticks, for simple metres … */
  readonly cells: Weights;
  /** … and of a dotted quarter, for compound ones. */
  readonly compound: Weights;
  /** Cost of leaps against 1. */
  readonly leap: number;
  /** Liking for leaps of a fourth. */
  readonly fourth: number;
  /** Cost of a repeated note. */
  readonly repeat: number;
  /** How strongly the contour pulls. */
  readonly contourPull: number;
  /** Range in scale steps, and its middle above the reference tonic. */
  readonly span: number;
  readonly centre: number;
  readonly contours: Weights;
  readonly techniques: Weights;
  /** Chance that a note between two scale notes is a 偏音. */
  readonly passing: number;
  readonly ornaments: Weights;
  readonly instruments: readonly string[];
  /** Chance that a phrase ends on one long note. */
  readonly longEnds: number;
}

const PROFILES = table as unknown as Readonly<Record<string, Profile>>;

/** The profile of a manner. Cells, leaps and ranges of the dances and songs are those counted in real ones. */
export function profileOf(style: Style): Profile {
  return PROFILES[style] ?? PROFILES.folk!;
}

/** Manners with a profile, in the order of the table. */
export const PROFILED_STYLES = Object.keys(PROFILES) as readonly Style[];

/** Draws a name by weight; all weights 0 gives the first. */
export function drawByWeight<T extends string = string>(weights: Weights, random: Random): T {
  const entries = Object.entries(weights);
  let rest = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    rest -= weight;
    if (rest < 0) return name as T;
  }
  return entries[0]![0] as T;
}

/** A mode of the profile, brighter or darker with the mood. */
export function drawMode(profile: Profile, valence: number, random: Random): Mode {
  const brightness: Partial<Record<Mode, number>> = {
    gong: 1,
    zhi: 0.5,
    major: 1,
    mixolydian: 0.4,
    shang: -0.1,
    jue: -0.6,
    yu: -1,
    dorian: -0.4,
    minor: -1,
  };
  const leaning = Object.entries(profile.modes).map(([mode, weight]) => [
    mode,
    weight * Math.exp(1.2 * valence * (brightness[mode as Mode] ?? 0)),
  ]);
  const drawn = drawByWeight(Object.fromEntries(leaning), random);
  return MODES.find((mode) => mode === drawn) ?? 'gong';
}

export type Ornament = NonNullable<Note['ornaments']>[number];
