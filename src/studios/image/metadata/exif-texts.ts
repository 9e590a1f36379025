/**
 * Texts in EXIF (CIPA DC-008): a TIFF of its own inside JPEG, WebP, AVIF or PNG. Only texts of the first two directories are read; every offset
 * is checked, and directories are never followed in a ring.
 *
 *   II or MM · 42 · offset ─▶ IFD0: tags … ExifIFD ─▶ tags … UserComment (charset · text)
 */

const EXIF_IFD = 0x8769;
const USER_COMMENT = 0x9286;
const ASCII = 2;
const UNDEFINED = 7;
const BYTE = 1;
/** Tags of Windows, UTF-16 in bytes. */
const XP_FROM = 0x9c9b;
const XP_TO = 0x9c9f;

const NAMES: Readonly<Record<number, string>> = {
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  305: 'Software',
  315: 'Artist',
  [USER_COMMENT]: 'UserComment',
};

/** Name and text of each text tag; unknown tags are named `exif-<number>`. Empty for bytes that are no EXIF. */
export function* exifTexts(given: Uint8Array): Generator<readonly [key: string, text: string]> {
  const bytes = given[0] === 0x45 && given[1] === 0x78 ? given.subarray(6) : given;
  if (bytes.length < 14) return;
  const order = String.fromCharCode(bytes[0]!, bytes[1]!);
  if (order !== 'II' && order !== 'MM') return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = order === 'II';
  const file: Tiff = { bytes, view, little };
  const first = view.getUint32(4, little);
  let second: number | undefined;
  for (const tag of tagsOf(file, first)) {
    if (tag.id === EXIF_IFD) second = tag.value;
    const text = textOf(file, tag);
    if (text) yield text;
  }
  if (second === undefined || second === first) return;
  for (const tag of tagsOf(file, second)) {
    const text = textOf(file, tag);
    if (text) yield text;
  }
}

interface Tiff {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly little: boolean;
}

interface Tag {
  readonly id: number;
  readonly type: number;
  readonly count: number;
  /** Where the value stands, for values of more than four bytes. */
  readonly value: number;
  /** Where the entry's own four bytes stand. */
  readonly inline: number;
}

function* tagsOf({ bytes, view, little }: Tiff, from: number): Generator<Tag> {
  if (from < 8 || from + 2 > bytes.length) return;
  const count = Math.min(view.getUint16(from, little), 512);
  for (let i = 0, at = from + 2; i < count && at + 12 <= bytes.length; i++, at += 12) {
    yield {
      id: view.getUint16(at, little),
      type: view.getUint16(at + 2, little),
      count: view.getUint32(at + 4, little),
      value: view.getUint32(at + 8, little),
      inline: at + 8,
    };
  }
}

function textOf({ bytes }: Tiff, { id, type, count, value, inline }: Tag): readonly [string, string] | undefined {
  if (type !== ASCII && type !== UNDEFINED && type !== BYTE) return undefined;
  const start = count <= 4 ? inline : value;
  if (count < 1 || start + count > bytes.length) return undefined;
  const data = bytes.subarray(start, start + count);
  const key = NAMES[id] ?? `exif-${id}`;
  if (id === USER_COMMENT) return [key, commentOf(data)];
  if (id >= XP_FROM && id <= XP_TO) return [key, trimmed(new TextDecoder('utf-16le').decode(data))];
  return type === ASCII ? [key, trimmed(new TextDecoder().decode(data))] : undefined;
}

const trimmed = (text: string): string => text.replace(/\0[\s\S]*$/, '');

/** Eight bytes name the characters; the byte order of UNICODE is not laid down, so it is guessed by which half is empty more often. */
function commentOf(data: Uint8Array): string {
  const charset = new TextDecoder('latin1').decode(data.subarray(0, 8));
  const body = data.subarray(8);
  if (charset.startsWith('UNICODE'))
    return trimmed(new TextDecoder(isBigEndian(body) ? 'utf-16be' : 'utf-16le').decode(body));
  if (charset.startsWith('ASCII') || /^\0+$/.test(charset)) return trimmed(new TextDecoder().decode(body));
  return trimmed(new TextDecoder().decode(data));
}

/** Spaces, figures and Latin letters have an empty upper half; one of them is in nearly every text. */
function isBigEndian(body: Uint8Array): boolean {
  if (body[0] === 0xfe && body[1] === 0xff) return true;
  if (body[0] === 0xff && body[1] === 0xfe) return false;
  let lean = 0;
  for (let i = 0; i + 1 < Math.min(body.length, 4096); i += 2)
    lean += Number(body[i] === 0) - Number(body[i + 1] === 0);
  return lean >= 0;
}
