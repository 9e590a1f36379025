/** `lines`: a drawing cleaned, or the lines of a painting or photograph; as a picture, or as paths. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { numberIn, oneOf } from '../option-values.ts';
import { indent } from '../verse/poem-sheet.ts';
import { checkTarget, exportWork } from './export.ts';

interface LinesOptions {
  readonly mode?: string;
  readonly detail?: number;
  readonly thickness?: number;
  readonly longest?: number;
  readonly out?: string;
  readonly force?: boolean;
}

/** Adds the command. */
export function addLines(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('lines')
    .description(say('lines.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--mode <way>', say('lines.mode'), oneOf('--mode', ['clean', 'extract']))
    .option('--detail <0-1>', say('lines.detail'), numberIn('--detail', { min: 0, max: 1 }))
    .option('--thickness <pixels>', say('lines.thickness'), numberIn('--thickness', { min: 0.5, max: 20 }))
    .option('--longest <pixels>', say('lines.longest'), numberIn('--longest', { min: 64, max: 4096, whole: true }))
    .option('-o, --out <file>', say('lines.out'))
    .option('--force', say('export.force'))
    .action((picture: string, options: LinesOptions) => answer(() => lines(door, picture, options)));
}

async function lines(door: Door, picture: string, { out, force = false, ...options }: LinesOptions): Promise<Reply> {
  if (out !== undefined) checkTarget(out, force);
  const { id } = await pictureWork(door, picture);
  const os = await door.os();
  const run = os.run({ op: 'image/lines', inputs: [id], options, seed: 0, signal: door.world.signal });
  const result = await followJob(door, run, door.say('lines.working'));
  const reply = await pictureReply(door, result);
  const written = out === undefined ? undefined : await exportWork(door, result.works[0]!.id, { out, force });
  return {
    json: { ...(reply.json as object), lines: result.report, ...(written?.json as object) },
    lines: [...reply.lines, ...(written ? [...indent([...written.lines]), ''] : [])],
  };
}
