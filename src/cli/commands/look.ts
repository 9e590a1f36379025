/** `look`: what your model that looks at pictures says of them, and how well words fit, the best first. */
import type { Command } from 'commander';

import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { preferredModel } from '../preferred-model.ts';
import { wrap } from '../terminal/width.ts';
import { indent } from '../verse/poem-sheet.ts';

interface LookOptions {
  readonly model?: string;
  readonly words?: string;
}

/** As `image/look` reports it. */
export interface Seen {
  readonly work: string;
  readonly title: string;
  readonly description?: string;
  readonly match?: number;
}

/** Adds the command. */
export function addLook(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('look')
    .description(say('look.summary'))
    .argument('<pictures...>', say('look.pictures'))
    .option('--words <text>', say('look.words'))
    .option('--model <name>', say('look.model'))
    .action((pictures: string[], options: LookOptions) => answer(() => look(door, pictures, options)));
}

async function look(door: Door, pictures: readonly string[], { words, ...options }: LookOptions): Promise<Reply> {
  const model = options.model ?? (await preferredModel(door, 'eye'));
  const inputs: string[] = [];
  for (const picture of pictures) inputs.push((await pictureWork(door, picture)).id);
  const os = await door.os();
  const wish = { model, ...(words !== undefined && { words }) };
  const run = os.run({ op: 'image/look', inputs, options: wish, seed: 0, signal: door.world.signal });
  const { report } = await followJob(door, run, door.say('look.working'));
  const { seen } = report as unknown as { readonly seen: readonly Seen[] };
  return { json: { look: report }, lines: ['', ...indent(seenLines(door, seen)), ''] };
}

/** One paragraph a picture: its name, how well the words fit, what is seen. */
export function seenLines({ ink, columns }: Door, seen: readonly Seen[]): string[] {
  return seen.flatMap(({ work, title, match, description }) => [
    [ink.accent(work.slice(0, 8)), ...(match === undefined ? [] : [match.toFixed(3)]), title].join('  '),
    ...(description ? wrap(description, columns - 8).map((line) => `    ${line}`) : []),
  ]);
}
