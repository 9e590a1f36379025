/** `similar`: the pictures that come nearest to one, with a picture of them side by side. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { numberIn } from '../option-values.ts';
import { formatTable } from '../terminal/table.ts';
import { indent } from '../verse/poem-sheet.ts';
import { checkTarget, exportWork } from './export.ts';

interface SimilarOptions {
  readonly count: number;
  readonly among: number;
  readonly out?: string;
  readonly force?: boolean;
}

interface Alike {
  readonly work: string;
  readonly title: string;
  readonly likeness: number;
  readonly hashDistance: number;
}

/** Adds the command. */
export function addSimilar(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('similar')
    .description(say('similar.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('-n, --count <n>', say('similar.count'), numberIn('--count', { min: 1, max: 6, whole: true }), 4)
    .option('--among <n>', say('similar.among'), numberIn('--among', { min: 1, max: 10_000, whole: true }), 500)
    .option('-o, --out <file>', say('similar.out'))
    .option('--force', say('export.force'))
    .action((picture: string, options: SimilarOptions) => answer(() => similar(door, picture, options)));
}

async function similar(
  door: Door,
  picture: string,
  { count, among, out, force = false }: SimilarOptions,
): Promise<Reply> {
  if (out !== undefined) checkTarget(out, force);
  const { id } = await pictureWork(door, picture);
  const os = await door.os();
  const nearest = await nearestWorks(door, id, { count, among });
  const run = os.run({
    op: 'image/similar',
    inputs: [id, ...nearest],
    options: {},
    seed: 0,
    signal: door.world.signal,
  });
  const result = await followJob(door, run, door.say('similar.working'));
  const { alike } = result.report as unknown as { readonly alike: readonly Alike[] };
  const reply = await pictureReply(door, result);
  const exported = out === undefined ? undefined : await exportWork(door, result.works[0]!.id, { out, force });
  const rows = alike.map(({ work, title, likeness }) => [
    door.ink.accent(work.slice(0, 8)),
    likeness.toFixed(2),
    title,
  ]);
  return {
    json: { similar: { work: id, alike }, ...(reply.json as object), ...(exported?.json as object | undefined) },
    lines: ['', ...indent(formatTable(rows)), ...reply.lines, ...(exported?.lines ?? [])],
  };
}

/** Ids of the kept pictures that come nearest; sheets made by this command are passed over. Throws `cli/nothing-to-compare`. */
async function nearestWorks(
  door: Door,
  id: string,
  { count, among }: { count: number; among: number },
): Promise<string[]> {
  const os = await door.os();
  const { rankPictures } = await import('../../studios/image/index.ts');
  const works = await os.works.list({ limit: among, medium: 'picture' });
  const others = works.filter((work) => work.id !== id && work.record.op !== 'image/similar');
  const ranked = await rankPictures(
    (await os.load(id)).bytes,
    others.map((work) => work.id),
    async (other) => {
      door.world.signal.throwIfAborted();
      return (await os.load(other)).bytes;
    },
  );
  if (ranked.length > 0) return ranked.slice(0, count).map(({ id: other }) => other);
  throw new OsError({
    kind: 'missing',
    code: 'cli/nothing-to-compare',
    message: 'There is no other picture to compare with.',
    hint: 'Paint or bring another first: llmagentos paint "…"',
    zh: { message: '没有别的画可比。', hint: '先画或带入另一幅：llmagentos paint "……"' },
  });
}
