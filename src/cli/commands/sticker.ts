/** `sticker`: words become small pictures of things; or a picture, all of it or a part, is changed by words. */
import { type Command, Option } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { languageOf } from '../language.ts';
import { drawSeed, numberIn } from '../option-values.ts';
import { indent } from '../verse/poem-sheet.ts';

interface StickerOptions {
  readonly from?: string;
  readonly mask?: string;
  readonly negative?: string;
  readonly seed?: number;
  readonly [option: string]: unknown;
}

/** What the op reports, as far as it is shown. */
interface Report {
  readonly stickers: readonly {
    readonly clean: boolean;
    readonly nearest?: {
      readonly name: string;
      readonly source: string;
      readonly distance: number;
      readonly copy: boolean;
    };
  }[];
  readonly guessed: readonly string[];
  readonly unknown: readonly string[];
}

/** Adds the command. */
export function addSticker(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('sticker')
    .description(say('sticker.summary'))
    .argument('[words...]', say('sticker.words'))
    .option('--negative <words>', say('sticker.negative'))
    .addOption(new Option('--style <style>', say('sticker.style')).choices(['flat', '3d', 'icon']))
    .option('--guidance <n>', say('sticker.guidance'), numberIn('--guidance', { min: 0, max: 12 }))
    .option('--steps <n>', say('sticker.steps'), numberIn('--steps', { min: 2, max: 100, whole: true }))
    .option('--count <n>', say('sticker.count'), numberIn('--count', { min: 1, max: 16, whole: true }))
    .option('--from <picture>', say('sticker.from'))
    .option('--strength <share>', say('sticker.strength'), numberIn('--strength', { min: 0, max: 1 }))
    .option('--mask <picture>', say('sticker.mask'))
    .option('--between <words>', say('sticker.between'))
    .option('--size <pixels>', say('sticker.size'), numberIn('--size', { min: 32, max: 1024, whole: true }))
    .option('--model <name>', say('sticker.model'))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((words: string[], options: StickerOptions) => answer(() => sticker(door, words.join(' '), options)));
}

async function sticker(door: Door, words: string, options: StickerOptions): Promise<Reply> {
  const { from, mask, negative, seed = drawSeed(), ...settings } = options;
  if (words !== '') door.speak(languageOf(words));
  if (mask !== undefined && from === undefined) throw maskAlone();
  const given = from === undefined ? [] : [from, ...(mask === undefined ? [] : [mask])];
  const inputs: string[] = [];
  for (const picture of given) inputs.push((await pictureWork(door, picture)).id);
  const os = await door.os();
  const run = os.run({
    op: 'image/sticker',
    inputs,
    options: { words, ...(negative === undefined ? {} : { without: negative }), ...settings },
    seed,
    signal: door.world.signal,
  });
  const result = await followJob(door, run, door.say('sticker.working'));
  const reply = await pictureReply(door, result);
  const report = result.report as unknown as Report;
  return { json: { ...(reply.json as object), sticker: report }, lines: [...reply.lines, ...notes(door, report)] };
}

function maskAlone(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/mask-alone',
    message: '--mask says which part of a picture is made anew, but there is no picture.',
    hint: 'Name it with --from.',
    zh: { message: '--mask 指明图中要重画的部分，但没有给出图片。', hint: '请用 --from 指定图片。' },
  });
}

/** What it did not know, and what it has learned from that comes nearest. */
function notes({ ink, say, language }: Door, { stickers, guessed, unknown }: Report): string[] {
  const join = (words: readonly string[]): string => words.join(language === 'zh' ? '、' : ', ');
  const near = stickers.flatMap(({ nearest }) => (nearest ? [nearest] : []));
  const lines = [
    ...(unknown.length > 0 ? [say('sticker.unknown', { words: join(unknown) })] : []),
    ...(guessed.length > 0 ? [say('sticker.guessed', { words: join(guessed) })] : []),
    ...near.map(({ name, source, copy }) =>
      say(copy ? 'sticker.copy' : 'sticker.nearest', { name: source === '' ? name : `${name} (${source})` }),
    ),
    ...(stickers.every(({ clean }) => clean) ? [] : [say('sticker.notClean')]),
    say('sticker.small'),
  ];
  return [...indent(lines.map(ink.quiet)), ''];
}
