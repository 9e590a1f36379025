import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads one of our tables, from this folder if no other is named; its shape is trusted, our own script wrote it. */
export function readTable<T>(name: string, folder: string = import.meta.dirname): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}
