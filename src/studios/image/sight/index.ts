/** Sight: whether everything that was asked for is seen, and stands where it can stand. */
export { keepDry } from './keep-dry.ts';
export { keepSeated } from './seat.ts';
export { createSight, type Silhouette, seeFigures, silhouetteOf } from './see.ts';
