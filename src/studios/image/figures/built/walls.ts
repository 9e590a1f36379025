/** Walls: the garden wall with its moon gate, and the Great Wall that follows the ridges into the distance. */
import type { Point } from '../../raster/index.ts';
import { drawnIn, type Pen } from '../drafting/index.ts';
import { type Line, resample, smooth } from '../geometry/index.ts';
import { block } from './frame.ts';

/** 围墙: white, tiled along the top in waves, a round gate and lattice windows. */
export const drawGardenWall = drawnIn({ width: 240, height: 62, stretch: 1.4 }, (pen) => {
  const top = (x: number): number => 16 - 5 * Math.sin((x / 240) * 2 * Math.PI * 1.5 + 0.6);
  const line = Array.from({ length: 31 }, (_, i): Point => [i * 8, top(i * 8)]);
  pen.fill('wall', 'white-wall', [...line, [240, 62], [0, 62]], pen.colour ? { colour: pen.colour } : {});
  pen.fill('foot', 'grey-brick', block(0, 57, 240, 5), { texture: { kind: 'bricks', direction: 0, density: 0.5 } });
  pen.fill('moon-gate', pen.lit ? 'glow' : 'dark-leaf', 'O150 42 18 18', pen.lit ? { glow: 0.5 } : { opacity: 0.75 });
  pen.line('O150 42 19.5 19.5', 1.6, 0.8);
  for (const x of [42, 84, 204]) latticeWindow(pen, x, 36);
  pen.fill('coping', 'tile', [
    ...line.map(([x, y]): Point => [x, y - 6]),
    ...line.toReversed().map(([x, y]): Point => [x, y + 2]),
  ]);
  const count = Math.round(20 + 40 * pen.detail);
  for (let i = 0; i <= count; i++) {
    const x = (240 * i) / count;
    pen.line(
      [
        [x, top(x) - 5.6],
        [x, top(x) + 2],
      ],
      0.7,
      0.6,
    );
  }
  pen.line(
    line.map(([x, y]): Point => [x, y - 6.4]),
    1.6,
    0.85,
  );
});

function latticeWindow(pen: Pen, cx: number, cy: number): void {
  pen.fill(
    'lattice',
    'inside',
    [0, 1, 2, 3, 4, 5].map((i): Point => [cx + 9 * Math.cos((i * Math.PI) / 3), cy + 9 * Math.sin((i * Math.PI) / 3)]),
  );
  for (let i = -2; i <= 2; i++)
    pen.line(
      [
        [cx + i * 3, cy - 7 + Math.abs(i)],
        [cx + i * 3, cy + 7 - Math.abs(i)],
      ],
      0.7,
      0.7,
      { colour: '#e6dcc6' },
    );
  for (let i = -1; i <= 1; i++)
    pen.line(
      [
        [cx - 7, cy + i * 3.6],
        [cx + 7, cy + i * 3.6],
      ],
      0.7,
      0.7,
      { colour: '#e6dcc6' },
    );
}

/** 长城: from the near lower corner up and over ridge after ridge, narrowing, with a watchtower on every crest. */
export const drawGreatWall = drawnIn({ width: 172, height: 110, stretch: 1.4 }, (pen) => {
  const course = resample(
    smooth(
      [
        [2, 106],
        [26, 84],
        [52, 90],
        [76, 62],
        [92, 68],
        [104, 44],
        [116, 48],
        [126, 26],
        [136, 38],
        [149, 42],
      ],
      { steps: 8 },
    ),
    60,
  );
  hills(pen, course);
  const near = (i: number): number => (1 - i / (course.length - 1)) ** 1.3;
  const size = (i: number): number => 1.2 + 17 * near(i);
  const raised = course.map(([x, y], i): Point => [x, y - size(i)]);
  for (let i = course.length - 2; i >= 0; i--) {
    const [a, b, c, d] = [course[i]!, course[i + 1]!, raised[i + 1]!, raised[i]!];
    pen.fill('wall', 'grey-brick', [a, b, c, d], { lined: false });
    if (i % 2 === 0 && pen.detail > 0.15)
      pen.fill(
        'merlon',
        'grey-brick',
        block(d[0] - size(i) * 0.02, d[1] - size(i) * 0.18, size(i) * 0.2, size(i) * 0.24),
      );
  }
  pen.lines('edges', 'dark-stone');
  pen.line(raised, 0.8, 0.75, { pressure: [1, 0.8, 0.5, 0.3] });
  pen.line(course, 0.7, 0.5, { pressure: [1, 0.8, 0.5, 0.3] });
  pen.line(
    course.map(([x, y], i): Point => [x, y - size(i) * 0.45]),
    0.4,
    0.35,
    { role: 'texture', pressure: [1, 0.7, 0.3, 0] },
  );
  for (const i of [52, 42, 31, 9]) watchtower(pen, course[i]!, size(i));
});

function hills(pen: Pen, course: Line): void {
  const below = course.map(([x, y]): Point => [x, y - 1]);
  pen.fill('ridge', 'rock', [...below, [155, 58], [160, 66], [165, 88], [172, 110], [0, 110]], {
    form: 'slope',
    lined: false,
    texture: { kind: 'hemp', direction: 1, density: 0.5 },
  });
  const count = Math.round(10 + 40 * pen.detail);
  for (let i = 0; i < count; i++) {
    const at = course[Math.floor(pen.random.next() * course.length)]!;
    const drop = 4 + pen.random.next() * 22;
    const y = Math.min(104, at[1] + drop * pen.random.next());
    pen.line(
      [
        [at[0], y],
        [at[0] + 3, Math.min(108, y + drop * 0.3)],
        [at[0] + 8, Math.min(109, y + drop * 0.5)],
      ],
      0.9,
      0.35,
      { role: 'texture', pressure: [0.5, 1, 0.2] },
    );
  }
}

function watchtower(pen: Pen, [x, y]: Point, size: number): void {
  const [wide, high] = [size * 0.9, size * 1.75];
  pen.fill(
    'tower',
    'stone',
    [
      [x - wide * 0.5, y + size * 0.1],
      [x - wide * 0.46, y - high],
      [x + wide * 0.46, y - high],
      [x + wide * 0.5, y + size * 0.1],
    ],
    { form: 'round' },
  );
  for (const side of [-0.24, 0.1])
    pen.fill(
      'window',
      pen.lit ? 'glow' : 'dark',
      block(x + wide * side, y - high * 0.72, wide * 0.16, high * 0.2),
      pen.lit ? { glow: 0.8 } : {},
    );
  for (let i = 0; i < 4; i++)
    pen.fill(
      'merlon',
      'stone',
      block(x - wide * 0.48 + i * wide * 0.26, y - high - size * 0.2, wide * 0.17, size * 0.24),
    );
}
