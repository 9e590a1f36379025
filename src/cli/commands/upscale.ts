/** `upscale`: a picture two or four times as large. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { oneOf } from '../option-values.ts';

interface UpscaleOptions {
  readonly times?: '2' | '4';
  readonly method?: 'network' | 'lanczos';
  readonly model?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** Adds the command. */
export function addUpscale(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('upscale')
    .description(say('upscale.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--times <2|4>', say('upscale.times'), oneOf('--times', ['2', '4']))
    .option('--method <name>', say('upscale.method'), oneOf('--method', ['network', 'lanczos']))
    .option('--model <name>', say('upscale.model'))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: UpscaleOptions) => answer(() => upscale(door, picture, options)));
}

function upscale(door: Door, picture: string, { times, out, force, ...options }: UpscaleOptions): Promise<Reply> {
  return changePicture(door, picture, {
    op: 'image/upscale',
    options: { ...options, ...(times && { times: Number(times) }) },
    seed: 0,
    working: door.say('upscale.working'),
    out,
    force,
  });
}
