/** `paint --grid` and `paint --batch`: many pictures at once, compared on a sheet, or one after another. */
import type { Work } from '../../kernel/index.ts';
import type { Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { publicWorks } from '../public-json.ts';
import { indent } from '../verse/poem-sheet.ts';
import { type Axis, type Cell, cellOf, parseGrid } from './grid.ts';
import { paintByName } from './paint-sketch.ts';
import type { Words } from './paint-words.ts';
import { pictureReply } from './picture-reply.ts';

/** What every picture shares. */
export type Shared = Pick<Words, 'negative' | 'wildcards' | 'from'> & {
  readonly wishes: object;
  /** What paints where the painter is `ink-quick`. */
  readonly model?: string | undefined;
};

/** Paints every cell of a grid and lays the pictures on a contact sheet. Throws `cli/bad-grid` and what painting throws. */
export async function paintGrid(
  door: Door,
  { typed, seed, wishes, grid, ...shared }: Shared & Cell & { readonly grid: string },
): Promise<Reply> {
  const axes = parseGrid(grid);
  const places = placesOf(axes);
  const cells = places.map((at) => cellOf({ typed, seed, wishes: { ...wishes, count: 1 } }, axes, at));
  const works: Work[] = [];
  for (const [i, cell] of cells.entries()) {
    const doing = door.say('paint.nth', { n: i + 1, of: cells.length });
    works.push((await paintByName(door, { ...shared, ...cell }, doing)).works[0]!);
  }
  const os = await door.os();
  const [across, down, blocks] = [0, 1, 2].map((i) => labelsOf(axes[i]));
  const options = { title: typed.slice(0, 400), across, down, blocks };
  const inputs = works.map(({ id }) => id);
  const run = os.run({ op: 'image/contact-sheet', inputs, options, seed, signal: door.world.signal });
  const sheet = await followJob(door, run, door.say('paint.sheet'));
  const reply = await pictureReply(door, sheet);
  const cellsJson = works.map(({ id }, i) => ({
    id,
    values: Object.fromEntries(axes.map(({ name, values }, a) => [name, values[places[i]![a]!]!])),
  }));
  const rows = cellsJson.map(
    ({ id, values }) =>
      `${door.ink.accent(id.slice(0, 8))}  ${Object.entries(values)
        .map((pair) => pair.join('='))
        .join(' · ')}`,
  );
  return { json: { ...reply.json, grid: cellsJson }, lines: [...reply.lines, ...indent(rows), ''] };
}

/** Row by row within block by block: the first axis runs fastest. */
function placesOf(axes: readonly Axis[]): number[][] {
  const [x, y, z] = [0, 1, 2].map((i) => axes[i]?.values.length ?? 1);
  const place = (nth: number): number[] => [nth % x!, Math.floor(nth / x!) % y!, Math.floor(nth / (x! * y!))];
  return Array.from({ length: x! * y! * z! }, (_, nth) => place(nth).slice(0, axes.length));
}

const labelsOf = (axis: Axis | undefined): string[] =>
  axis?.values.map((value) => (axis.name === 'prompt' ? value : `${axis.name} ${value}`)) ?? [''];

/** Paints one brief a line; lines that are empty or begin with # are passed over. */
export async function paintBatch(
  door: Door,
  lines: readonly string[],
  { seed, ...shared }: Shared & { readonly seed: number },
): Promise<Reply> {
  const briefs = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const painted: Work[] = [];
  for (const [i, typed] of briefs.entries()) {
    const doing = door.say('paint.nth', { n: i + 1, of: briefs.length });
    painted.push(...(await paintByName(door, { ...shared, typed, seed }, doing)).works);
  }
  const os = await door.os();
  const loaded = await Promise.all(painted.map(({ id }) => os.load(id)));
  const rows = painted.map(({ id, title }) => `${door.ink.accent(id.slice(0, 8))}  ${title}`);
  return { json: { works: await publicWorks(loaded) }, lines: ['', ...indent(rows), ''] };
}
