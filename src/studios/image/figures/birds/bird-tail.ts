/** Tails of birds, from the vent backwards. */
import type { Point } from '../../raster/index.ts';
import { type Coat, coat } from '../anatomy/index.ts';
import { bow, ellipse, petal, ribbon, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Bird } from './types.ts';

interface Tail extends Bird {
  readonly root: Point;
  /** Radians backwards along the body. */
  readonly back: number;
  readonly long: number;
  readonly own: Coat;
}

/** Draws the tail of a plumage. */
export function drawBirdTail(bird: Bird): void {
  const { plumage, breast, vent, stage, flying } = bird;
  const [kind, long] = plumage.tail;
  const thick = plumage.body[1];
  const back = Math.atan2(vent[1] - breast[1], vent[0] - breast[0]);
  const root: Point = [vent[0] + Math.cos(back) * thick * 0.45, vent[1] + Math.sin(back) * thick * 0.45 - thick * 0.1];
  const colour = stage.placed.colour ? shade(stage.placed.colour, -0.15) : (plumage.tailColour ?? plumage.wing);
  const tail: Tail = { ...bird, root, back, long, own: coat('feather', colour) };
  if (flying && kind === 'cock') {
    TAILS.fan!(tail);
    return;
  }
  TAILS[kind]?.(tail);
}

const feather = ({ stage, root, back, own }: Tail, turn: number, long: number, wide: number, options = {}): void =>
  stage.fill('tail', own, petal(root, back + turn, long, wide, { widest: 0.75, point: 0.1, foot: 0.4, ...options }));

