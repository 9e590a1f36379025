/** `restyle`: one picture in the manner of another. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { drawSeed, numberIn } from '../option-values.ts';

interface RestyleOptions {
  readonly like: string;
  readonly strength?: number;
  readonly keepColours?: boolean;
  readonly coloursOnly?: boolean;
  readonly mask?: string;
  readonly layer?: string;
  readonly longest?: number;
  readonly seed?: number;
}

/** Adds the command. */
export function addRestyle(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('restyle')
    .description(say('restyle.summary'))
    .argument('<picture>', say('restyle.content'))
    .requiredOption('--like <picture>', say('restyle.like'))
    .option('--strength <0-1>', say('restyle.strength'), numberIn('--strength', { min: 0, max: 1 }))
    .option('--keep-colours', say('restyle.keepColours'))
    .option('--colours-only', say('restyle.coloursOnly'))
    .option('--mask <picture>', say('restyle.mask'))
    .option('--layer <name>', say('restyle.layer'))
    .option('--longest <pixels>', say('restyle.longest'), numberIn('--longest', { min: 64, max: 2048, whole: true }))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((picture: string, options: RestyleOptions) => answer(() => restyle(door, picture, options)));
}

async function restyle(door: Door, picture: string, options: RestyleOptions): Promise<Reply> {
  const { like, mask, seed = drawSeed(), ...settings } = options;
  const content = await pictureWork(door, picture);
  const style = await pictureWork(door, like);
  const where = mask === undefined ? [] : [await pictureWork(door, mask)];
  const os = await door.os();
  const run = os.run({
    op: 'image/restyle',
    inputs: [content, style, ...where].map(({ id }) => id),
    options: settings,
    seed,
    signal: door.world.signal,
  });
  return pictureReply(door, await followJob(door, run, door.say('restyle.working')));
}
