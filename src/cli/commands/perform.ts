/** `perform`: a sound model of the artist's plays, sings or speaks. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { InputWork } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn } from '../option-values.ts';
import { publicWorks } from '../public-json.ts';
import { readStandardInput } from '../read-poem-argument.ts';
import { indent } from '../verse/poem-sheet.ts';
import { checkTarget, exportWork } from './export.ts';
import { getNamedWork } from './works.ts';

interface PerformOptions {
  readonly model?: string;
  readonly about?: string;
  readonly text?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly [option: string]: unknown;
}

/** Adds the command. */
export function addPerform(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('perform')
    .description(say('perform.summary'))
    .argument('[words...]', say('perform.words'))
    .option('--model <name>', say('perform.model'))
    .option('--about <work>', say('perform.about'))
    .option('--text <words>', say('perform.text'))
    .option('--seconds <n>', say('perform.seconds'), numberIn('--seconds', { min: 1, max: 600 }))
    .option('-n, --count <n>', say('paint.count'), numberIn('--count', { min: 1, max: 8, whole: true }))
    .option('--steps <n>', say('paint.steps'), numberIn('--steps', { min: 1, max: 500, whole: true }))
    .option('--guidance <n>', say('paint.guidance'), numberIn('--guidance', { min: 0, max: 50 }))
    .option('-s, --seed <n>', say('compose.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('texture.out'))
    .option('--force', say('export.force'))
    .action((words: string[], options: PerformOptions) => answer(() => perform(door, words.join(' '), options)));
}

async function perform(door: Door, words: string, given: PerformOptions): Promise<Reply> {
  const { model, about, text, out, force = false, seed = drawSeed(), ...more } = given;
  if (words !== '') door.speak(languageOf(words));
  if (out !== undefined) checkTarget(out, force);
  const os = await door.os();
  const name = model ?? (await os.defaults()).sound;
  if (name === undefined) throw noModel();
  const inputs = about === undefined ? [] : [(await getNamedWork(door, about)).id];
  const said = text === '-' ? await readStandardInput(door.world) : text;
  const options = { ...more, words, model: name, text: said };
  const run = os.run({ op: 'music/perform', inputs, options, seed, signal: door.world.signal });
  const { works, report } = await followJob(door, run, door.say('perform.working'));
  const { notes } = report as { readonly notes: readonly { readonly en: string; readonly zh: string }[] };
  const { id } = works[0]!;
  const written = out === undefined ? undefined : await exportWork(door, id, { out, force });
  const loaded = await Promise.all(works.map((work) => os.load(work.id)));
  const told = notes.map((note) => note[door.language]);
  const hear = door.ink.quiet(door.say('perform.hear', { id: id.slice(0, 8) }));
  return {
    json: { works: await publicWorks(loaded), notes: told, ...(written?.json as object) },
    lines: [
      ...loaded.flatMap((one) => ['', ...indent(sheet(door, one))]),
      ...indent(told.map(door.ink.quiet)),
      '',
      ...indent(written ? [...written.lines] : [hear]),
      '',
    ],
  };
}

/** What of the work's measures is shown. */
interface Facts {
  readonly seconds: number;
  readonly engine: string;
  readonly asked: { readonly words: string; readonly text: string };
  readonly cost?: { readonly amount: number; readonly currency: string };
}

function sheet({ ink, say }: Door, { work }: InputWork): string[] {
  const { seconds, engine, asked, cost } = work.measures as unknown as Facts;
  const facts = say('perform.facts', { seconds: seconds.toFixed(1), engine });
  const spent = cost ? [say('perform.cost', { ...cost })] : [];
  return [
    ink.title(work.title),
    ...[asked.words, ...asked.text.split('\n')].filter((line) => line !== ''),
    '',
    ink.quiet([facts, ...spent, say('poem.seed', { seed: work.record.seed }), work.id.slice(0, 8)].join(' · ')),
  ];
}

function noModel(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-argument',
    message: 'No sound model was named, and none is preferred.',
    hint: 'Name one with --model, or prefer one: llmagentos models default sound NAME.',
    zh: {
      message: '没有指定声音模型，也没有首选。',
      hint: '请用 --model 指定，或设为首选：llmagentos models default sound 名称。',
    },
  });
}
