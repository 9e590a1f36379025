/** `palette`: the colours of a picture with their names and what goes with them; or the picture in other colours. */
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Bilingual } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { pictureWork } from '../image/picture-argument.ts';
import { pictureReply } from '../image/picture-reply.ts';
import { numberIn, oneOf } from '../option-values.ts';
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
    .option('--recolour <hex,…>', say('palette.recolour'), hexColours)
    .option('-s, --seed <n>', say('paint.seed'), numberIn('--seed', { min: 0, max: 2 ** 53 - 1, whole: true }))
    .option('-o, --out <file>', say('palette.out'))
    .option('--force', say('export.force'))
    .action((picture: string, options: PaletteOptions) => answer(() => palette(door, picture, options)));
}

/** `#rgb` and `#rrggbb`, between commas or spaces. Throws `cli/bad-colour`. */
function hexColours(text: string): readonly string[] {
  const words = text.split(/[\s,，、]+/).filter((word) => word !== '');
  const bad = words.find((word) => !/^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(word));
  if (bad === undefined && words.length > 0 && words.length <= 12) return words.map(longHex);
  throw new OsError({
    kind: 'input',
    code: 'cli/bad-colour',
    message: `--recolour takes 1 to 12 colours such as #2f4f3a,#e8d0d8, not “${bad ?? text}”.`,
    hint: 'Write colours as # and six digits 0–9 a–f.',
    zh: {
      message: `--recolour 要一至十二个颜色，如 #2f4f3a,#e8d0d8，不能是“${bad ?? text}”。`,
      hint: '颜色写作 # 加六位 0–9 a–f。',
    },
  });
}

function longHex(word: string): string {
  const digits = word.replace('#', '').toLowerCase();
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
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
