/** How tall and wide a thing is on the paper, by its depth and size. */
import type { SceneElement } from '../../../kernel/index.ts';
import table from './statures.table.json' with { type: 'json' };

/** Where a thing that is no single body spreads. */
export type Spread = 'paper' | 'sky' | 'ground' | 'path' | 'vale';

interface Entry {
  readonly near: number;
  readonly far: number;
  readonly aspect: number;
  readonly level?: string;
  readonly spread?: string;
}

export interface Stature {
  /** Units. */
  readonly width: number;
  readonly height: number;
  /** Whether it belongs into the sky. */
  readonly aloft: boolean;
  readonly spread: Spread | undefined;
}

/** Whether a plant covers the ground instead of standing alone: 麦田. */
export const isSown = (states: readonly string[] = []): boolean => states.includes('field');

const SIZES = { tiny: 0.4, small: 0.65, medium: 1, large: 1.45, huge: 2 } as const;
const elements: Readonly<Record<string, Entry>> = table.elements;

/** Height shrinks by the same ratio for every equal step into depth (0 far … 1 near). */
export function statureOf({ id, kind, size = 'medium', scale = 1, states = [] }: SceneElement, depth: number): Stature {
  const entry: Entry = elements[id] ?? table.kinds[kind];
  const height = entry.far * (entry.near / entry.far) ** depth * SIZES[size] * scale;
  const flying = states.includes('flying') || states.includes('soaring');
  return {
    height,
    width: height * entry.aspect,
    aloft:
      entry.level === 'top' ||
      flying ||
      (kind === 'bird' && entry.level !== 'ground' && !PERCHING.some((state) => states.includes(state))),
    spread: isSown(states) ? 'ground' : (entry.spread as Spread | undefined),
  };
}

const PERCHING = ['perched', 'standing', 'swimming', 'sitting', 'sleeping', 'walking', 'floating'];
