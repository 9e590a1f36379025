/** Writing and seals on pictures. */
export { type SignOptions, signPicture } from './sign.ts';
export { type Glyph, openTypeface, type Typeface } from './typeface.ts';
export { type Writing, writeInscription } from './write.ts';
