/** `tile` makes a picture go on without a seam; `quilt` makes a larger surface of its look. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { changePicture } from '../image/change-picture.ts';
import { drawSeed, numberIn, pixelSize } from '../option-values.ts';

interface OutOptions {
  readonly out?: string;
  readonly force?: boolean;
}

interface TileOptions extends OutOptions {
  readonly overlap?: number;
  readonly repeat?: number;
  readonly longest?: number;
}

interface QuiltOptions extends OutOptions {
  readonly size?: readonly [number, number];
  readonly block?: number;
  readonly tile?: boolean;
  readonly seed?: number;
}

/** Adds both commands. */
export function addTile(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('tile')
    .description(say('tile.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--overlap <share>', say('tile.overlap'), numberIn('--overlap', { min: 0.05, max: 0.45 }))
    .option('--repeat <n>', say('tile.repeat'), numberIn('--repeat', { min: 1, max: 8, whole: true }))
    .option('--longest <pixels>', say('tile.longest'), numberIn('--longest', { min: 64, max: 4096, whole: true }))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: TileOptions) => answer(() => tile(door, picture, options)));
  program
    .command('quilt')
    .description(say('quilt.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--size <WxH>', say('quilt.size'), pixelSize('--size'))
    .option('--block <pixels>', say('quilt.block'), numberIn('--block', { min: 12, max: 512, whole: true }))
    .option('--tile', say('quilt.tile'))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('export.output'))
    .option('--force', say('export.force'))
    .action((picture: string, options: QuiltOptions) => answer(() => quilt(door, picture, options)));
}

function tile(door: Door, picture: string, { out, force, ...options }: TileOptions): Promise<Reply> {
  const told = (report: unknown): string[] => {
    const { seam, before } = report as Record<'seam' | 'before', { readonly edge: number }>;
    return [door.say('tile.seam', { seam: seam.edge.toFixed(2), before: before.edge.toFixed(2) })];
  };
  const working = door.say('tile.working');
  return changePicture(door, picture, {
    op: 'image/tile',
    options,
    seed: 0,
    working,
    reportAs: 'tile',
    told,
    out,
    force,
  });
}

function quilt(
  door: Door,
  picture: string,
  { out, force, seed = drawSeed(), ...options }: QuiltOptions,
): Promise<Reply> {
  return changePicture(door, picture, {
    op: 'image/texture',
    options,
    seed,
    working: door.say('quilt.working'),
    out,
    force,
  });
}
