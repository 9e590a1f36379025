/** Riders: on the back of an animal, the saddle of a bicycle, the stick of a broom. */
import type { SceneElement } from '../../../kernel/index.ts';
import { type Body, boxAt } from './draft.ts';

/** Where one sits on it and how tall one is: shares of its height and width. */
interface Back {
  readonly height: number;
  /** Beside its width, from its tail; default 0.5. */
  readonly along?: number;
  /** The rider beside the height of the back. */
  readonly rider: number;
  /** The pose there; default riding. */
  readonly pose?: string;
}

const BACKS: Readonly<Record<string, Back>> = {
  horse: { height: 0.64, rider: 0.98 },
  donkey: { height: 0.63, rider: 1.05 },
  ox: { height: 0.76, rider: 0.92 },
  buffalo: { height: 0.75, rider: 0.92 },
  camel: { height: 0.82, rider: 0.7 },
  elephant: { height: 0.88, rider: 0.42 },
  deer: { height: 0.58, rider: 1 },
  bicycle: { height: 0.85, along: 0.455, rider: 2.18, pose: 'cycling' },
  motorcycle: { height: 0.66, along: 0.4, rider: 2.4, pose: 'riding' },
  whale: { height: 0.76, rider: 0.6 },
  dolphin: { height: 0.72, rider: 1.3 },
  turtle: { height: 0.8, rider: 1.4 },
  dragon: { height: 0.36, rider: 1 },
  crane: { height: 0.6, rider: 0.8 },
  phoenix: { height: 0.6, rider: 0.6 },
  broom: { height: 0.7, along: 0.58, rider: 3.2 },
};
const BEAST: Back = { height: 0.7, rider: 0.95 };

const backOf = ({ id, kind }: SceneElement): Back | undefined => BACKS[id] ?? (kind === 'animal' ? BEAST : undefined);

/** Whether who is on it sits astride. */
export const isAstride = ({ kind }: SceneElement, mount: SceneElement): boolean =>
  (kind === 'person' || kind === 'being') && backOf(mount) !== undefined;

/** Astride, looking where it looks: half of the rider is above the back. Changes the body. */
export function mount(body: Body, { element, box, depth, mirrored }: Body): void {
  const { height: back, along = 0.5, rider } = backOf(element) ?? BEAST;
  const height = box.height * back * rider;
  body.depth = Math.min(1, depth + 0.002);
  body.mirrored = mirrored;
  const x = box.x + box.width * (mirrored ? 1 - along : along);
  body.box = boxAt(x, box.y + box.height * (1 - back) + height * 0.44, height * 0.5, height);
}

const POSES = ['riding', 'sitting', 'standing', 'walking', 'running', 'cycling', 'flying'];

/** What it sits astride on, if anything. */
export function sitsOn({ element }: Body, bodies: readonly Body[]): SceneElement | undefined {
  const { relation } = element;
  const mount = relation?.how === 'on' ? bodies.find(({ from }) => from === relation.to)?.element : undefined;
  return mount && isAstride(element, mount) ? mount : undefined;
}

/** The states it is drawn in: who sits on something of the picture takes its pose and brings no mount along. */
export function statesOf(body: Body, bodies: readonly Body[]): readonly string[] {
  const said = body.element.states ?? [];
  const mount = sitsOn(body, bodies);
  if (!mount) return said;
  const { pose = 'riding' } = backOf(mount)!;
  return ['mounted', pose, ...said.filter((state) => !POSES.includes(state))];
}
