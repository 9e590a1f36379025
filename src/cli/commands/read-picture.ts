/** `read-picture`: how a picture file was generated, by any program that says so; the picture is kept as a work. */
import type { Command } from 'commander';
import type { Generation } from '../../studios/image/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { bringPicture } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { padEnd, wrap } from '../terminal/width.ts';
import { indent } from '../verse/poem-sheet.ts';

interface Report {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly generation: Generation | null;
  readonly again: boolean;
}

/** Adds the command. */
export function addReadPicture(program: Command, door: Door, answer: Answer): void {
  program
    .command('read-picture')
    .description(door.say('readPicture.summary'))
    .argument('<file>', door.say('readPicture.file'))
    .action((file: string) => answer(() => readPicture(door, file)));
}

async function readPicture(door: Door, file: string): Promise<Reply> {
  const { say, ink } = door;
  const { id } = await bringPicture(door, file);
  const os = await door.os();
  const run = os.run({ op: 'image/read', inputs: [id], seed: 0, signal: door.world.signal });
  const result = await followJob(door, run, say('paint.reading'));
  const { format, width, height, generation, again } = result.report as unknown as Report;
  const reply = await pictureReply(door, result);
  const told = generation ? factLines(door, generation) : [say('readPicture.none')];
  const hint = again ? ['', ink.quiet(say('readPicture.again', { file }))] : [];
  return {
    json: { ...reply.json, picture: { format, width, height, generation, again } },
    lines: [...reply.lines, ...indent([...told, ...hint]), ''],
  };
}

const LABEL = 20;

function factLines({ say, ink, columns }: Door, generation: Generation): string[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say('readPicture.source'), generation.source],
    [say('readPicture.prompt'), generation.prompt],
    [say('readPicture.negative'), generation.negative],
    [say('readPicture.seed'), generation.seed?.toString()],
    [say('readPicture.steps'), generation.steps?.toString()],
    [say('readPicture.cfg'), generation.cfg?.toString()],
    [say('readPicture.sampler'), generation.sampler],
    [say('readPicture.model'), generation.model],
    [say('readPicture.size'), generation.size?.join(' × ')],
  ];
  return facts.flatMap(([name, value]) => {
    if (!value) return [];
    const lines = printable(value)
      .split('\n')
      .flatMap((line) => wrap(line, columns - LABEL - 4));
    return lines.map((line, i) => `${ink.quiet(padEnd(i === 0 ? name : '', LABEL))}${line}`);
  });
}

/** Texts of strangers never steer the terminal. */
const printable = (text: string): string => text.slice(0, 4000).replace(/[^\P{Cc}\n]/gu, ' ');
