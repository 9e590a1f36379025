/** `blend`: two pictures in one, by a layer mode and a mask, or grown into each other without a seam. */
import { type Command, Option } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { numberIn } from '../option-values.ts';
import { checkTarget, exportWork } from './export.ts';

/** As the op `image/blend` has them. */
const WAYS = ['normal', 'multiply', 'screen', 'overlay', 'soft-light', 'darken', 'lighten', 'seamless', 'mixed'];
const SHAPES = ['all', 'left', 'right', 'top', 'bottom', 'centre'];

interface BlendOptions {
  readonly mask?: string;
  readonly x?: number;
  readonly y?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly [option: string]: unknown;
}

/** Adds the command. */
export function addBlend(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const share = (name: string, min = 0) => numberIn(name, { min, max: 1 });
  program
    .command('blend')
    .description(say('blend.summary'))
    .argument('<first>', say('restyle.content'))
    .argument('<second>', say('blend.second'))
    .addOption(new Option('--way <name>', say('blend.way')).choices(WAYS))
    .addOption(new Option('--shape <name>', say('blend.shape')).choices(SHAPES))
    .option('--mask <picture>', say('blend.mask'))
    .option('--softness <0-1>', say('blend.softness'), share('--softness'))
    .option('--strength <0-1>', say('blend.strength'), share('--strength'))
    .option('--scale <0-1>', say('blend.scale'), share('--scale', 0.02))
    .option('--x <0-1>', say('blend.x'), share('--x'))
    .option('--y <0-1>', say('blend.y'), share('--y'))
    .option('--longest <pixels>', say('blend.longest'), numberIn('--longest', { min: 64, max: 4096, whole: true }))
    .option('-o, --out <file>', say('palette.out'))
    .option('--force', say('export.force'))
    .action((first: string, second: string, options: BlendOptions) =>
      answer(() => blend(door, [first, second], options)),
    );
}

async function blend(door: Door, pictures: readonly string[], options: BlendOptions): Promise<Reply> {
  const { mask, x = 0.5, y = 0.5, out, force = false, ...wishes } = options;
  if (out !== undefined) checkTarget(out, force);
  const inputs: string[] = [];
  for (const picture of [...pictures, ...(mask === undefined ? [] : [mask])])
    inputs.push((await pictureWork(door, picture)).id);
  const os = await door.os();
  const run = os.run({
    op: 'image/blend',
    inputs,
    options: { ...wishes, at: [x, y] },
    seed: 0,
    signal: door.world.signal,
  });
  const result = await followJob(door, run, door.say('blend.working'));
  const reply = await pictureReply(door, result);
  const exported = out === undefined ? undefined : await exportWork(door, result.works[0]!.id, { out, force });
  return {
    json: { ...(reply.json as object), ...(exported?.json as object | undefined) },
    lines: [...reply.lines, ...(exported?.lines ?? [])],
  };
}
