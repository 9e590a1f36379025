/** Sets of pictures to learn from: loading, splitting, batches, and sheets to look at. */
export { allPictures, choosePictures, countPictures, firstOf, joinPictures } from './choose-pictures.ts';
export { formatContactSheet, formatPicture, type SheetOptions, writeContactSheet } from './contact-sheet.ts';
export type { FitOptions } from './fit-picture.ts';
export { type AtlasLine, type AtlasOptions, loadPictureAtlas } from './load-atlas.ts';
export { type EmojiLine, type EmojiOptions, type EmojiStyle, loadEmojiPictures } from './load-emoji.ts';
export { type FolderOptions, loadPictureFolder } from './load-folder.ts';
export {
  type BatchOptions,
  createPictureBatches,
  type PictureBatch,
  type PictureSplit,
  splitPictures,
} from './picture-batches.ts';
export {
  type Caption,
  createPictureSet,
  type PictureEntry,
  type PictureLabel,
  type PictureSet,
  type PictureSize,
  type Pictures,
  selectPictures,
} from './picture-set.ts';
export { loadPictures, PICTURE_SOURCE, type PictureSource } from './picture-source.ts';
export { fromBytes, type PictureLimits, readPicture, toBytes } from './read-picture.ts';
export type { Skipped } from './skipped.ts';
