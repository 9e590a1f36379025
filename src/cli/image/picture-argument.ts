/** A picture as an argument: a work that is kept, or a file that the artist brings. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { OsError } from '../../core/index.ts';
import type { Work } from '../../kernel/index.ts';
import { getNamedWork } from '../commands/works.ts';
import type { Door } from '../door.ts';
import { followJob } from '../follow-job.ts';

/** File name endings that are pictures, and their types. */
const PICTURE_TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.svg': 'image/svg+xml',
};

/** The picture of an argument: a work by id (or `last`), or a file, which is brought and read. Throws `cli/picture-missing`, and what finding and reading throw. */
export async function pictureWork(door: Door, argument: string): Promise<Work> {
  const mime = PICTURE_TYPES[extname(argument).toLowerCase()];
  if (!mime) return getNamedWork(door, argument);
  const os = await door.os();
  const file = await bringPicture(door, argument);
  const read = os.run({ op: 'image/read', inputs: [file.id], seed: 0, signal: door.world.signal });
  const { works } = await followJob(door, read, door.say('paint.reading'));
  return works[0]!;
}

/** A file of any name as a work of the medium `file`. Throws `cli/picture-missing`, and what bringing throws. */
export async function bringPicture(door: Door, path: string): Promise<Work> {
  if (!isFile(path)) throw pictureMissing(path);
  const mime = PICTURE_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return (await door.os()).bring({ name: basename(path), mime, bytes: readFileSync(path) });
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function pictureMissing(path: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'cli/picture-missing',
    message: `There is no file “${path}”.`,
    hint: 'Name a picture file, such as picture.png.',
    zh: { message: `没有文件“${path}”。`, hint: '请给出图片文件，如 picture.png。' },
  });
}
