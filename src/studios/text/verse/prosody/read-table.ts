import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads one of the tables beside this file; they are ours and trusted to have the shape their script writes. */
export function readTable<T>(name: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as T;
}
