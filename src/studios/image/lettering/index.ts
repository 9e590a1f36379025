/** Writing and seals on pictures. */
export { type SignOptions, signPicture } from './sign.ts';
export { type Cut, type Glyph, openTypeface, type Typeface } from './typeface.ts';
export { sealCharacters, type Writing, writeInscription } from './write.ts';
