/** `lines`: a drawing cleaned, or the lines of a painting or photograph; as a picture, or as paths. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { numberIn, oneOf } from '../option-values.ts';

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

function lines(door: Door, picture: string, { out, force, ...options }: LinesOptions): Promise<Reply> {
  const working = door.say('lines.working');
  return changePicture(door, picture, { op: 'image/lines', options, seed: 0, working, reportAs: 'lines', out, force });
}
