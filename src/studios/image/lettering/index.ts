/** Writing and seals on pictures. */
export { type Faces, facesFor, type WrittenGlyph } from './faces.ts';
export { GETA } from './geta.ts';
export { noteMissing } from './note-missing.ts';
export type { Glyph } from './outlines.ts';
export { hanScriptOf, isHan } from './script.ts';
export { type Signed, type SignOptions, sealLayer, signPicture } from './sign.ts';
export { type Cut, openTypeface, type Typeface } from './typeface.ts';
export { STYLES, type Style } from './types.ts';
export { sealCharacters, sealFaces, type Writing, writeInscription } from './write.ts';
