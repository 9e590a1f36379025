/** `inpaint` and `outpaint`: parts of a picture made anew from the rest, within it or beyond its edges. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { type BoxOption, boxesOption, marginOption } from '../image/pixel-box.ts';
import { drawSeed, numberIn } from '../option-values.ts';

interface InpaintOptions {
  readonly mask?: string;
  readonly box?: readonly BoxOption[];
  readonly grow?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
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
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: InpaintOptions) => answer(() => inpaint(door, picture, options)));
}

function inpaint(door: Door, picture: string, options: InpaintOptions): Promise<Reply> {
  const { mask, box: boxes, seed = drawSeed(), out, force, ...rest } = options;
  return changePicture(door, picture, {
    op: 'image/inpaint',
    options: { ...rest, ...(boxes && { boxes }) },
    also: mask === undefined ? [] : [mask],
    seed,
    working: door.say('inpaint.working'),
    out,
    force,
  });
}

interface OutpaintOptions {
  readonly left?: number | string;
  readonly right?: number | string;
  readonly top?: number | string;
  readonly bottom?: number | string;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
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
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: OutpaintOptions) => answer(() => outpaint(door, picture, options)));
}

function outpaint(door: Door, picture: string, options: OutpaintOptions): Promise<Reply> {
  const { seed = drawSeed(), out, force, ...sides } = options;
  const working = door.say('outpaint.working');
  return changePicture(door, picture, { op: 'image/outpaint', options: sides, seed, working, out, force });
}
