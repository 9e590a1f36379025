/**
 * ID3v2.4 tags (id3.org, 2000): what stands before the sound of an MP3 file.
 *
 *   "ID3" 4 0 · flags · size ─▶ frames: name · size · flags · body        sizes in 7 bits a byte, text in UTF-8
 *
 * Written here since the encoder counts the letters of lyrics where their bytes are meant, so that readers lose what follows.
 */
import type { SoundTags } from './tags.ts';

const UTF8 = 3;
const FRONT_COVER = 3;
const ANY_LANGUAGE = 'und';

/** A whole tag; empty when there is nothing to say. */
export function id3Tag(tags: SoundTags): Uint8Array<ArrayBuffer> {
  const { title, artist, album, genre, lyrics, comment, cover } = tags;
  const frames = [
    ...textFrame('TIT2', title),
    ...textFrame('TPE1', artist),
    ...textFrame('TALB', album),
    ...textFrame('TCON', genre),
    ...languageFrame('USLT', lyrics),
    ...languageFrame('COMM', comment),
    ...(cover ? [pictureFrame(cover)] : []),
  ];
  if (frames.length === 0) return new Uint8Array(0);
  const body = joined(frames);
  return joined([ascii('ID3'), Uint8Array.of(4, 0, 0), syncSafe(body.length), body]);
}

function textFrame(name: string, text: string | undefined): Uint8Array[] {
  return text ? [frame(name, [Uint8Array.of(UTF8), utf8(text)])] : [];
}

/** Lyrics and comments have a language and a description, which is empty. */
function languageFrame(name: string, text: string | undefined): Uint8Array[] {
  return text ? [frame(name, [Uint8Array.of(UTF8), ascii(ANY_LANGUAGE), Uint8Array.of(0), utf8(text)])] : [];
}

function pictureFrame({ bytes, mimeType }: NonNullable<SoundTags['cover']>): Uint8Array {
  return frame('APIC', [Uint8Array.of(UTF8), ascii(mimeType), Uint8Array.of(0, FRONT_COVER, 0), bytes]);
}

function frame(name: string, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  return joined([ascii(name), syncSafe(body.length), Uint8Array.of(0, 0), body]);
}

/** 28 bits in four bytes whose first bit is never set, so that nothing looks like sound. */
function syncSafe(size: number): Uint8Array {
  return Uint8Array.of((size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const ascii = utf8;

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
