/** `poster`: words are set on a picture as a poster or a book cover. */
import { type Command, Option } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { checkTargets, exportPictures } from '../image/export-pictures.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn } from '../option-values.ts';
import { indent } from '../verse/poem-sheet.ts';
import { getNamedWork } from './works.ts';

/** As the op `image/poster` has them. */
const FORMATS = ['book-cover', 'a4', 'a3', 'a2', 'square', 'wide'] as const;
const STYLES = ['brush', 'serif', 'sans'] as const;

interface PosterOptions {
  readonly poem?: string;
  readonly line?: readonly string[];
  readonly title?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly [option: string]: unknown;
}

/** Adds the command. */
export function addPoster(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const also = (line: string, before: readonly string[] = []): readonly string[] => [...before, line];
  program
    .command('poster')
    .description(say('poster.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--title <words>', say('poster.title'))
    .option('--subtitle <words>', say('poster.subtitle'))
    .option('--author <name>', say('poster.author'))
    .option('--date <words>', say('poster.date'))
    .option('--line <words>', say('poster.line'), also)
    .option('--poem <work>', say('poster.poem'))
    .addOption(new Option('--format <name>', say('poster.format')).choices([...FORMATS]))
    .option('--layout <name>', say('poster.layout'))
    .option('-n, --count <n>', say('poster.count'), numberIn('--count', { min: 1, max: 8, whole: true }))
    .addOption(new Option('--style <name>', say('poster.style')).choices([...STYLES]))
    .addOption(new Option('--ruby [kind]', say('poster.ruby')).choices(['pinyin', 'zhuyin']).preset('pinyin'))
    .option('--bleed <mm>', say('poster.bleed'), numberIn('--bleed', { min: 0, max: 20 }))
    .option('--dpi <n>', say('poster.dpi'), numberIn('--dpi', { min: 36, max: 600, whole: true }))
    .option('--longest <pixels>', say('poster.longest'), numberIn('--longest', { min: 200, max: 8192, whole: true }))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('poster.out'))
    .option('--force', say('export.force'))
    .action((picture: string, options: PosterOptions) => answer(() => poster(door, picture, options)));
}

async function poster(door: Door, picture: string, options: PosterOptions): Promise<Reply> {
  const { poem, line, out, force, seed = drawSeed(), ...wishes } = options;
  const target = out === undefined ? undefined : { out, force: force === true };
  if (target) checkTargets(target, Number(wishes.count ?? 1));
  if (wishes.title) door.speak(languageOf(wishes.title));
  const inputs = [(await pictureWork(door, picture)).id];
  if (poem !== undefined) inputs.push((await getNamedWork(door, poem)).id);
  const os = await door.os();
  const run = os.run({
    op: 'image/poster',
    inputs,
    options: { ...wishes, ...(line && { lines: line }) },
    seed,
    signal: door.world.signal,
  });
  const result = await followJob(door, run, door.say('poster.working'));
  const reply = await pictureReply(door, result);
  const facts = result.works.map(({ measures: { layout, format, contrast, pictureDpi } }) =>
    door.ink.quiet(
      door.say('poster.facts', {
        layout: `${layout}`,
        format: `${format}`,
        contrast: `${contrast}`,
        dpi: `${pictureDpi}`,
      }),
    ),
  );
  const exported =
    target &&
    (await exportPictures(
      door,
      result.works.map(({ id }) => id),
      target,
    ));
  return {
    json: { ...(reply.json as object), ...((exported?.json as object | undefined) ?? {}) },
    lines: [...reply.lines, ...indent(facts), '', ...(exported?.lines ?? [])],
  };
}
