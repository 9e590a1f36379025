/** Tails, from the upper end of the rump backwards. */
import type { Point } from '../../raster/index.ts';
import { coat, toned } from '../anatomy/index.ts';
import { ellipse, petal, ribbon, smooth } from '../geometry/index.ts';
import { PRESSURE, shade } from '../marks.ts';
import type { Beast } from './beast.ts';

/** Draws the tail of a build. */
export function drawTail(beast: Beast): void {
  const { build, posture, stage, skin } = beast;
  const [kind, length] = build.tail;
  const [x, y] = posture.rump;
  const r = build.trunk[2];
  const low = posture.gait === 'sitting' || posture.gait === 'lying' || posture.gait === 'sleeping';
  const fast = posture.gait === 'running' || posture.gait === 'leaping';
  const root: Point = low ? [x - r * 0.8, y + r * 0.25] : [x - r * 0.72, y - r * 0.5];
  const own = coat(
    kind === 'flame' ? 'fire' : 'hair',
    stage.placed.colour ? shade(stage.placed.colour, -0.2) : (build.tailColour ?? build.coat),
  );
  TAILS[kind]?.({ ...beast, root, length, low, fast, own: { ...own }, skin });
}

interface TailWish extends Beast {
  readonly root: Point;
  readonly length: number;
  readonly low: boolean;
  readonly fast: boolean;
  readonly own: ReturnType<typeof coat>;
}

/** A line from the root by steps in shares of the length, backwards and down; it never sinks into the ground. */
function lineFrom(
  { root: [x, y], length }: TailWish,
  steps: readonly (readonly [back: number, down: number])[],
): Point[] {
  return smooth(
    [[x, y], ...steps.map(([back, down]): Point => [x - back * length, Math.min(-2.5, y + down * length)])],
    { steps: 8 },
  );
}

