/** `upscale`: a picture two or four times as large. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { oneOf } from '../option-values.ts';

interface UpscaleOptions {
  readonly times?: '2' | '4';
  readonly method?: 'network' | 'lanczos';
  readonly model?: string;
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
    .action((picture: string, options: UpscaleOptions) => answer(() => upscale(door, picture, options)));
}

async function upscale(door: Door, picture: string, { times, method, model }: UpscaleOptions): Promise<Reply> {
  const small = await pictureWork(door, picture);
  const os = await door.os();
  const options = { times: times && Number(times), method, model };
  const run = os.run({ op: 'image/upscale', inputs: [small.id], options, seed: 0, signal: door.world.signal });
  return pictureReply(door, await followJob(door, run, door.say('upscale.working')));
}
