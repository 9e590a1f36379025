/** `works` lists what was made, `show` shows one work, `lineage` what it came from and what came of it. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { InputWork, LineageNode, Plan, Work } from '../../kernel/index.ts';
import type { Poem, Prose } from '../../studios/text/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { critiques, measureLines } from '../image/picture-measures.ts';
import { pictureSheet } from '../image/picture-sheet.ts';
import { musicSheet } from '../music/music-sheet.ts';
import { numberIn } from '../option-values.ts';
import { offspringLines, originLines, sayMedium } from '../origin.ts';
import { prosePage } from '../prose/prose-reply.ts';
import { publicWorks } from '../public-json.ts';
import { formatTable } from '../terminal/table.ts';
import { fit, wrap } from '../terminal/width.ts';
import { factsLine, proofNotes, violationLines } from '../verse/facts.ts';
import { noveltyLines } from '../verse/novelty-lines.ts';
import { indent, poemSheet } from '../verse/poem-sheet.ts';
import { byMeaning, type Comparable } from '../works-by-meaning.ts';

interface ListOptions {
  readonly limit: number;
  readonly medium?: string;
  readonly like?: string;
  readonly among: number;
}

/** Adds the three commands. */
export function addWorks(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('works')
    .description(say('works.summary'))
    .option('-n, --limit <n>', say('works.limit'), numberIn('--limit', { min: 1, max: 10_000, whole: true }), 20)
    .option('--medium <medium>', say('works.medium'))
    .option('--like <words>', say('works.like'))
    .option('--among <n>', say('works.among'), numberIn('--among', { min: 1, max: 10_000, whole: true }), 500)
    .action((options: ListOptions) =>
      answer(() => (options.like ? worksLike(door, options) : listWorks(door, options))),
    );
  program
    .command('show')
    .description(say('show.summary'))
    .argument('<work>', say('show.work'))
    .action((id: string) => answer(() => show(door, id)));
  program
    .command('lineage')
    .description(say('lineage.summary'))
    .argument('<work>', say('show.work'))
    .action((id: string) => answer(() => lineage(door, id)));
}

/** The work that a person named: by id, by the beginning of one, or `last`. Throws `cli/no-works`, `storage/work-missing`, `storage/ambiguous-id`. */
export async function getNamedWork(door: Door, name: string): Promise<Work> {
  const { works } = await door.os();
  if (name !== 'last') return works.get(name);
  const verse = await works.list({ limit: 50 });
  const latest = verse.find((work) => work.medium !== 'plan') ?? verse[0];
  if (latest !== undefined) return latest;
  throw new OsError({
    kind: 'missing',
    code: 'cli/no-works',
    message: 'Nothing has been made yet.',
    hint: 'Make something first: llmagentos "写一首关于星空的诗"',
    zh: { message: '还没有作品。', hint: '先做一件：llmagentos "写一首关于星空的诗"' },
  });
}

async function listWorks(door: Door, { limit, medium }: ListOptions): Promise<Reply> {
  const os = await door.os();
  const works = await os.works.list({ limit, ...(medium === undefined ? {} : { medium }) });
  const loaded = await Promise.all(works.map((work) => os.load(work.id)));
  const rows = loaded.map((each) => rowOf(door, each));
  return {
    json: { works: await publicWorks(loaded) },
    lines: rows.length === 0 ? [door.say('works.none')] : formatTable(rows),
  };
}

function rowOf(door: Door, loaded: InputWork): string[] {
  const { id, createdAt, medium } = loaded.work;
  return [
    door.ink.accent(id.slice(0, 8)),
    door.ink.quiet(localTime(createdAt)),
    sayMedium(medium, door.say),
    fit(firstWords(loaded), Math.max(20, door.columns - 42)),
  ];
}

