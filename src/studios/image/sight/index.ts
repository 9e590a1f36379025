/** Sight: whether everything that was asked for is seen. */
export { createSight, type Silhouette, seeFigures, silhouetteOf } from './see.ts';
