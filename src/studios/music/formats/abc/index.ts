/** ABC notation 2.1 ↔ scores. */
export { type AbcBookTune, type AbcReadOptions, looksLikeAbc, readAbc, readAbcBook } from './read-abc.ts';
export { type AbcWriteOptions, writeAbc } from './write-abc.ts';
