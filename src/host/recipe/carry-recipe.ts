/**
 * A recipe inside a file, as one line of ASCII that every reader of the format passes over:
 *
 *   PNG    tEXt chunk before the pixels          MP3   TXXX frame of the ID3v2 tag
 *   MIDI   text event at the start of track one  text  the last line
 *
 * Whoever looks for it needs no knowledge of the format: it begins with `llmagentos-recipe:` and ends with a line feed.
 */
import { crc32 } from 'node:zlib';
import type { Recipe } from './recipe-of.ts';

/** What the line begins with. */
export const RECIPE_MARK = 'llmagentos-recipe:';

type Carry = (file: Buffer, line: string) => Buffer;

const CARRIERS: Readonly<Record<string, Carry>> = {
  'image/png': inPng,
  'audio/midi': inMidi,
  'audio/mpeg': inMp3,
  'text/plain': (file, line) => Buffer.concat([file, Buffer.from(`\n${line}`)]),
};

/** Whether files of a type can carry a recipe. */
export function carries(mime: string): boolean {
  return Object.hasOwn(CARRIERS, typeOf(mime));
}

/** The file with the recipe in it; unchanged where its format has no place for one. */
export function carryRecipe(bytes: Uint8Array, mime: string, recipe: Recipe): Uint8Array {
  const carry = CARRIERS[typeOf(mime)];
  const json = JSON.stringify(recipe);
  // Text keeps its letters; everywhere else ASCII is the one encoding that all agree upon.
  const plain = typeOf(mime) === 'text/plain' ? json : json.replace(/[^\x20-\x7e]/g, escaped);
  return carry ? new Uint8Array(carry(Buffer.from(bytes), `${RECIPE_MARK}${plain}\n`)) : bytes;
}

function typeOf(mime: string): string {
  return mime.split(';')[0]!.trim();
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** After IHDR, which always ends at byte 33. */
function inPng(file: Buffer, line: string): Buffer {
  const data = Buffer.from(`tEXtllmagentos-recipe\0${line}`, 'latin1');
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4, 0);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  return Buffer.concat([file.subarray(0, 33), chunk, file.subarray(33)]);
}

/** Standard MIDI File: header of 14 bytes, then `MTrk` and the length of the track. */
function inMidi(file: Buffer, line: string): Buffer {
  const text = Buffer.from(line, 'latin1');
  const event = Buffer.concat([Buffer.from([0, 0xff, 0x01]), variableLength(text.length), text]);
  const head = Buffer.from(file.subarray(0, 22));
  head.writeUInt32BE(head.readUInt32BE(18) + event.length, 18);
  return Buffer.concat([head, event, file.subarray(22)]);
}

function variableLength(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return Buffer.from(bytes);
}

/** First frame of the tag (ID3v2.3 and 2.4), in a new tag where there is none. */
function inMp3(file: Buffer, line: string): Buffer {
  const tagged = file.subarray(0, 3).toString('latin1') === 'ID3' && file[3]! >= 3 && file[5] === 0;
  const head = tagged ? Buffer.from(file.subarray(0, 10)) : Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1');
  const content = Buffer.from(`\0llmagentos-recipe\0${line}`, 'latin1');
  const frame = Buffer.concat([Buffer.from('TXXX\0\0\0\0\0\0', 'latin1'), content]);
  if (head[3] === 4) writeSynchsafe(frame, content.length, 4);
  else frame.writeUInt32BE(content.length, 4);
  writeSynchsafe(head, readSynchsafe(head, 6) + frame.length, 6);
  return Buffer.concat([head, frame, file.subarray(tagged ? 10 : 0)]);
}

/** Seven bits a byte. */
function writeSynchsafe(into: Buffer, value: number, at: number): void {
  for (let i = 0; i < 4; i++) into[at + i] = (value >> (7 * (3 - i))) & 0x7f;
}

function readSynchsafe(from: Buffer, at: number): number {
  return [0, 1, 2, 3].reduce((sum, i) => (sum << 7) | (from[at + i]! & 0x7f), 0);
}
