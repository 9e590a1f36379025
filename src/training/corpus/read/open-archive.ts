/**
 * A zip archive (epub, docx, mxl) held in memory, whose entries are unpacked one by one and within bounds: what an entry
 * says of its size is never believed. Entries are only ever read by name, nothing is written to disk, so a path such as
 * `../../x` in an archive reaches nothing. After the ZIP File Format Specification 6.3.3, without ZIP64.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { unreadable } from '../document.ts';

export interface Archive {
  readonly names: readonly string[];
  /** The bytes of an entry, or undefined. Throws the refusal of the file when it is damaged, encrypted or too large. */
  find(name: string): Uint8Array | undefined;
  /** As `find`; a missing entry refuses the file. */
  get(name: string): Uint8Array;
}

interface Entry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const MOST_ENTRIES = 20_000;

/** Opens an archive; all entries read together may unpack to `maxBytes`. Throws the refusal of the file. */
export function openArchive(bytes: Uint8Array, maxBytes: number): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  let left = maxBytes;
  const find = (name: string): Uint8Array | undefined => {
    const entry = entries.get(name);
    if (!entry) return undefined;
    const content = unpack(bytes, view, name, entry, left);
    left -= content.length;
    return content;
  };
  const get = (name: string): Uint8Array => {
    const content = find(name);
    if (!content) throw unreadable(`the archive lacks ${name}`, `压缩包缺少 ${name}`);
    return content;
  };
  return { names: [...entries.keys()], find, get };
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  if (end === undefined)
    throw unreadable('not a whole zip archive (cut short?)', '不是完整的 zip 压缩包（可能被截断）');
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw unreadable(`an archive of ${count} entries`, `压缩包内有 ${count} 个条目`);
  const entries = new Map<string, Entry>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw damaged('its list of entries');
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength!));
    entries.set(name, {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength! + extra! + comment!;
  }
  return entries;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) if (view.getUint32(at, true) === END) return at;
  return undefined;
}

function unpack(bytes: Uint8Array, view: DataView, name: string, entry: Entry, most: number): Uint8Array {
  if (entry.encrypted) throw unreadable(`it is encrypted (${name})`, `文件已加密（${name}）`);
  const { offset, packed, method, crc } = entry;
  if (offset + 30 > bytes.length) throw damaged(name);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged(name);
  const content = inflate(bytes.subarray(start, start + packed), name, method, most);
  if (crc32(content) !== crc) throw damaged(name);
  return content;
}

function inflate(packed: Uint8Array, name: string, method: number, most: number): Uint8Array {
  if (method !== 0 && method !== 8) throw unreadable(`unknown compression ${method}`, `未知的压缩方式 ${method}`);
  if (method === 0 && packed.length > most) throw tooLarge(name, most);
  if (method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, most);
    throw damaged(name, cause);
  }
}

function damaged(what: string, cause?: unknown): Error {
  return unreadable(`the archive is damaged: ${what}`, `压缩包已损坏：${what}`, cause);
}

function tooLarge(name: string, most: number): Error {
  return unreadable(
    `${name} unpacks to more than the ${most} bytes left (a zip bomb?)`,
    `${name} 解压后超过剩余的 ${most} 字节（可能是压缩炸弹）`,
  );
}
