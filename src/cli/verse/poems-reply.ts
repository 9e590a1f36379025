/** The answer of a command that made poems: each set with its tones, its facts, and where it came from. */
import type { InputWork, JobResult, Plan } from '../../kernel/index.ts';
import type { Poem } from '../../studios/text/index.ts';
import type { Door, Reply } from '../door.ts';
import { type Load, originLines } from '../origin.ts';
import { publicWorks } from '../public-json.ts';
import { wrap } from '../terminal/width.ts';
import { candidateTable } from './candidate-table.ts';
import { factsLine, proofNotes } from './facts.ts';
import { noveltyLines } from './novelty-lines.ts';
import { indent, poemSheet } from './poem-sheet.ts';

/** What was made, how long it took, and whether all numbers are wanted. */
export interface Made {
  readonly result: JobResult;
  readonly seconds: number;
  readonly explain: boolean;
}

/** Data and lines of the poems that a job made. */
export async function poemsReply(door: Door, { result, seconds, explain }: Made): Promise<Reply> {
  const os = await door.os();
  const load: Load = (id) => os.load(id);
  const loaded = await Promise.all(result.works.map((work) => load(work.id)));
  const lines: string[] = [];
  for (const [index, { work, document }] of loaded.entries()) {
    const poem = document as Poem;
    const label = loaded.length > 1 ? `${index + 1}/${loaded.length}  ` : '';
    lines.push(
      '',
      ...(await poemSheet(poem, door, label)),
      '',
      ...indent([
        factsLine(poem, work, door, { seconds, cached: result.cached }),
        ...noveltyLines(work).map(door.ink.quiet),
      ]),
    );
    if (explain) lines.push(...indent(proofNotes(poem.proof, door).map(door.ink.quiet)));
  }
  if (explain) {
    const kept = new Set(loaded.map(({ document }) => (document as Poem).lines.join()));
    lines.push('', ...indent(candidateTable(result.report, kept, door)));
  }
  lines.push(...(await originOf(loaded, load, door)), '');
  return { json: { works: await publicWorks(loaded) }, lines };
}

/** The tree of the poems, and what was understood of the brief. */
async function originOf(loaded: readonly InputWork[], load: Load, door: Door): Promise<string[]> {
  const [first, ...others] = loaded.map(({ work }) => work);
  if (first === undefined) return [];
  const os = await door.os();
  const tree = await originLines(await os.ancestors(first.id), load, door, others);
  if (tree.length === 1) return [];
  const parents = await Promise.all(first.parents.map(load));
  const notes = parents.flatMap(({ work, document }) => (work.medium === 'plan' ? (document as Plan).notes : []));
  const told = notes.flatMap((note) => wrap(note[door.language], door.columns - 4));
  return ['', ...indent([...tree, ...told].map(door.ink.quiet))];
}
