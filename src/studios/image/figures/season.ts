/** Season and state of what grows or lies outdoors, and the colours that follow. */
import type { Placed } from '../composition/index.ts';
import type { DrawingContext } from './types.ts';

export type Season = 'spring' | 'summer' | 'autumn' | 'winter';

/** What the states say goes before the season of the picture; summer when nobody said. */
export function seasonOf({ states }: Placed, { composition }: DrawingContext): Season {
  if (states.includes('autumnal')) return 'autumn';
  if (states.includes('green')) return 'summer';
  if (states.includes('snowy')) return 'winter';
  return composition.season ?? (composition.weather === 'snow' ? 'winter' : 'summer');
}

/** Whether snow lies on it. */
export function isSnowy({ states }: Placed, { composition }: DrawingContext): boolean {
  return states.includes('snowy') || composition.weather === 'snow';
}

/** Leaves of common trees. */
export const LEAVES: Readonly<Record<Season, string>> = {
  spring: '#8fae52',
  summer: '#55803f',
  autumn: '#bf7f32',
  winter: '#7d7657',
};

/** Grass and low growth. */
export const GRASS: Readonly<Record<Season, string>> = {
  spring: '#8db057',
  summer: '#6a9347',
  autumn: '#b39a55',
  winter: '#a79f7f',
};

/** Rock under thin growth: blue-green in summer, ochre in autumn, as 浅绛 and 青绿 have it. */
export const SLOPES: Readonly<Record<Season, string>> = {
  spring: '#7f9a72',
  summer: '#6b8b6c',
  autumn: '#a08a62',
  winter: '#98a0a4',
};

/** How far wind bends, −1 … 1 to the right: calm things hardly, swaying ones more. */
export function windOn({ states }: Placed, { composition }: DrawingContext): number {
  const { wind } = composition;
  return states.includes('swaying') ? Math.sign(wind || 1) * Math.max(0.5, Math.abs(wind)) : wind;
}
