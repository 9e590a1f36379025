/** What abstract drawers share: a square design, and colours of the composition's own palette. */
import { mixHex } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { shade } from '../marks.ts';
import type { Drawer } from '../types.ts';

/** Side of the design of every abstract form. */
export const SIDE = 100;

export const abstractIn = (draw: (pen: Pen) => void): Drawer =>
  drawnIn({ width: SIDE, height: SIDE, stretch: 4, afloat: true }, draw);

/** Five colours that go together: asked for or of the palette, main ones first, the accent last. */
export function coloursOf(pen: Pen): string[] {
  const { main, accent, dark } = pen.context.composition.palette;
  const first = pen.colour ?? main[0] ?? '#6f8fa8';
  const second = main[1] ?? mixHex(first, accent, 0.5);
  return [first, second, mixHex(first, dark, 0.45), shade(second, 0.4), accent];
}
