/** Beak, eye, cap, crest, comb. */
import type { Point } from '../../raster/index.ts';
import { coat } from '../anatomy/index.ts';
import { bow, ellipse, petal, ribbon, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Bird } from './types.ts';

/** Draws what is on a bird's head. */
export function drawBirdHead(bird: Bird): void {
  const { stage, plumage, head, asleep, flying } = bird;
  const r = plumage.head;
  const down = flying ? 0.06 : plumage.curve && plumage.curve > 0.38 ? 0.5 : 0.1;
  stage.within({ at: head, turn: asleep ? Math.PI * 0.86 : down }, () => {
    drawCrest(bird, r);
    if (plumage.throat)
      stage.fill('throat', coat('feather', plumage.throat), ellipse([r * 0.35, r * 0.62], r * 0.68, r * 0.5), {
        lined: false,
      });
    drawBeak(bird, r);
    if (plumage.cap)
      stage.fill(
        'cap',
        coat('feather', plumage.cap),
        smooth(
          [
            [r * 0.92, -r * 0.3],
            [r * 0.5, -r * 0.86],
            [-r * 0.2, -r * 1.02],
            [-r * 0.85, -r * 0.5],
            [0, -r * 0.34],
          ],
          { closed: true },
        ),
        { lined: false },
      );
    if (plumage.mask)
      stage.fill('mask', coat('feather', plumage.mask), ellipse([r * 0.42, -r * 0.02], r * 0.55, r * 0.34, 0.1), {
        lined: false,
      });
    drawComb(bird, r);
    const eye: Point = [r * 0.36, -r * 0.14];
    if (asleep) stage.line(bow([eye[0] - 2, eye[1]], [eye[0] + 2, eye[1]], 0.3), 0.8, 0.9, { colour: '#1d1a1a' });
    else {
      const dark =
        ['#2', '#1', '#3'].some((start) => (plumage.neckColour ?? plumage.coat).startsWith(start)) && !plumage.mask;
      if (dark || plumage.beak[0] === 'hook')
        stage.line([eye], r * 0.52, 0.95, { colour: plumage.beak[0] === 'hook' ? '#f0c22e' : '#e9e4d6' });
      stage.line([eye], Math.max(1.9, r * 0.3), 0.98, { colour: '#17151a' });
    }
  });
}

function drawBeak({ stage, plumage }: Bird, r: number): void {
  const [kind, long, colour] = plumage.beak;
  const horn = coat('stone', colour);
  const x = r * 0.72;
  const shapes: Readonly<Record<string, readonly Point[]>> = {
    cone: [
      [x, -r * 0.42],
      [x + long, r * 0.08],
      [x, r * 0.46],
    ],
    short: [
      [x + 1, -r * 0.26],
      [x + long, r * 0.12],
      [x, r * 0.34],
    ],
    spear: [
      [x, -r * 0.36],
      [x + long, r * 0.1],
      [x, r * 0.44],
    ],
    needle: [
      [x, -r * 0.16],
      [x + long, -r * 0.02],
      [x, r * 0.2],
    ],
    strong: smooth([
      [x, -r * 0.42],
      [x + long * 0.6, -r * 0.24],
      [x + long, r * 0.2],
      [x + long * 0.4, r * 0.34],
      [x, r * 0.44],
    ]),
    flat: smooth([
      [x, -r * 0.5],
      [x + long * 0.35, -r * 0.02],
      [x + long * 0.9, r * 0.1],
      [x + long, r * 0.32],
      [x + long * 0.6, r * 0.5],
      [x, r * 0.46],
    ]),
    hook: smooth([
      [x - 1, -r * 0.5],
      [x + long * 0.55, -r * 0.42],
      [x + long * 0.95, r * 0.02],
      [x + long * 0.82, r * 0.62],
      [x + long * 0.6, r * 0.2],
      [x, r * 0.4],
    ]),
    parrot: smooth([
      [x - 3, -r * 0.62],
      [x + long * 0.4, -r * 0.5],
      [x + long * 0.72, r * 0.05],
      [x + long * 0.4, r * 0.82],
      [x + long * 0.24, r * 0.3],
      [x - 3, r * 0.5],
    ]),
    bent: smooth([
      [x, -r * 0.4],
      [x + long * 0.5, -r * 0.2],
      [x + long * 0.86, r * 0.9],
      [x + long * 0.6, r * 1.5],
      [x + long * 0.4, r * 0.7],
      [x, r * 0.5],
    ]),
  };
  stage.fill('beak', horn, shapes[kind] ?? shapes.short!);
  if (kind !== 'needle')
    stage.line(
      [
        [x, r * 0.1],
        [x + long * (kind === 'hook' || kind === 'parrot' ? 0.4 : 0.85), r * 0.14],
      ],
      0.6,
      0.7,
      { colour: shade(colour, -0.5), from: 0.08 },
    );
  if (stage.is('singing'))
    stage.line(
      [
        [x + long + 4, -r * 0.8],
        [x + long + 8, -r * 1.2],
      ],
      0.9,
      0.6,
    );
  if (plumage.knob) stage.fill('knob', coat('stone', plumage.knob), ellipse([x + 1.4, -r * 0.56], r * 0.34));
}

