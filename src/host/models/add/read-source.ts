/** What an artist names as a model, read as far as is needed to tell what it is. Content decides, never a name. */
import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { ModelSource } from '../../../kernel/index.ts';
import { htmlInstead, notThere, pickle, pointerInstead, tooShort } from './refusals.ts';

/** Bytes of a file that are looked at. */
const HEAD = 65_536;

/** Most files of a folder that are listed. */
const MOST_FILES = 2000;

/** Reads a path or an address. Throws `host/model-source-missing`, `host/not-a-model`, `host/pickle-refused`. */
export async function readSource(text: string): Promise<ModelSource> {
  if (/^https?:\/\//i.test(text)) return { kind: 'address', url: text };
  if (/^hf:/i.test(text)) return { kind: 'address', url: text };
  const path = resolve(text);
  const found = await stat(path).catch(() => undefined);
  if (!found) throw notThere(path);
  if (found.isDirectory()) return { kind: 'folder', path, files: await filesOf(path) };
  const head = await readHead(path);
  refuseOthers(path, head);
  return { kind: 'file', path, head };
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .slice(0, MOST_FILES)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The first bytes of a file. */
export async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path, 'r');
  const { bytesRead, buffer } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0);
  return buffer.subarray(0, bytesRead);
}

/** Files that are no models, or that run code when they are opened. */
function refuseOthers(path: string, head: Uint8Array): void {
  const text = Buffer.from(head).toString('latin1');
  if (head.length < 8) throw tooShort(path);
  if (text.startsWith('version https://git-lfs')) throw pointerInstead(path);
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) throw htmlInstead(path);
  // A pickle says its protocol first (PROTO 2–5); PyTorch's newer files are zip archives with a pickle inside, its older ones start with a magic number.
  const proto = head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5;
  const archive = text.startsWith('PK\x03\x04') && text.includes('data.pkl');
  if (proto || archive || text.startsWith('\x80\x02\x8a\x0al\xfc\x9c\x46\xf9')) throw pickle(path);
}