const TAILS: Readonly<Record<string, (tail: Tail) => void>> = {
  plain: (tail) => {
    const spread = tail.flying ? 0.18 : 0.07;
    for (const turn of [spread, -spread, 0]) feather(tail, turn, tail.long + 10, tail.long * 0.3 + 4);
  },
  long: (tail) => {
    for (const [turn, share] of [
      [0.1, 0.72],
      [-0.1, 0.72],
      [0, 1],
    ] as const)
      feather(tail, turn, tail.long * share + 8, 9, { point: 0.4 });
  },
  fan: (tail) => {
    const spread = tail.flying ? 0.42 : 0.14;
    for (let i = -3; i <= 3; i++) feather(tail, (i / 3) * spread, tail.long + 10, tail.long * 0.3);
  },
  fork: (tail) => {
    for (const turn of [0.2, -0.16]) feather(tail, turn, tail.long, 7, { point: 1, widest: 0.25, bend: turn * 0.5 });
    feather(tail, 0, tail.long * 0.45, 10);
  },
  up: (tail) => {
    for (const turn of [0.2, 0.45, 0.7])
      feather(tail, tail.flying ? turn - 0.45 : turn, tail.long + 9, tail.long * 0.45 + 4, { point: 0.6 });
  },
  plume: (tail) => {
    for (const turn of [-0.55, -0.3, -0.05])
      feather(tail, tail.flying ? turn + 0.3 : turn, tail.long + 10, 11, { point: 0.6, bend: -0.2 });
  },
  puff: ({ stage, root, long, own }) => {
    for (const [x, y] of [
      [-0.3, -0.3],
      [-0.6, 0.1],
      [-0.2, 0.4],
    ] as const)
      stage.fill('tail', own, ellipse([root[0] + x * long, root[1] + y * long], long * 0.5, long * 0.42));
  },
  cock: ({ stage, root, long, own }) => {
    const bows: readonly (readonly [number, number, number])[] = [
      [-0.75, 0.5, 0.75],
      [-1.0, 0.25, 0.9],
      [-1.02, -0.1, 1],
      [-0.9, -0.45, 1],
      [-0.7, -0.75, 0.9],
    ];
    for (const [i, [x, y, share]] of bows.entries()) {
      const tip: Point = [root[0] + x * long * share, root[1] + y * long * share - long * 0.1];
      const line = smooth(
        [
          root,
          [root[0] - long * 0.2, root[1] - long * (0.75 - i * 0.02) * share],
          [root[0] + x * long * 0.72 * share, root[1] - long * 0.72 + y * long * 0.24],
          tip,
        ],
        { steps: 7 },
      );
      const colour = i % 2 === 0 ? own.colour : shade(own.colour, 0.2);
      stage.fill(
        'tail',
        coat('feather', colour),
        ribbon(line, (s) => 1 + 6.5 * Math.sin(Math.PI * Math.min(1, s + 0.05)) * (1 - s * 0.3)),
      );
    }
  },
  display: ({ stage, root, long, own, plumage }) => {
    for (let i = 0; i < 13; i++) {
      const angle = -Math.PI * 0.5 - 0.35 + ((i - 6) / 6) * 1.15;
      stage.fill(
        'tail',
        own,
        petal([root[0] + 16, root[1] + 4], angle, long * 1.3, long * 0.26, { widest: 0.85, point: 0, foot: 0.3 }),
      );
      const end: Point = [root[0] + 16 + Math.cos(angle) * long * 1.16, root[1] + 4 + Math.sin(angle) * long * 1.16];
      stage.line(
        bow(
          [end[0] + Math.sin(angle) * long * 0.11, end[1] - Math.cos(angle) * long * 0.11],
          [end[0] - Math.sin(angle) * long * 0.11, end[1] + Math.cos(angle) * long * 0.11],
          0.1,
        ),
        3,
        0.8,
        { colour: plumage.bars ?? '#d9c9a8', pressure: [1, 1] },
      );
    }
  },
  streamers: ({ stage, root, back, long, own }) => {
    for (const [turn, share] of [
      [-0.16, 0.7],
      [0.06, 1],
      [-0.04, 0.86],
    ] as const) {
      const end: Point = [
        root[0] + Math.cos(back + turn) * long * share,
        Math.min(-3, root[1] + Math.sin(back + turn) * long * share * 0.8),
      ];
      const line = bow(root, end, -0.06, 18);
      stage.fill(
        'tail',
        own,
        ribbon(line, (s) => 4.4 * (1 - s) + 0.5),
      );
      for (let i = 2; i < 16; i += 2)
        stage.line(
          [
            [line[i]![0], line[i]![1] - 3 * (1 - i / 18)],
            [line[i]![0] + 1, line[i]![1] + 3 * (1 - i / 18)],
          ],
          1,
          0.7,
          { colour: shade(own.colour, -0.5), from: 0.05 },
        );
    }
  },
  train: (tail) => {
    const open = tail.stage.is('dancing', 'open', 'standing') || !tail.flying;
    const rows = open
      ? [
          [1, 17],
          [0.76, 15],
          [0.52, 11],
        ]
      : [
          [1, 5],
          [0.76, 5],
          [0.52, 3],
        ];
    for (const [share, count] of rows as [number, number][]) drawEyes(tail, share, count, open);
  },
  phoenix: ({ stage, root, back, long, own }) => {
    const tints = [own.colour, '#f0b83a', '#2f8a7a', own.colour, '#e2702e'];
    for (const [i, tint] of tints.entries()) {
      const lift = (i - 2) * 0.2;
      const at = (u: number, v: number): Point => [
        root[0] + Math.cos(back + lift) * long * u,
        root[1] + Math.sin(back + lift) * long * u * 0.6 + v * long,
      ];
      const line = smooth(
        [root, at(0.3, 0.02 + lift * 0.2), at(0.6, -0.1 + lift * 0.3), at(0.85, 0.06), at(1, -0.04 + lift * 0.3)],
        { steps: 8 },
      );
      stage.fill(
        'tail',
        coat('feather', stage.placed.colour ? shade(stage.placed.colour, lift) : tint),
        ribbon(line, (s) => 2 + 5 * Math.sin(Math.PI * s) ** 2),
      );
      const end = line.at(-1)!;
      stage.fill(
        'eye',
        coat('feather', '#f0b83a'),
        petal([end[0] + 6, end[1]], Math.PI + lift, 26, 15, { point: 0.7 }),
      );
      stage.fill('eye', coat('feather', '#2f6f8a'), ellipse([end[0] - 6, end[1]], 5, 3.6, lift), { lined: false });
    }
  },
};

/** One row of the peacock's eyes, spread as a wheel or trailing. */
function drawEyes({ stage, root, back, long, plumage }: Tail, share: number, count: number, open: boolean): void {
  const green = stage.placed.colour ?? '#3f8f5f';
  for (let i = 0; i < count; i++) {
    const t = count === 1 ? 0 : i / (count - 1) - 0.5;
    const angle = open ? -Math.PI / 2 - 0.1 + t * 3.0 : back + t * 0.35;
    const from: Point = open ? [root[0] + plumage.body[1] * 0.9, root[1] - 4] : root;
    const end: Point = [
      from[0] + Math.cos(angle) * long * share,
      Math.min(-4, from[1] + Math.sin(angle) * long * share),
    ];
    stage.fill(
      'tail',
      coat('feather', shade(green, -0.12 + 0.12 * share)),
      petal(
        from,
        Math.atan2(end[1] - from[1], end[0] - from[0]),
        Math.hypot(end[0] - from[0], end[1] - from[1]) + 5,
        long * 0.17 * share + 5,
        { widest: 0.86, point: 0, foot: 0.15 },
      ),
    );
    stage.fill('eye', coat('feather', '#c9a23a'), ellipse(end, 5.6 * share + 1.4, 6.4 * share + 1.4), { lined: false });
    stage.fill('eye', coat('feather', '#1f5f9a'), ellipse(end, 3.4 * share + 1, 3.8 * share + 1), { lined: false });
  }
}
