/** The answer of a command that painted. */
import type { JobResult } from '../../kernel/index.ts';
import type { Door, Reply } from '../door.ts';
import { publicWorks } from '../public-json.ts';
import { indent } from '../verse/poem-sheet.ts';
import { critiques, measureLines } from './picture-measures.ts';
import { pictureSheet } from './picture-sheet.ts';

/** Data and lines of the pictures that a job made, and how to take them out. */
export async function pictureReply(door: Door, result: JobResult): Promise<Reply> {
  const os = await door.os();
  const loaded = await Promise.all(result.works.map(({ id }) => os.load(id)));
  const sheets: string[][] = [];
  for (const [i, work] of loaded.entries()) {
    const label = loaded.length > 1 ? `${i + 1}/${loaded.length}  ` : '';
    sheets.push([...(await pictureSheet(work, door, label)), ...(await measureLines(work.work.id, door))]);
  }
  const first = loaded[0]?.work.id.slice(0, 8);
  const hint = first ? ['', ...indent([door.ink.quiet(door.say('paint.see', { id: first }))])] : [];
  return {
    json: { works: await publicWorks(loaded), critique: await critiques(loaded, door) },
    lines: [...sheets.flatMap((sheet) => ['', ...sheet]), ...hint, ''],
  };
}
