/** MusicXML 4 ↔ score, plain (.musicxml) and compressed (.mxl). */
export * from './notation/index.ts';
export { writeMusicXml, writeMxl } from './write/write-musicxml.ts';