function drawCrest({ stage, plumage, flying }: Bird, r: number): void {
  const [kind, long] = plumage.crest ?? [];
  if (!kind || !long) return;
  const own = coat('feather', plumage.crestColour ?? plumage.coat);
  if (kind === 'plume')
    for (const turn of [0.15, -0.1])
      stage.fill(
        'crest',
        own,
        petal([-r * 0.6, -r * 0.4], Math.PI - turn - (flying ? 0 : 0.35), long, 3, { point: 1, bend: -0.2, foot: 0.6 }),
      );
  if (kind === 'back')
    for (const turn of [0.35, 0.05, -0.3])
      stage.fill(
        'crest',
        own,
        petal([-r * 0.3, -r * 0.5], Math.PI - turn + 0.2, long, long * 0.34, { point: 0.8, bend: -0.15, foot: 0.6 }),
      );
  if (kind !== 'fan' && kind !== 'phoenix') return;
  for (const turn of kind === 'fan' ? [-0.5, -0.25, 0, 0.25, 0.5] : [-0.75, -0.35, 0.05]) {
    const angle = (kind === 'fan' ? -1.75 : -2.2) + turn;
    const tip: Point = [Math.cos(angle) * (r + long), Math.sin(angle) * (r + long)];
    stage.line(bow([Math.cos(angle) * r * 0.8, Math.sin(angle) * r * 0.8], tip, 0.1), 0.9, 0.9, { colour: own.colour });
    stage.fill('crest', own, ellipse(tip, kind === 'fan' ? 2.2 : 3.4, kind === 'fan' ? 2.2 : 2));
  }
}

function drawComb({ stage, plumage }: Bird, r: number): void {
  const { comb, wattle, small, hackle } = plumage;
  if (comb) {
    const high = small ? 0.45 : 0.9;
    const points: Point[] = [
      [r * 0.9, -r * 0.45],
      [r * 0.72, -r * (0.9 + high * 0.7)],
      [r * 0.4, -r * 1.05],
      [r * 0.16, -r * (1 + high)],
      [-r * 0.14, -r * 1.08],
      [-r * 0.42, -r * (0.95 + high * 0.9)],
      [-r * 0.6, -r * 0.9],
      [-r * 0.95, -r * (0.6 + high * 0.5)],
      [-r * 0.7, -r * 0.4],
    ];
    stage.fill('comb', coat('skin', comb), smooth(points, { closed: true, steps: 3 }));
  }
  const red = wattle ?? comb;
  if (red && !small)
    stage.fill(
      'wattle',
      coat('skin', red),
      petal([r * 0.75, r * 0.4], Math.PI / 2 + 0.1, r * (wattle ? 2.2 : 1.4), r * 0.7, { widest: 0.6 }),
    );
  if (hackle)
    for (const x of [-0.7, -0.3, 0.1, 0.5])
      stage.fill(
        'hackle',
        coat('feather', hackle),
        petal([x * r, r * 0.6], Math.PI / 2 + 0.35 + x * -0.4, r * 2.6, r * 0.7, { point: 0.9, foot: 0.5 }),
      );
  if (plumage.beak[0] === 'parrot')
    stage.line(
      ribbon(
        [
          [r * 0.1, -r * 0.3],
          [r * 0.2, r * 0.1],
        ],
        () => 0.1,
      ),
      0.4,
      0.4,
      { from: 0.3 },
    );
}
