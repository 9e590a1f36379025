/** Posters and covers: type on pictures. */

export { findLayout, LAYOUTS } from './layouts/index.ts';
export { makePoster, type Poster, type PosterFacts, type PosterOptions } from './make-poster.ts';
export type { Layout, PosterText } from './types.ts';
export { picturePdf, posterFactsOf, posterSvg } from './vector.ts';
