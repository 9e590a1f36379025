/** `inpaint` and `outpaint`: parts of a picture made anew from the rest, within it or beyond its edges. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { type BoxOption, boxesOption, marginOption } from '../image/pixel-box.ts';
import { drawSeed, numberIn } from '../option-values.ts';

interface InpaintOptions {
  readonly mask?: string;
  readonly box?: readonly BoxOption[];
  readonly grow?: number;
  readonly seed?: number;
}

/** Adds the command. */
export function addInpaint(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('inpaint')
    .description(say('inpaint.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--mask <picture>', say('inpaint.mask'))
    .option('--box <x,y,w,h>', say('inpaint.box'), boxesOption('--box'))
    .option('--grow <pixels>', say('inpaint.grow'), numberIn('--grow', { min: 0, max: 64, whole: true }))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((picture: string, options: InpaintOptions) => answer(() => inpaint(door, picture, options)));
}

async function inpaint(door: Door, picture: string, options: InpaintOptions): Promise<Reply> {
  const { mask, box: boxes, grow, seed = drawSeed() } = options;
  const inputs = [(await pictureWork(door, picture)).id];
  if (mask !== undefined) inputs.push((await pictureWork(door, mask)).id);
  const os = await door.os();
  const run = os.run({ op: 'image/inpaint', inputs, options: { boxes, grow }, seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('inpaint.working')));
}

interface OutpaintOptions {
  readonly left?: number | string;
  readonly right?: number | string;
  readonly top?: number | string;
  readonly bottom?: number | string;
  readonly seed?: number;
}

/** Adds the command. */
export function addOutpaint(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('outpaint')
    .description(say('outpaint.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--left <more>', say('outpaint.more'), marginOption('--left'))
    .option('--right <more>', say('outpaint.more'), marginOption('--right'))
    .option('--top <more>', say('outpaint.more'), marginOption('--top'))
    .option('--bottom <more>', say('outpaint.more'), marginOption('--bottom'))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .action((picture: string, options: OutpaintOptions) => answer(() => outpaint(door, picture, options)));
}

async function outpaint(door: Door, picture: string, options: OutpaintOptions): Promise<Reply> {
  const { seed = drawSeed(), ...sides } = options;
  const small = await pictureWork(door, picture);
  const os = await door.os();
  const run = os.run({ op: 'image/outpaint', inputs: [small.id], options: sides, seed, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('outpaint.working')));
}
