/** Source files and what they import, read by pattern: no compiler needed. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** All TypeScript and JavaScript of the project. */
export function readSources(): SourceFile[] {
  return globSync('{src,sdk,web,test,bench,recipes,scripts,bin}/**/*.{ts,tsx,mjs}', { cwd: ROOT })
    .filter((path) => !path.includes('node_modules') && !path.startsWith('web/dist'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** What a file imports: paths from the root for its own kind, names for packages. */
export function importsOf({ path, text }: SourceFile): string[] {
  const names = [
    ...text.matchAll(/^(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'/gm),
    ...text.matchAll(/^import\s*'([^']+)'/gm),
    ...text.matchAll(/\bimport\('([^']+)'\)/g),
  ].map((match) => match[1]!);
  return names.map((name) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name));
}
