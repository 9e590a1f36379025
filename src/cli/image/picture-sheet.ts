/** A picture as it stands in the terminal: title, how it was made, and a small view of it in half blocks where there is colour. */
import type { InputWork } from '../../kernel/index.ts';

import type { Door } from '../door.ts';
import { wantsColour } from '../terminal/ink.ts';
import { indent } from '../verse/poem-sheet.ts';

/** Columns of the view. */
const COLUMNS = 56;
const ROWS = 26;

/** Lines about one picture; `label` numbers it among several. */
export async function pictureSheet(work: InputWork, door: Door, label = ''): Promise<string[]> {
  const { ink, say, world, columns } = door;
  const { id, title, measures, record } = work.work;
  const coloured = wantsColour(world.stdout.isTTY === true, world.env);
  const view = coloured ? await halfBlocks(work, Math.min(COLUMNS, columns - 4)) : [];
  const facts = [`${measures.painter ?? ''}`, say('poem.seed', { seed: record.seed }), id.slice(0, 8)].filter(Boolean);
  return [
    ...indent([`${ink.quiet(label)}${ink.title(title)}`]),
    ...(view.length > 0 ? ['', ...indent(view), ''] : []),
    ...indent([ink.quiet(facts.join(' · '))]),
  ];
}

/** Two pixels to a character: the upper as the colour of ▀, the lower as its ground. */
async function halfBlocks(work: InputWork, columns: number): Promise<string[]> {
  // Loaded with the first picture: other commands need not wait for it.
  const { viewOf } = await import('../../studios/image/index.ts');
  const { width, height, data } = await viewOf(work.bytes, columns, ROWS * 2);
  const channels = (x: number, y: number): string => {
    const at = (Math.min(y, height - 1) * width + x) * 4;
    return `${data[at]};${data[at + 1]};${data[at + 2]}`;
  };
  return Array.from({ length: Math.ceil(height / 2) }, (_, row) => {
    const cells = Array.from(
      { length: width },
      (_, x) => `\u001b[38;2;${channels(x, row * 2)}m\u001b[48;2;${channels(x, row * 2 + 1)}m▀`,
    );
    return `${cells.join('')}\u001b[0m`;
  });
}
