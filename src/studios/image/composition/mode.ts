/** What sort of picture a scene makes: a landscape with depth, one subject near at hand, a sky, or forms alone. */
import type { SceneElement } from '../../../kernel/index.ts';
import { isSown, statureOf } from './stature.ts';

export type Mode = 'landscape' | 'close-up' | 'sky' | 'abstract';

const WORLD: readonly SceneElement['kind'][] = ['land', 'water', 'building'];

const WALKERS: readonly SceneElement['kind'][] = ['person', 'animal', 'vehicle'];

/** A scene of flowers, birds, animals or things without land is seen near at hand, unless its words place something far. */
export function modeOf(elements: readonly SceneElement[]): Mode {
  const named = elements.filter(({ kind }) => kind !== 'weather');
  if (named.length > 0 && named.every(({ kind }) => kind === 'abstract')) return 'abstract';
  const world = named.some(({ kind, depth, states }) => WORLD.includes(kind) || depth === 'far' || isSown(states));
  if (world) return 'landscape';
  const bodies = named.filter((element) => element.kind !== 'sky' && !statureOf(element, 0.5).spread);
  if (bodies.length === 0) return named.length === 0 ? 'landscape' : 'sky';
  // Who walks under a tree is seen with the whole of it; a bird or a moth sits on its branch.
  const isUnderTree = bodies.some(({ kind }) => kind === 'tree') && bodies.some(({ kind }) => WALKERS.includes(kind));
  const isUnderStars = bodies.length > 0 && named.some((element) => statureOf(element, 0.5).spread === 'sky');
  if (isUnderTree || isUnderStars || bodies.some(({ id }) => id === 'forest')) return 'landscape';
  const trees = bodies.filter(({ kind, size }) => kind === 'tree' && size !== 'huge').length;
  return bodies.length <= 3 && trees <= 1 ? 'close-up' : 'landscape';
}
