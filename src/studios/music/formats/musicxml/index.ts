/** MusicXML 4 ↔ score, plain (.musicxml) and compressed (.mxl). */
export * from './notation/index.ts';
export { readMusicXml } from './read/read-musicxml.ts';
export { writtenSignatures } from './transposition.ts';
export { writeMusicXml, writeMxl } from './write/write-musicxml.ts';