const TAILS: Readonly<Record<string, (wish: TailWish) => void>> = {
  horse: (wish) => {
    const { stage, own, fast } = wish;
    const line = lineFrom(
      wish,
      fast
        ? [
            [0.4, -0.1],
            [0.8, 0.02],
            [1.25, 0.2],
          ]
        : [
            [0.2, 0.06],
            [0.32, 0.45],
            [0.3, 1],
          ],
    );
    stage.fill(
      'tail',
      own,
      ribbon(line, (share) => 2.5 + 8 * Math.sin(Math.PI * Math.min(1, share * 0.86 + 0.06)) * (1 - 0.35 * share)),
    );
    for (const by of [-3, 0, 3])
      stage.line(
        line.slice(6).map(([x, y], i): Point => [x + by * Math.sin(i / 7), y + i * 0.05]),
        0.9,
        0.6,
        { role: 'hair', from: 0.15, pressure: PRESSURE.hemp },
      );
  },
  tuft: (wish) => {
    const { stage, own, skin } = wish;
    const line = lineFrom(
      wish,
      wish.low
        ? [
            [0.3, 0.2],
            [0.7, 0.3],
          ]
        : [
            [0.12, 0.2],
            [0.16, 0.55],
            [0.12, 0.85],
          ],
    );
    stage.fill(
      'tail',
      skin,
      ribbon(line, (share) => 2.6 - share),
    );
    const end = line.at(-1)!;
    stage.fill(
      'tuft',
      own,
      petal([end[0], end[1] - 2], wish.low ? Math.PI - 0.3 : 1.5, 16, 9, { point: 0.8, widest: 0.45 }),
    );
  },
  short: ({ stage, root, length, skin, build }) => {
    stage.fill(
      'tail',
      coat(skin.material, build.tailColour ?? skin.colour),
      petal(root, Math.PI + 0.35, length, length * 0.55, { point: 0.6, widest: 0.4, foot: 0.5 }),
    );
  },
  stub: ({ stage, root, length, skin }) => stage.fill('tail', toned(skin, -0.1), ellipse(root, length, length * 0.8)),
  puff: ({ stage, root, length, skin }) =>
    stage.fill('tail', toned(skin, 0.3), ellipse([root[0] - 2, root[1] + 6], length, length)),
  pig: ({ stage, root: [x, y], skin }) => {
    const curl = Array.from(
      { length: 22 },
      (_, i): Point => [x - 2 - i * 0.55 - 3.6 * Math.sin(i * 0.62), y - 1 - 3.6 * Math.cos(i * 0.62)],
    );
    stage.fill(
      'tail',
      toned(skin, -0.1),
      ribbon(curl, () => 1.3),
    );
  },
  cat: (wish) => {
    const steps = wish.low
      ? [
          [0.2, 0.3],
          [0.42, 0.25],
          [0.55, 0.02],
          [0.48, -0.2],
        ]
      : [
          [0.26, 0.16],
          [0.5, 0.4],
          [0.76, 0.34],
          [0.88, 0.08],
        ];
    const { stage, build, skin } = wish;
    const line = lineFrom(wish, steps as [number, number][]);
    stage.fill(
      'tail',
      skin,
      ribbon(line, (share) => 4.6 - share * 1.2),
    );
    const [kind, dark] = build.pattern ?? [];
    if (!kind || !dark) return;
    for (let i = 10; i < line.length - 1; i += 5)
      stage.line(
        [
          [line[i]![0] - 1, line[i]![1] - 4],
          [line[i]![0] + 1, line[i]![1] + 4],
        ],
        2.2,
        0.8,
        { colour: dark },
      );
  },
  ringed: (wish) => {
    const line = lineFrom(
      wish,
      wish.low
        ? [
            [0.5, 0.3],
            [1, 0.25],
          ]
        : [
            [0.35, 0.2],
            [0.8, 0.45],
            [1.05, 0.35],
          ],
    );
    wish.stage.fill(
      'tail',
      wish.own,
      ribbon(line, (share) => 5 + 6 * Math.sin(Math.PI * (0.12 + 0.76 * share))),
    );
    for (let i = 6; i < line.length - 1; i += 5)
      wish.stage.line(
        [
          [line[i]![0] - 3, line[i]![1] - 9],
          [line[i]![0] + 2, line[i]![1] + 9],
        ],
        3.4,
        0.9,
        { colour: '#3a332f' },
      );
  },
  curl: (wish) => {
    const { stage, skin, low } = wish;
    const line = low
      ? lineFrom(wish, [
          [0.4, 0.1],
          [0.8, -0.1],
          [1, -0.5],
        ])
      : lineFrom(wish, [
          [0.34, -0.25],
          [0.4, -0.72],
          [0.1, -0.95],
          [-0.12, -0.7],
        ]);
    stage.fill(
      'tail',
      skin,
      ribbon(line, (share) => 5 - share * 2.6),
    );
  },
  bushy: (wish) => {
    const { build, fast, low } = wish;
    const count = build.tails ?? 1;
    for (let i = 0; i < count; i++)
      drawBush(wish, count === 1 ? (fast ? -0.25 : low ? 0.1 : 0.42) : 0.5 - (i / (count - 1)) * 1.75);
  },
  flame: (wish) => {
    const { stage, own, root, length } = wish;
    for (const [turn, size] of [
      [0.5, 0.8],
      [0.1, 1],
      [-0.35, 0.9],
      [-0.75, 0.6],
    ] as const) {
      stage.fill(
        'tail',
        own,
        petal(root, Math.PI - turn + 0.35, length * size, length * 0.2, {
          bend: -0.3,
          point: 1,
          widest: 0.4,
          foot: 0.5,
        }),
      );
    }
  },
};

/** A thick brush with a tip of another colour, by radians down from level. */
function drawBush({ stage, root: [x, y], length, own, build, skin }: TailWish, fall: number): void {
  const reach = (share: number, lift: number): Point => [
    x - Math.cos(fall) * share * length - Math.sin(fall) * lift,
    Math.min(-6, y + Math.sin(fall) * share * length - Math.cos(fall) * lift),
  ];
  const line = smooth([reach(0, 0), reach(0.3, -3), reach(0.68, 0), reach(1, 10)], { steps: 9 });
  const width = length * (build.tails ? 0.085 : 0.135);
  const body = (share: number): number => 2.4 + width * Math.sin(Math.PI * share ** 0.75) ** 0.8 * (1 - 0.12 * share);
  stage.fill('tail', coat(skin.material, own.colour), ribbon(line, body));
  const tip = line.slice(Math.floor(line.length * 0.68));
  const white = build.tails ? '#d9856f' : build.under && build.socks ? '#f6ecdc' : shade(own.colour, -0.35);
  stage.fill(
    'tail-tip',
    coat(skin.material, white),
    ribbon(tip, (share) => body(0.68 + 0.32 * share)),
    { lined: false },
  );
}
