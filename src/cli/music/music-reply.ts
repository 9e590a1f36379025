/** The answer of a command that made music. */
import type { JobResult } from '../../kernel/index.ts';
import type { Door, Reply } from '../door.ts';
import { publicWorks } from '../public-json.ts';
import { indent } from '../verse/poem-sheet.ts';
import { candidateTable, choiceOf, insteadLines } from './candidate-table.ts';
import { musicSheet } from './music-sheet.ts';

/** Data and lines of the pieces that a job made, and how to hear them; with `table` the numbers of all candidates. */
export async function musicReply(door: Door, result: JobResult, { table = false } = {}): Promise<Reply> {
  const os = await door.os();
  const loaded = await Promise.all(result.works.map(({ id }) => os.load(id)));
  const sheets = await Promise.all(
    loaded.map((work, i) => musicSheet(work, door, loaded.length > 1 ? `${i + 1}/${loaded.length}  ` : '')),
  );
  const choice = choiceOf(result.report);
  const lines = sheets.flatMap((sheet) => ['', ...sheet]);
  const numbers = table || loaded.length > 1 ? candidateTable(choice, door) : [];
  const told = [insteadLines(choice, door), numbers].filter((part) => part.length > 0);
  const first = loaded[0]?.work.id.slice(0, 8);
  const hint = first ? ['', ...indent([door.ink.quiet(door.say('music.hear', { id: first }))])] : [];
  return {
    json: { works: await publicWorks(loaded), ...choice },
    lines: [...lines, ...told.flatMap((part) => ['', ...indent(part)]), ...hint, ''],
  };
}
