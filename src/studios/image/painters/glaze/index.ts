/** Painting in glazes: ink, gongbi, watercolour. */
export type { GlazeLook, GlazeRoom } from './paint-figure.ts';
export { type GlazePainting, paintGlazes } from './paint-glazes.ts';
