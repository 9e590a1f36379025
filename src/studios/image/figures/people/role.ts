/** Who a person is: pose, dress, hair, hat, what is carried; the table holds one role for each element. */
import type { Point } from '../../raster/index.ts';
import type { Parts } from '../anatomy/index.ts';
import equipment from './equipment.table.json' with { type: 'json' };
import roles from './people.table.json' with { type: 'json' };
import poses from './poses.table.json' with { type: 'json' };

export interface Role {
  readonly pose: string;
  readonly dress: string;
  /** Robe, trim, and what is below: skirt or trousers. */
  readonly colours: readonly string[];
  readonly hair?: string;
  readonly hairColour?: string;
  readonly hat?: string;
  readonly beard?: string;
  readonly skin?: string;
  readonly props?: readonly string[];
  /** Size beside a grown man; heads of the small are larger. */
  readonly grown?: number;
  /** Radians that the back is bent. */
  readonly bent?: number;
  /** How far wide sleeves hang. */
  readonly sleeves?: number;
  readonly stout?: number;
  readonly badge?: string;
  readonly apron?: string;
  readonly glasses?: boolean;
  readonly nose?: string;
  readonly ears?: string;
  readonly fangs?: boolean;
  readonly halo?: boolean;
  /** An animal ridden, or one that stands beside. */
  readonly mount?: string;
  readonly beside?: string;
}

type Joint = readonly [upper: Point, end: Point];

/** Joints of a pose, 100 to a grown man, the ground at 0, looking to the right. */
export interface Pose {
  readonly hip: Point;
  readonly neck: Point;
  readonly near: Joint;
  readonly far: Joint;
  readonly legs: readonly [near: Joint, far: Joint];
  /** On the ground with crossed legs, or astride. */
  readonly seated?: boolean;
  readonly astride?: boolean;
}

export interface Prop {
  readonly at: string;
  /** Degrees, clockwise. */
  readonly turn?: number;
  readonly parts: Parts;
}

export const ROLES = roles as unknown as Readonly<Record<string, Role>>;
export const POSES = poses as unknown as Readonly<Record<string, Pose>>;
export const HATS: Readonly<Record<string, Parts>> = equipment.hats;
export const PROPS: Readonly<Record<string, Prop>> = equipment.props;

/** Pose for a state that was said, and what it brings along. */
const STATES: Readonly<Record<string, readonly [pose: string, prop?: string]>> = {
  cycling: ['cycling'],
  mounted: ['riding'],
  embracing: ['embracing'],
  riding: ['riding'],
  fishing: ['fishing', 'rod'],
  reading: ['reading', 'book'],
  writing: ['reading', 'book'],
  drinking: ['drinking', 'cup'],
  working: ['working', 'hoe'],
  dancing: ['dancing'],
  running: ['running'],
  leaping: ['leaping'],
  crying: ['crying'],
  walking: ['walking'],
  sitting: ['sitting'],
  standing: ['standing'],
  singing: ['waving'],
};

/** Things that hinder: not carried when the pose has changed. */
const BULKY = [
  'guqin',
  'easel',
  'blackboard',
  'punt',
  'washing',
  'bicycle',
  'rod',
  'pole',
  'baskets',
  'hoe',
  'cloud-below',
];

/** What the mount of the picture stands for. */
const MOUNTS = ['bicycle', 'broom'];

/** Poses in which a staff is laid aside. */
const SEATED = ['sitting', 'reading', 'drinking', 'fishing', 'riding'];

/** The role as its states change it. */
export function roleIn(role: Role, states: readonly string[]): Role {
  const playing = states.includes('playing')
    ? role.props?.includes('guqin')
      ? undefined
      : (['flute', 'flute'] as const)
    : undefined;
  const props = (role.props ?? []).filter((name) => !(states.includes('mounted') && MOUNTS.includes(name)));
  const said = playing ?? Object.entries(STATES).find(([state]) => states.includes(state))?.[1];
  if (!said) return role;
  const [pose, prop] = said;
  const kept =
    pose === role.pose
      ? props
      : props.filter(
          (name) => !BULKY.includes(name) && !(prop && holds(name)) && !(name === 'staff' && SEATED.includes(pose)),
        );
  const mount = pose === 'riding' && !states.includes('mounted') ? { mount: role.mount ?? 'horse' } : {};
  const { mount: _, ...rest } = role;
  return { ...rest, pose, props: prop && !kept.includes(prop) ? [...kept, prop] : kept, ...mount };
}

const holds = (name: string): boolean => ['near', 'far'].includes(PROPS[name]?.at ?? '');
