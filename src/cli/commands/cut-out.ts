/** `cut-out`: the subject of a picture without its background. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { type BoxOption, boxOption } from '../image/pixel-box.ts';
import { numberIn } from '../option-values.ts';

interface CutOutOptions {
  readonly mask?: string;
  readonly box?: BoxOption;
  readonly model?: string;
  readonly least?: number;
  readonly out?: string;
  readonly force?: boolean;
}

/** Adds the command. */
export function addCutOut(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('cut-out')
    .description(say('cutOut.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--mask <picture>', say('cutOut.mask'))
    .option('--box <x,y,w,h>', say('cutOut.box'), boxOption('--box'))
    .option('--model <name>', say('cutOut.model'))
    .option('--least <0-1>', say('cutOut.least'), numberIn('--least', { min: 0, max: 1 }))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: CutOutOptions) => answer(() => cutOut(door, picture, options)));
}

function cutOut(door: Door, picture: string, { mask, out, force, ...options }: CutOutOptions): Promise<Reply> {
  const told = (report: unknown): string[] => {
    const { confidence } = report as { readonly confidence: number };
    return [door.say('cutOut.sure', { confidence: confidence.toFixed(2) })];
  };
  return changePicture(door, picture, {
    op: 'image/cut-out',
    options,
    also: mask === undefined ? [] : [mask],
    seed: 0,
    working: door.say('cutOut.working'),
    reportAs: 'cutOut',
    told,
    out,
    force,
  });
}
