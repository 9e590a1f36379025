/** 摩天轮: a wheel of spokes with cabins that hang level, on two legs. */
import type { Point } from '../../raster/index.ts';
import { drawnIn } from '../drafting/index.ts';
import { ellipse } from '../geometry/index.ts';

const CABINS = ['red-metal', 'yellow-metal', 'blue-metal', 'green-metal'] as const;

export const drawFerrisWheel = drawnIn({ width: 110, height: 120 }, (pen) => {
  const [cx, cy, r] = [55, 54, 46];
  const count = 12;
  const at = (i: number, reach: number): Point => [
    cx + reach * Math.cos((i / count) * 2 * Math.PI + 0.13),
    cy + reach * Math.sin((i / count) * 2 * Math.PI + 0.13),
  ];
  pen.lines('legs', 'iron');
  pen.line('M55 54 L32 120 M55 54 L78 120 M40 97 L70 97', 2, 0.7, { pressure: [1, 1] });
  pen.lines('spokes', 'steel');
  for (let i = 0; i < count; i++) pen.line([[cx, cy], at(i, r)], 0.6, 0.6, { pressure: [1, 1] });
  for (const reach of [r, r * 0.93])
    pen.line([...ellipse([cx, cy], reach, reach, 0, 48), [cx + reach, cy]], 1, 0.75, { pressure: [1, 1] });
  for (let i = 0; i < count * 2; i++) pen.line([at(i / 2, r), at(i / 2 + 0.5, r * 0.93)], 0.5, 0.6);
  for (let i = 0; i < count; i++) {
    const [x, y] = at(i, r);
    pen.fill(
      'cabin',
      CABINS[i % CABINS.length]!,
      `M${x - 4} ${y + 3} Q${x} ${y - 1} ${x + 4} ${y + 3} L${x + 3.4} ${y + 9} Q${x} ${y + 11} ${x - 3.4} ${y + 9} Z`,
      { form: 'round' },
    );
    pen.fill('pane', pen.lit ? 'glow' : 'glass', `R${x - 2.8} ${y + 3.2} 5.6 2.8`, pen.lit ? { glow: 0.9 } : {});
    if (pen.lit) pen.fill('lamp', 'white-light', `O${x} ${y} 1 1`, { glow: 1, lined: false });
  }
  pen.fill('hub', 'red-metal', `O${cx} ${cy} 4 4`, { form: 'round' });
  pen.fill('base', 'stone', 'M24 120 L28 115 H82 L86 120 Z');
});
