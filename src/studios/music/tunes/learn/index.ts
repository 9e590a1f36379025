/** Pieces as something to learn from: documents in the tune language, packed into rows. */
export { cutWindow, findStretches } from './cut-window.ts';
export { type Document, type DocumentOptions, type TunePiece, writeDocuments } from './documents.ts';
export { nameForm } from './name-form.ts';
export { type NumberedDocument, type PackedTunes, packRows } from './pack-rows.ts';