/** The newest works, those first that mean what is asked; plans only where they are asked for. */
async function worksLike(door: Door, { limit, medium, like = '', among }: ListOptions): Promise<Reply> {
  const os = await door.os();
  const works = await os.works.list({ limit: among, ...(medium === undefined ? {} : { medium }) });
  const wanted = works.filter((work) => medium !== undefined || work.medium !== 'plan');
  const loaded = await Promise.all(wanted.map((work) => os.load(work.id)));
  const compared = (await publicWorks(loaded)) as Comparable[];
  const { by, nearest } = await byMeaning(os, { query: like, works: compared, signal: door.world.signal });
  const shown = nearest.slice(0, limit);
  const found = shown.map(({ work }) => loaded.find((each) => each.work.id === work)!);
  const rows = found.map((each, i) => [shown[i]!.likeness.toFixed(2), ...rowOf(door, each)]);
  const told = door.ink.quiet(door.say('works.alike', { model: by, n: loaded.length }));
  return {
    json: { works: await publicWorks(found), meaning: { by, nearest: shown } },
    lines: rows.length === 0 ? [door.say('works.none')] : [...formatTable(rows), '', told],
  };
}

async function show(door: Door, name: string): Promise<Reply> {
  const os = await door.os();
  const loaded = await os.load((await getNamedWork(door, name)).id);
  const origin = await originLines(await os.ancestors(loaded.work.id), (id) => os.load(id), door);
  const body = await pageOf(loaded, door);
  return {
    json: {
      works: await publicWorks([loaded]),
      ...(loaded.work.medium === 'picture' && { critique: await critiques([loaded], door) }),
    },
    // A tree of one says nothing that the page does not.
    lines: ['', ...body, ...(origin.length === 1 ? [] : ['', ...indent(origin.map(door.ink.quiet))]), ''],
  };
}

async function pageOf(loaded: InputWork, door: Door): Promise<string[]> {
  if (loaded.work.medium === 'verse') return versePage(loaded, door);
  if (loaded.work.medium === 'music') return musicSheet(loaded, door);
  if (loaded.work.medium === 'picture') {
    return [...(await pictureSheet(loaded, door)), ...(await measureLines(loaded.work.id, door))];
  }
  return loaded.work.medium === 'prose' ? prosePage(loaded, door) : otherPage(loaded, door);
}

async function versePage({ work, document }: InputWork, door: Door): Promise<string[]> {
  const poem = document as Poem;
  const notes = [door.say('poem.legend'), ...proofNotes(poem.proof, door)].flatMap((note) =>
    wrap(note, door.columns - 4),
  );
  return [
    ...(await poemSheet(poem, door)),
    '',
    ...indent([
      factsLine(poem, work, door),
      ...noveltyLines(work).map(door.ink.quiet),
      ...violationLines(poem.proof.violations, door),
      ...notes.map(door.ink.quiet),
    ]),
  ];
}

function otherPage({ work, document }: InputWork, door: Door): string[] {
  const { ink, language } = door;
  const heading = `${ink.title(work.title || work.id)}  ${ink.quiet(`${sayMedium(work.medium, door.say)} ${work.id}`)}`;
  const notes = work.medium === 'plan' ? (document as Plan).notes.map((note) => note[language]) : [];
  return indent([heading, ...notes.flatMap((note) => wrap(note, door.columns - 4))]);
}

async function lineage(door: Door, name: string): Promise<Reply> {
  const os = await door.os();
  const { id } = await getNamedWork(door, name);
  const load = (each: string) => os.load(each);
  const [before, after] = [await os.ancestors(id), await os.descendants(id)];
  const lines = await originLines(before, load, door);
  const offspring = after.next.length === 0 ? [] : ['', ...(await offspringLines(after, load, door))];
  return {
    json: { lineage: { ancestors: nodeJson(before), descendants: nodeJson(after) } },
    lines: ['', ...indent([...lines, ...offspring]), ''],
  };
}

interface NodeJson {
  readonly id: string;
  readonly medium: string;
  readonly title: string;
  readonly next: readonly NodeJson[];
}

function nodeJson({ work, next }: LineageNode): NodeJson {
  return { id: work.id, medium: work.medium, title: work.title, next: next.map(nodeJson) };
}

function firstWords({ work, document }: InputWork): string {
  if (work.medium === 'verse') return `《${work.title}》${(document as Poem).lines.slice(0, 2).join('，')}`;
  if (work.medium === 'prose') return (document as Prose).text.trim().replace(/\s+/g, ' ');
  return work.medium === 'plan' ? (document as Plan).brief.replace(/\s+/g, ' ') : work.title;
}

/** `2026-11-22 14:05` in the machine's time zone. */
function localTime(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE').slice(0, 16);
}
