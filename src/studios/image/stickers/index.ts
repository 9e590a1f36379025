/** Stickers: small pictures of things, made by a network out of words. */
export { cutOut } from './cut-out.ts';
export { makeStickers, type Sticker, type StickerWish } from './make-stickers.ts';
export { bitmapOf, keptOf, planesOf, resized } from './planes.ts';
export { wantedOf } from './wanted.ts';
