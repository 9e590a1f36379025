/** Keys of the artist's. */
export { createKeyRing, type KeyRing } from './key-ring.ts';
