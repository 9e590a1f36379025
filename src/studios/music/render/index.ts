/** A score as something to see: engraved pages, a piano roll, a small picture. */
export { engravePdf, type PdfOptions } from './engrave-pdf.ts';
export { type EngraveOptions, engraveSvg } from './engrave-svg.ts';
export type { PageLanguage } from './page-score.ts';
export { type PianoRollOptions, pianoRollSvg } from './piano-roll.ts';
export { pngOf } from './picture.ts';
export { type ThumbnailOptions, thumbnailSvg } from './thumbnail.ts';
