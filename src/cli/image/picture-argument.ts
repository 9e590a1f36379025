/** A picture as an argument: a work that is kept, or a file that the artist brings. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
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

/** The picture of an argument: a work by id (or `last`), or a file, which is brought and read. Throws what finding and reading throw. */
export async function pictureWork(door: Door, argument: string): Promise<Work> {
  const mime = PICTURE_TYPES[extname(argument).toLowerCase()];
  if (!mime || !existsSync(argument) || !statSync(argument).isFile()) return getNamedWork(door, argument);
  const os = await door.os();
  const file = await os.bring({ name: basename(argument), mime, bytes: readFileSync(argument) });
  const read = os.run({ op: 'image/read', inputs: [file.id], seed: 0, signal: door.world.signal });
  const { works } = await followJob(door, read, door.say('paint.reading'));
  return works[0]!;
}
