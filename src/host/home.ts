import { resolve } from 'node:path';

export { findHome } from '../guard/index.ts';

/** The models that ship with the project. */
export const SHIPPED_MODELS: string = resolve(import.meta.dirname, '../../models');
