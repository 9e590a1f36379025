/** `repaint`: any picture, such as a photograph, painted over by a painter of the house. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { drawSeed, hexColours, numberIn, oneOf } from '../option-values.ts';

interface RepaintOptions {
  readonly painter?: (typeof PAINTERS)[number];
  readonly fineness?: number;
  readonly relief?: number;
  readonly grid?: number;
  readonly colours?: number;
  readonly palette?: readonly string[];
  readonly dither?: number;
  readonly line?: number;
  readonly grain?: number;
  readonly longest?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
}

const PAINTERS = ['oil', 'pixel', 'woodcut'] as const;

/** Adds the command. */
export function addRepaint(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const share = (name: string) => numberIn(`--${name}`, { min: 0, max: 1 });
  program
    .command('repaint')
    .description(say('repaint.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--painter <name>', say('repaint.painter'), oneOf('--painter', PAINTERS))
    .option('--fineness <0-1>', say('repaint.fineness'), share('fineness'))
    .option('--relief <0-1>', say('repaint.relief'), share('relief'))
    .option('--grid <n>', say('repaint.grid'), numberIn('--grid', { min: 24, max: 512, whole: true }))
    .option('--colours <n>', say('repaint.colours'), numberIn('--colours', { min: 2, max: 64, whole: true }))
    .option('--palette <hex,…>', say('repaint.palette'), hexColours('--palette', [2, 64]))
    .option('--dither <0-1>', say('repaint.dither'), share('dither'))
    .option('--line <width>', say('repaint.line'), numberIn('--line', { min: 0, max: 8 }))
    .option('--grain <0-1>', say('repaint.grain'), share('grain'))
    .option('--longest <pixels>', say('repaint.longest'), numberIn('--longest', { min: 64, max: 4096, whole: true }))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: RepaintOptions) => answer(() => repaint(door, picture, options)));
}

function repaint(
  door: Door,
  picture: string,
  { out, force, seed = drawSeed(), ...options }: RepaintOptions,
): Promise<Reply> {
  const working = door.say('repaint.working');
  return changePicture(door, picture, { op: 'image/repaint', options, seed, working, out, force });
}
