/** `check-verse` proves or refutes a poem's form; `repair` mends it with the fewest changes. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { JobResult } from '../../kernel/index.ts';
import type { Poem, Proof } from '../../studios/text/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { drawSeed, numberIn } from '../option-values.ts';
import { readPoemArgument, readStandardInput } from '../read-poem-argument.ts';
import { proofNotes, verdictOf, violationLines } from '../verse/facts.ts';
import { indent, poemSheet } from '../verse/poem-sheet.ts';
import { poemsReply } from '../verse/poems-reply.ts';

interface PoemOptions {
  readonly form?: string;
  readonly rhymeBook?: string;
  readonly title?: string;
  readonly rescue?: boolean;
  readonly seed?: number;
  readonly count?: number;
}

/** What `verse/repair` reports: the places it changed, and the poem as it was. */
interface RepairReport {
  readonly changes: readonly { readonly line: number; readonly place: number }[];
  readonly before: Poem;
}

const REFUTED = 1;

/** Adds both commands. */
export function addCheckVerse(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const takesPoem = (command: Command): Command =>
    command
      .argument('[poem]', say('check.poem'))
      .option('-f, --form <form>', say('check.form'))
      .option('--rhyme-book <book>', say('write.rhymeBook'))
      .option('--title <title>', say('write.title'));
  takesPoem(program.command('check-verse').description(say('check.summary')))
    .option('--no-rescue', say('check.noRescue'))
    .action((poem: string | undefined, options: PoemOptions) => answer(() => checkVerse(door, poem, options)));
  takesPoem(program.command('repair').description(say('repair.summary')))
    .option('-n, --count <n>', say('repair.count'), numberIn('--count', { min: 1, max: 10, whole: true }))
    .option('-s, --seed <n>', say('write.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((poem: string | undefined, options: PoemOptions) => answer(() => repair(door, poem, options)));
}

async function checkVerse(door: Door, argument: string | undefined, options: PoemOptions): Promise<Reply> {
  const { form, rhymeBook, title, rescue } = options;
  const text = await poemText(door, argument);
  const result = await run(
    door,
    { op: 'verse/check', options: { text, form, rhymeBook, title, rescue } },
    'check.working',
  );
  const poem = result.report as unknown as Poem;
  return {
    json: { check: checkJson(poem) },
    lines: ['', ...(await poemSheet(poem, door)), '', ...indent(proofLines(poem.proof, door)), ''],
    exitCode: poem.proof.valid ? 0 : REFUTED,
  };
}

/** The public JSON of a check. */
function checkJson({ title, form, rhymeBook, lines, proof }: Poem): object {
  return { valid: proof.valid, title, form, rhymeBook, lines, proof };
}

function proofLines(proof: Proof, door: Door): string[] {
  return [
    verdictOf(proof, door),
    ...violationLines(proof.violations, door),
    ...proofNotes(proof, door).map(door.ink.quiet),
  ];
}

async function repair(door: Door, argument: string | undefined, options: PoemOptions): Promise<Reply> {
  const started = performance.now();
  const { form, rhymeBook, title, count, seed } = options;
  const text = await poemText(door, argument);
  const request = { op: 'verse/repair', options: { text, form, rhymeBook, title, count }, seed: seed ?? drawSeed() };
  const result = await run(door, request, 'repair.working');
  const { changes, before } = result.report as unknown as RepairReport;
  if (result.works.length === 0) return unbroken(door, before);
  const made = await poemsReply(door, { result, seconds: (performance.now() - started) / 1000, explain: false });
  const mended = (await (await door.os()).load(result.works[0]!.id)).document as Poem;
  const swaps = changes.map(
    ({ line, place }) => `${[...before.lines[line]!][place]} → ${[...mended.lines[line]!][place]}`,
  );
  const was = violationLines(before.proof.violations, door);
  return {
    json: { ...made.json, repair: { changes, before: checkJson(before) } },
    lines: ['', ...indent([...was, door.say('repair.changed', { swaps: swaps.join('  ') })]), ...made.lines],
  };
}

async function unbroken(door: Door, poem: Poem): Promise<Reply> {
  return {
    json: { works: [], repair: { changes: [], before: checkJson(poem) } },
    lines: [
      '',
      ...(await poemSheet(poem, door)),
      '',
      ...indent([`${verdictOf(poem.proof, door)} · ${door.say('repair.nothing')}`]),
      '',
    ],
  };
}

async function run(
  door: Door,
  request: { readonly op: string; readonly options: object; readonly seed?: number | undefined },
  doing: 'check.working' | 'repair.working',
): Promise<JobResult> {
  const os = await door.os();
  return followJob(door, os.run({ ...request, signal: door.world.signal }), door.say(doing));
}

async function poemText({ world }: Door, argument: string | undefined): Promise<string> {
  const text = argument === undefined ? await readUnlessTerminal(world) : await readPoemArgument(world, argument);
  if (text.trim() === '') throw noPoem();
  return text;
}

function readUnlessTerminal(world: Door['world']): Promise<string> {
  return world.stdin.isTTY === true ? Promise.resolve('') : readStandardInput(world);
}

function noPoem(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/empty-poem',
    message: 'There is no poem to read.',
    hint: 'Give the poem itself, a text file, or - for standard input.',
    zh: { message: '没有可读的诗。', hint: '请给出诗的文字、文本文件，或用 - 表示标准输入。' },
  });
}
