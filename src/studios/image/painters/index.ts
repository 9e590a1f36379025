/** The painters of the house, each named here once. */
import { refusal } from '../refusal.ts';
import { abstractPainter } from './abstract/abstract-painter.ts';
import { gongbiPainter } from './gongbi/gongbi-painter.ts';
import { inkPainter } from './ink/ink-painter.ts';
import { linePainter } from './line/line-painter.ts';
import { nightPainter } from './night/night-painter.ts';
import { oilPainter } from './oil/oil-painter.ts';
import { pixelPainter } from './pixel/pixel-painter.ts';
import type { Painter } from './types.ts';
import { watercolourPainter } from './watercolour/watercolour-painter.ts';
import { woodcutPainter } from './woodcut/woodcut-painter.ts';

export const PAINTERS: readonly Painter[] = [
  inkPainter,
  gongbiPainter,
  watercolourPainter,
  oilPainter,
  woodcutPainter,
  pixelPainter,
  linePainter,
  abstractPainter,
  nightPainter,
];

/** Manners that a brief may name and another painter knows best. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 'night-sky': 'night', watercolor: 'watercolour' };

/** A painter by id or by its name in either language. Throws `image/unknown-painter`. */
export function findPainter(name: string): Painter {
  const said = name.trim().toLowerCase();
  const wanted = OTHER_NAMES[said] ?? said;
  const found = PAINTERS.find(({ id, names }) => [id, names.en.toLowerCase(), names.zh].includes(wanted));
  if (found) return found;
  const known = PAINTERS.map(({ id, names }) => `${id} ${names.zh}`).join(', ');
  throw refusal(
    'input',
    'image/unknown-painter',
    { en: `There is no painter '${name}'.`, zh: `没有名为“${name}”的画法。` },
    { en: `Choose one of: ${known}.`, zh: `可选：${known}。` },
  );
}

export { plotSvg } from './line/line-painter.ts';
export { renderPlain } from './plain/index.ts';
export type { Painter, PaintJob } from './types.ts';
