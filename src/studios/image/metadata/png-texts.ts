/**
 * Texts in PNG files (W3C PNG, third edition, 11.3.3): tEXt in Latin-1, zTXt the same packed, iTXt in UTF-8, packed or not.
 *
 *   signature · IHDR · … · tEXt keyword\0text · … · IEND        each: length, type, data, CRC-32
 */
import { crc32 } from 'node:zlib';
import { MOST_PARTS, unpack } from './limits.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** One piece of a PNG. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** The chunks of a PNG, as far as the file goes. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (let count = 0; at + 12 <= bytes.length && count < MOST_PARTS; count++) {
    const length = view.getUint32(at);
    if (length > bytes.length - at - 12) return;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { type, data: bytes.subarray(at + 8, at + 8 + length) };
    if (type === 'IEND') return;
    at += 12 + length;
  }
}

/** Keyword and text of each text chunk; also `exif` as raw bytes of an eXIf chunk. Broken and overlong ones are left out. */
export function* pngTexts(bytes: Uint8Array): Generator<readonly [key: string, text: string]> {
  for (const { type, data } of pngChunks(bytes)) {
    const text = textOf(type, data);
    if (text) yield text;
  }
}

/** The eXIf chunk of a PNG. */
export function pngExif(bytes: Uint8Array): Uint8Array | undefined {
  for (const { type, data } of pngChunks(bytes)) if (type === 'eXIf') return data;
  return undefined;
}

function textOf(type: string, data: Uint8Array): readonly [string, string] | undefined {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return undefined;
  const end = data.indexOf(0);
  if (end < 1 || end > 79) return undefined;
  const key = latin(data.subarray(0, end));
  if (type === 'tEXt') return [key, loose(data.subarray(end + 1))];
  if (type === 'zTXt') {
    const plain = unpack(data.subarray(end + 2));
    return plain && [key, loose(plain)];
  }
  const isPacked = data[end + 1] === 1;
  const language = data.indexOf(0, end + 3);
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const body = data.subarray(translated + 1);
  const plain = isPacked ? unpack(body) : body;
  return plain && [key, new TextDecoder().decode(plain)];
}

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/** Latin-1 by the standard, but many programs write UTF-8 there. */
function loose(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return latin(bytes);
  }
}

/** A PNG with texts added as iTXt before its pixels, where readers look first. Keys: 1–79 Latin letters. */
export function addPngTexts(bytes: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array {
  const head = SIGNATURE.length + 25; // IHDR is always the first chunk, of 13 bytes
  const chunks = Object.entries(texts).map(([key, text]) =>
    pngChunk('iTXt', new TextEncoder().encode(`${key}\0\0\0\0\0${text}`)),
  );
  return new Uint8Array(Buffer.concat([bytes.subarray(0, head), ...chunks, bytes.subarray(head)]));
}

/** One chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return new Uint8Array(chunk);
}
