/** Which drawer draws what: by element, and by kind for all others. */
import type { Drawer } from './types.ts';

export const DRAWERS: Readonly<Record<string, Drawer>> = {};

export const KINDS: Readonly<Record<string, Drawer>> = {};
