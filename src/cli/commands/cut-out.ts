/** `cut-out`: the subject of a picture without its background. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { type BoxOption, boxOption } from '../image/pixel-box.ts';
import { numberIn } from '../option-values.ts';

interface CutOutOptions {
  readonly mask?: string;
  readonly box?: BoxOption;
  readonly least?: number;
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
    .option('--least <0-1>', say('cutOut.least'), numberIn('--least', { min: 0, max: 1 }))
    .action((picture: string, options: CutOutOptions) => answer(() => cutOut(door, picture, options)));
}

async function cutOut(door: Door, picture: string, { mask, ...options }: CutOutOptions): Promise<Reply> {
  const inputs = [(await pictureWork(door, picture)).id];
  if (mask !== undefined) inputs.push((await pictureWork(door, mask)).id);
  const os = await door.os();
  const run = os.run({ op: 'image/cut-out', inputs, options, seed: 0, signal: door.world.signal });
  const result = await followJob(door, run, door.say('cutOut.working'));
  const { confidence } = result.report as { readonly confidence: number };
  const reply = await pictureReply(door, result);
  const sure = door.ink.quiet(`  ${door.say('cutOut.sure', { confidence: confidence.toFixed(2) })}`);
  return { json: { ...(reply.json as object), confidence }, lines: [...(reply.lines ?? []), sure, ''] };
}
