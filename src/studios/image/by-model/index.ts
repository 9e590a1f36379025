/** Pictures painted by an engine of the artist's. */
export { type ByModelWish, makeByModel } from './make-by-model.ts';
