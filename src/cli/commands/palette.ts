/** `palette`: the colours of a picture with their names and what goes with them; or the picture in other colours. */
import type { Command } from 'commander';
import type { Bilingual } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { hexColours, numberIn, oneOf } from '../option-values.ts';
import { wantsColour } from '../terminal/ink.ts';
import { padEnd } from '../terminal/width.ts';
import { indent } from '../verse/poem-sheet.ts';
import { checkTarget, exportWork } from './export.ts';

interface PaletteOptions {
  readonly colours?: number;
  readonly harmony?: string;
  readonly recolour?: readonly string[];
  readonly out?: string;
  readonly force?: boolean;
  readonly seed?: number;
}

interface Named {
  readonly hex: string;
  readonly share?: number;
  readonly names: { readonly plain: Bilingual; readonly traditional: Bilingual };
}

interface Report {
  readonly colours: readonly Named[];
  readonly others?: readonly Named[];
}

const HARMONIES = ['complementary', 'analogous', 'triad', 'split', 'tetrad'] as const;

/** Adds the command. */
export function addPalette(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('palette')
    .description(say('palette.summary'))
    .argument('<picture>', say('restyle.content'))
    .option('--colours <n>', say('palette.colours'), numberIn('--colours', { min: 1, max: 24, whole: true }))
    .option('--harmony <name>', say('palette.harmony'), oneOf('--harmony', HARMONIES))
    .option('--recolour <hex,…>', say('palette.recolour'), hexColours('--recolour', [1, 12]))
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('palette.out'))
    .option('--force', say('export.force'))
    .action((picture: string, options: PaletteOptions) => answer(() => palette(door, picture, options)));
}

async function palette(
  door: Door,
  picture: string,
  { recolour, seed = 0, out, force = false, ...wishes }: PaletteOptions,
): Promise<Reply> {
  if (out !== undefined) checkTarget(out, force);
  const { id } = await pictureWork(door, picture);
  const os = await door.os();
  const op = recolour ? 'image/recolour' : 'image/palette';
  const options = recolour ? { colours: recolour } : wishes;
  const run = os.run({ op, inputs: [id], options, seed, signal: door.world.signal });
  const result = await followJob(door, run, door.say('palette.working'));
  const reply = await pictureReply(door, result);
  const written = out === undefined ? undefined : await exportWork(door, result.works[0]!.id, { out, force });
  const report = result.report as unknown as Report;
  const table = recolour ? [] : ['', ...indent(rowsOf(door, report))];
  return {
    json: { ...(reply.json as object), palette: report, ...(written?.json as object) },
    lines: [...(recolour ? reply.lines : table), ...(written ? ['', ...indent([...written.lines])] : []), ''],
  };
}

/** One line a colour; those that go with them after a blank line. */
function rowsOf(door: Door, { colours, others = [] }: Report): string[] {
  const row = (colour: Named): string => rowOf(door, colour);
  return [...colours.map(row), ...(others.length > 0 ? ['', ...others.map(row)] : [])];
}

function rowOf({ ink, language, world }: Door, { hex, share, names }: Named): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const coloured = wantsColour(world.stdout.isTTY === true, world.env);
  const block = coloured ? `\u001b[48;2;${r};${g};${b}m    \u001b[0m ` : '';
  const part = share === undefined ? '' : `${(share * 100).toFixed(1)} %`;
  const old = language === 'zh' ? names.traditional.zh : `${names.traditional.en} ${names.traditional.zh}`;
  return `${block}${hex}  ${padEnd(part, 8)}${padEnd(names.plain[language], 18)}${ink.quiet(old)}`;
}
