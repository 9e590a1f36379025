/** Where EXIF and XMP stand in JPEG, WebP and AVIF files. Every length is checked against the file. */
import { MOST_PARTS } from './limits.ts';

/** What was found in a file. */
export interface Parts {
  readonly exif?: Uint8Array;
  readonly xmp?: string;
  /** JPEG comments. */
  readonly comment?: string;
}

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((sign, i) => bytes[at + i] === sign.charCodeAt(0));

/** Parts of a file by its first bytes; empty for other files. */
export function partsOf(bytes: Uint8Array): Parts {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegParts(bytes);
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return webpParts(bytes);
  return starts(bytes, 'ftyp', 4) ? scannedParts(bytes) : {};
}

const XAP = 'http://ns.adobe.com/xap/1.0/\0';

/** Segments before the picture itself: FF, marker, length with itself counted in. */
function jpegParts(bytes: Uint8Array): Parts {
  let parts: Parts = {};
  for (let at = 2, count = 0; at + 4 <= bytes.length && bytes[at] === 0xff && count < MOST_PARTS; count++) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2 || at + 2 + length > bytes.length) break;
    const data = bytes.subarray(at + 4, at + 2 + length);
    if (marker === 0xe1 && starts(data, 'Exif\0')) parts = { exif: data, ...parts };
    else if (marker === 0xe1 && starts(data, XAP)) parts = { xmp: decode(data.subarray(XAP.length)), ...parts };
    else if (marker === 0xfe) parts = { comment: decode(data), ...parts };
    at += 2 + length;
  }
  return parts;
}

/** RIFF: four letters, length, data padded to even. */
function webpParts(bytes: Uint8Array): Parts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let parts: Parts = {};
  for (let at = 12, count = 0; at + 8 <= bytes.length && count < MOST_PARTS; count++) {
    const length = view.getUint32(at + 4, true);
    if (length > bytes.length - at - 8) break;
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (starts(bytes, 'EXIF', at)) parts = { exif: data, ...parts };
    if (starts(bytes, 'XMP ', at)) parts = { xmp: decode(data), ...parts };
    at += 8 + length + (length & 1);
  }
  return parts;
}

/** AVIF keeps both as items at any place; packets of XMP are made to be found by looking for them, and EXIF names itself. */
function scannedParts(bytes: Uint8Array): Parts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = file.indexOf('<x:xmpmeta');
  const to = from < 0 ? -1 : file.indexOf('</x:xmpmeta>', from);
  const named = ['Exif\0\0II*\0', 'Exif\0\0MM\0*'].map((head) => file.indexOf(head, 0, 'latin1')).find((at) => at >= 0);
  return {
    ...(to > from && from >= 0 && { xmp: decode(bytes.subarray(from, to)) }),
    ...(named !== undefined && { exif: bytes.subarray(named) }),
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
