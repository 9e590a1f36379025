/** The regular files of a tar archive (ustar, with the longer names of pax and GNU); links and devices are passed over. */

/** One file, its path as the archive writes it. */
export interface TarFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
/** Kinds of entry by their letter. */
const [PAX, PAX_FOR_ALL, GNU_NAME, FILE] = ['x', 'g', 'L', '0'];

/** Reads an archive; undefined when it is damaged or cut off. */
export function readTar(bytes: Uint8Array): readonly TarFile[] | undefined {
  const files: TarFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    const end = at + BLOCK + size;
    if (!sumHolds(header) || !(size >= 0) || end > bytes.length) return undefined;
    const content = bytes.subarray(at + BLOCK, end);
    const kind = text(header, 156, 1) || FILE;
    if (kind === PAX) longName = paxPath(content) ?? longName;
    else if (kind === GNU_NAME) longName = text(content, 0, content.length);
    else if (kind !== PAX_FOR_ALL) {
      if (kind === FILE) files.push({ path: longName ?? pathOf(header), bytes: content });
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function pathOf(header: Uint8Array): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  return prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
}

/** Records are `length key=value\n`, the length in bytes and counting itself. */
function paxPath(content: Uint8Array): string | undefined {
  for (let at = 0; at < content.length; ) {
    const length = Number.parseInt(text(content, at, 20), 10);
    if (!(length > 0)) return undefined;
    const record = new TextDecoder().decode(content.subarray(at, at + length - 1));
    const [, key, value] = /^\d+ ([^=]+)=(.*)$/s.exec(record) ?? [];
    if (key === 'path') return value;
    at += length;
  }
  return undefined;
}

/** The sum of the header's bytes, its own field read as blanks. */
function sumHolds(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return sum === Number.parseInt(text(header, 148, 8).trim(), 8);
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
