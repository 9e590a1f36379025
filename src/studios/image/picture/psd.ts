/**
 * Photoshop documents (Adobe Photoshop File Formats Specification, 2019): a picture in layers as other programs open it. RGB, 8 bits, PackBits.
 *
 *   header · colour mode (none) · resources (resolution) · layers: records, then channels · the flattened picture
 *
 * Layer names are kept twice: in Latin letters as the format began, and in Unicode (`luni`). All numbers are big-endian.
 */
import type { Bitmap } from '../raster/index.ts';
import { flatten } from './flatten.ts';
import { packRows } from './pack-bits.ts';
import { trimmed } from './trimmed.ts';
import type { Blend, Layer, Picture } from './types.ts';

const KEYS: Readonly<Record<Blend, string>> = {
  normal: 'norm',
  multiply: 'mul ',
  screen: 'scrn',
  overlay: 'over',
  'soft-light': 'sLit',
  darken: 'dark',
  lighten: 'lite',
  plus: 'lddg',
};

const HIDDEN = 2;
const RLE = 1;
const RESOLUTION = 0x03ed;

/** Writes a picture of at most 30,000 pixels a side as a PSD file, layers in their order, transparent margins cut off. */
export function writePsd(picture: Picture): Uint8Array {
  const { width, height } = picture;
  const merged = flatten(picture);
  const isOpaque = merged.data.every((value, i) => i % 4 !== 3 || value === 255);
  const head = joined(
    text('8BPS'),
    u16(1),
    new Uint8Array(6),
    u16(isOpaque ? 3 : 4),
    u32(height),
    u32(width),
    u16(8),
    u16(3),
  );
  const colourMode = u32(0);
  return joined(
    head,
    colourMode,
    sized(resolution()),
    sized(layerSection(picture, isOpaque)),
    mergedImage(merged, isOpaque),
  );
}

/** 72 pixels an inch, both ways. */
function resolution(): Uint8Array {
  const dpi = joined(u32(72 << 16), u16(1), u16(1));
  return joined(text('8BIM'), u16(RESOLUTION), u16(0), sized(joined(dpi, dpi)));
}

/** Bottom first; a negative count says that the first alpha channel of the flattened picture is its transparency. */
function layerSection({ layers }: Picture, isOpaque: boolean): Uint8Array {
  const cut = layers.map((layer) => trimmed(layer));
  const planes = cut.map(({ bitmap }) => [3, 0, 1, 2].map((channel) => channelData(bitmap, channel)));
  const records = cut.map((layer, i) => layerRecord(layer, planes[i]!));
  const info = joined(i16(isOpaque ? layers.length : -layers.length), ...records, ...planes.flat());
  const even = info.length % 2 === 0 ? info : joined(info, new Uint8Array(1));
  const globalMask = u32(0);
  return joined(sized(even), globalMask);
}

/** Compression, lengths of the packed rows, the rows. */
function channelData(bitmap: Bitmap, channel: number): Uint8Array {
  const { lengths, bytes } = packRows(bitmap, channel);
  return joined(u16(RLE), ...lengths.map(u16), bytes);
}

function layerRecord(
  { bitmap, x, y, names, opacity = 1, blend = 'normal', visible = true }: Layer,
  planes: readonly Uint8Array[],
): Uint8Array {
  const channels = planes.map((plane, i) => joined(i16(i === 0 ? -1 : i - 1), u32(plane.length)));
  return joined(
    ...[y, x, y + bitmap.height, x + bitmap.width].map(i32),
    u16(planes.length),
    ...channels,
    text(`8BIM${KEYS[blend]}`),
    new Uint8Array([Math.round(opacity * 255), 0, visible ? 0 : HIDDEN, 0]),
    sized(joined(u32(0), u32(0), pascalName(names.en), unicodeName(`${names.zh} ${names.en}`))),
  );
}

/** Length, at most 31 letters, padded to four bytes together. */
function pascalName(name: string): Uint8Array {
  const plain = name.replace(/[^\x20-\x7e]/g, '?').slice(0, 31);
  const length = Math.ceil((plain.length + 1) / 4) * 4;
  const bytes = new Uint8Array(length);
  bytes[0] = plain.length;
  bytes.set(text(plain), 1);
  return bytes;
}

/** Additional layer information `luni`: count of UTF-16 units, the units, padded to four bytes. */
function unicodeName(name: string): Uint8Array {
  const units = Uint8Array.from(Buffer.from(name, 'utf16le').swap16());
  const padding = new Uint8Array((4 - ((4 + units.length) % 4)) % 4);
  return joined(text('8BIMluni'), sized(joined(u32(units.length / 2), units, padding)));
}

/** All row lengths of all channels come before the rows. */
function mergedImage(merged: Bitmap, isOpaque: boolean): Uint8Array {
  const packed = (isOpaque ? [0, 1, 2] : [0, 1, 2, 3]).map((channel) => packRows(merged, channel));
  return joined(u16(RLE), ...packed.flatMap(({ lengths }) => lengths.map(u16)), ...packed.map(({ bytes }) => bytes));
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const sized = (bytes: Uint8Array): Uint8Array => joined(u32(bytes.length), bytes);
const text = (letters: string): Uint8Array => Uint8Array.from(Buffer.from(letters, 'latin1'));
const u16 = (value: number): Uint8Array => new Uint8Array([value >> 8, value & 255]);
const i16 = (value: number): Uint8Array => u16(value & 0xffff);
const u32 = (value: number): Uint8Array =>
  new Uint8Array([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]);
const i32 = u32;
