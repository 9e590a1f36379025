/** Pictures of one command to files: the first under the name that was given, each further one with its number before the ending. */
import { extname } from 'node:path';
import { checkTarget, exportWork } from '../commands/export.ts';
import type { Door, Reply } from '../door.ts';

export interface Target {
  readonly out: string;
  readonly force: boolean;
}

/** `moon.png` ─▶ `moon.png`, `moon-2.png`, `moon-3.png`. */
export function numberedFiles(out: string, count: number): string[] {
  const ending = extname(out);
  const stem = ending === '' ? out : out.slice(0, -ending.length);
  return Array.from({ length: count }, (_, i) => (i === 0 ? out : `${stem}-${i + 1}${ending}`));
}

/** Throws `cli/folder-missing`, and `cli/file-exists` when one of the files is there and may not be written over. */
export function checkTargets({ out, force }: Target, count: number): void {
  for (const file of numberedFiles(out, count)) checkTarget(file, force);
}

/** Writes every picture; data as of one export where there is one, and `exports` with all of them where there are more. */
export async function exportPictures(door: Door, ids: readonly string[], target: Target): Promise<Reply> {
  checkTargets(target, ids.length);
  const files = numberedFiles(target.out, ids.length);
  const written: Reply[] = [];
  for (const [i, id] of ids.entries())
    written.push(await exportWork(door, id, { out: files[i]!, force: target.force }));
  const facts = written.map(({ json }) => (json as { readonly export: object }).export);
  return {
    json: { ...(facts[0] && { export: facts[0] }), ...(facts.length > 1 && { exports: facts }) },
    lines: written.flatMap(({ lines }) => lines),
  };
}
