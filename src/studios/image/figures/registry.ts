/** Which drawer draws what: by element, and by kind for all others. */
import { NATURE, NATURE_KINDS } from './nature/index.ts';
import type { Drawer } from './types.ts';

export const DRAWERS: Readonly<Record<string, Drawer>> = { ...NATURE };

export const KINDS: Readonly<Record<string, Drawer>> = { ...NATURE_KINDS };
