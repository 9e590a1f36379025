/** Pictures that are alike: search, and the guard against near copies. */
export { compareFeatures, type Likeness, type Match, matchParts } from './compare.ts';
export { type NearCopy, nearCopyOf } from './near-copy.ts';
export { featuresOf, type PictureFeatures } from './picture-features.ts';
export {
  buildPictureIndex,
  type KnownPicture,
  type Nearest,
  nearestOf,
  nearestPictures,
  type PictureIndex,
  readPictureIndex,
  writePictureIndex,
} from './picture-index.ts';
export { type Ranked, rankPictures } from './rank-pictures.ts';
export { sideBySide } from './side-by-side.ts';
export { WINDOWS, type Window } from './windows.ts';
