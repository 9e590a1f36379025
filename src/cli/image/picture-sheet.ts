/** A picture as it stands in the terminal: title, how it was made, and a view of it where there is colour. */
import type { InputWork } from '../../kernel/index.ts';
import type { Door } from '../door.ts';
import { halfBlocks } from '../terminal/half-blocks.ts';
import { wantsColour } from '../terminal/ink.ts';
import { pictureProtocol, showPicture } from '../terminal/terminal-picture.ts';
import { indent } from '../verse/poem-sheet.ts';

/** Columns and rows of the view. */
const COLUMNS = 56;
const ROWS = 26;
/** Pixels a side of the view where the terminal shows pictures. */
const SIDE = 640;

/** Who made it, and what an engine took for it. */
interface Made {
  readonly painter?: string;
  readonly engine?: string;
  readonly cost?: { readonly amount: number; readonly currency: string };
}

/** Lines about one picture; `label` numbers it among several. */
export async function pictureSheet(work: InputWork, door: Door, label = ''): Promise<string[]> {
  const { ink, say, world, columns } = door;
  const { id, title, measures, record } = work.work;
  const coloured = wantsColour(world.stdout.isTTY === true, world.env);
  const view = coloured ? await viewIn(door, work, Math.min(COLUMNS, columns - 4)) : [];
  const { painter = '', engine = '', cost } = measures as Made;
  const spent = cost ? say('perform.cost', { ...cost }) : '';
  const facts = [painter, engine, spent, say('poem.seed', { seed: record.seed }), id.slice(0, 8)].filter(Boolean);
  return [
    ...indent([`${ink.quiet(label)}${ink.title(title)}`]),
    ...(view.length > 0 ? ['', ...indent(view), ''] : []),
    ...indent([ink.quiet(facts.join(' · '))]),
  ];
}

/** The picture itself where the terminal can show it, else in half blocks. */
async function viewIn({ world }: Door, { bytes }: InputWork, columns: number): Promise<string[]> {
  // Loaded with the first picture: other commands need not wait for it.
  const { pngViewOf, viewOf } = await import('../../studios/image/index.ts');
  const protocol = pictureProtocol(world.env);
  if (!protocol) return halfBlocks(await viewOf(bytes, columns, ROWS * 2));
  const { png, width, height } = await pngViewOf(bytes, SIDE);
  // A cell is about twice as high as wide.
  return [showPicture(png, Math.min(columns, Math.round((ROWS * 2 * width) / height)), protocol)];
}
