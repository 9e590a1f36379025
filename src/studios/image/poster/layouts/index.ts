/** The layouts of posters. */
import { refusal } from '../../refusal.ts';
import type { Layout } from '../types.ts';
import { band } from './band.ts';
import { calm } from './calm.ts';
import { centred } from './centred.ts';
import { film } from './film.ts';
import { grid } from './grid.ts';
import { slip } from './slip.ts';
import { split } from './split.ts';
import { emptiness } from './void.ts';

/** All of them. */
export const LAYOUTS: readonly Layout[] = [slip, grid, centred, film, emptiness, calm, band, split];

/** A layout by its id. Throws `image/unknown-layout`. */
export function findLayout(id: string): Layout {
  const found = LAYOUTS.find((layout) => layout.id === id);
  if (found) return found;
  const ids = LAYOUTS.map((layout) => layout.id);
  throw refusal(
    'input',
    'image/unknown-layout',
    { en: `There is no layout “${id}”.`, zh: `没有版式“${id}”。` },
    { en: `Choose one of: ${ids.join(', ')}.`, zh: `可选：${ids.join('、')}。` },
  );
}
