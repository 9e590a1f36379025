/** Wings folded along the body, and spread in flight. */
import type { Point } from '../../raster/index.ts';
import { coat } from '../anatomy/index.ts';
import { petal, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Bird } from './types.ts';

/** Folded: coverts, then the long quills to the tail. */
export function drawFoldedWing({ stage, plumage, breast, vent, wing }: Bird): void {
  const [length, thick] = plumage.body;
  const back = Math.atan2(vent[1] - breast[1], vent[0] - breast[0]);
  const root: Point = [breast[0] + thick * 0.1, breast[1] - thick * 0.2];
  const own = coat('feather', wing);
  const tips = coat('feather', plumage.tips ?? shade(wing, -0.2));
  const turn = plumage.raised ? 0.16 : -0.05;
  stage.fill(
    'quills',
    tips,
    petal([root[0] - length * 0.22, root[1] + thick * 0.1], back + turn - 0.06, length * 0.86, thick * 0.62, {
      point: 0.8,
      widest: 0.3,
      foot: 0.5,
    }),
  );
  stage.fill(
    'wing',
    own,
    petal(root, back + turn, length * 0.86, thick * (plumage.raised ? 1.5 : 1.22), {
      point: 0.6,
      widest: 0.36,
      foot: 0.5,
      bend: plumage.raised ? 0.12 : -0.03,
    }),
    { texture: { kind: 'feathers', direction: back, density: 0.4 } },
  );
  const [c, s] = [Math.cos(back + turn), Math.sin(back + turn)];
  const at = (u: number, v: number): Point => [
    root[0] + c * u * length - s * v * thick,
    root[1] + s * u * length + c * v * thick,
  ];
  for (const [u, reach] of [
    [0.24, 0.4],
    [0.4, 0.36],
    [0.56, 0.28],
  ] as const)
    stage.line(smooth([at(u, -reach), at(u + 0.07, 0), at(u, reach)]), 0.9, 0.5, {
      from: 0.06,
      colour: shade(wing, -0.35),
    });
  for (const v of [-0.2, 0.05, 0.28])
    stage.line([at(0.5, v), at(0.86, v * 0.3)], 0.8, 0.5, { from: 0.1, colour: shade(wing, -0.35) });
  if (plumage.patch)
    stage.fill('patch', coat('feather', plumage.patch), petal(at(0.2, 0.25), back + turn, length * 0.34, thick * 0.4), {
      lined: false,
    });
  if (plumage.bars)
    for (const u of [0.25, 0.4, 0.55, 0.68])
      stage.line([at(u, -0.36), at(u + 0.03, 0.3)], 1.8, 0.8, { colour: plumage.bars, from: 0.05 });
  if (plumage.sail)
    stage.fill(
      'sail',
      coat('feather', plumage.sail),
      smooth([at(0.42, -0.2), at(0.5, -0.62), at(0.66, -1.12), at(0.78, -0.9), at(0.74, -0.2)], { closed: true }),
    );
}

/** Spread; `lift` 1 raised … −0.55 beaten down. The far wing lies behind the body. */
export function drawSpreadWing({ stage, plumage, breast, vent, wing }: Bird, lift: number, far: boolean): void {
  const {
    span,
    body: [length, thick],
    tips,
    shape,
    patch,
  } = plumage;
  const root: Point = [
    breast[0] * 0.55 + vent[0] * 0.45 + (far ? length * 0.16 : 0),
    (breast[1] + vent[1]) / 2 - thick * 0.35,
  ];
  // Up and back for the near wing, up and a little forward for the far one.
  const angle =
    -Math.PI / 2 +
    (far ? 0.55 : -0.5) +
    (far ? 0.5 : -0.5) * (1 - Math.abs(lift)) +
    (lift < 0 ? (far ? 0.2 : -0.2) : 0);
  const down = lift < -0.1 ? -1 : 1;
  const chord = length * (shape === 'pointed' ? 0.36 : shape === 'scythe' ? 0.32 : 0.52);
  const own = coat('feather', far ? shade(wing, -0.16) : wing);
  const quill = coat('feather', shade(tips ?? shade(wing, -0.18), far ? -0.1 : 0));
  const reach = span * (far ? 0.86 : 1) * (0.78 + 0.22 * Math.abs(lift));
  const [c, s] = [Math.cos(angle), Math.sin(angle) * down];
  // u along the wing, v towards the tail.
  const [bx, by] = [-Math.abs(s) || -1, c * (s > 0 ? 1 : -1)];
  const at = (u: number, v: number): Point => [
    root[0] + c * u * reach + bx * v * chord,
    root[1] + s * u * reach + by * v * chord * down * (down < 0 ? -1 : 1),
  ];
  const edges = outlinesOf(shape);
  stage.fill(
    'quills',
    quill,
    smooth(
      edges.whole.map(([u, v]) => at(u, v)),
      { closed: true, steps: 3 },
    ),
  );
  stage.fill(
    'wing',
    own,
    smooth(
      edges.coverts.map(([u, v]) => at(u, v)),
      { closed: true, steps: 4 },
    ),
    { texture: { kind: 'feathers', direction: angle, density: 0.4 } },
  );
  for (const [u, v] of edges.feathers)
    stage.line([at(u * 0.72 + 0.04, v * 0.5), at(u * 0.97, v * 0.94)], 0.9, 0.5, {
      from: 0.05,
      colour: shade(quill.colour, -0.35),
    });
  if (patch && !far)
    stage.fill('patch', coat('feather', patch), petal(at(0.55, 0.3), angle * down, reach * 0.3, chord * 0.3), {
      lined: false,
    });
}

interface WingEdges {
  readonly whole: readonly Point[];
  readonly coverts: readonly Point[];
  readonly feathers: readonly Point[];
}

/** Outlines in shares of reach and chord: leading edge out, fingers or curve back. */
function outlinesOf(shape: string): WingEdges {
  const lead: Point[] = [
    [-0.04, -0.3],
    [0.2, -0.42],
    [0.42, -0.5],
    [0.66, -0.34],
  ];
  if (shape === 'pointed' || shape === 'scythe') {
    const back = shape === 'scythe' ? 0.9 : 0.5;
    return {
      whole: [...lead, [0.86, -0.05], [1, back], [0.82, 0.4], [0.55, 0.46], [0.3, 0.62], [0, 0.75]],
      coverts: [...lead, [0.8, -0.05], [0.6, 0.1], [0.3, 0.24], [0, 0.4]],
      feathers: [
        [0.95, 0.45],
        [0.72, 0.42],
        [0.5, 0.48],
        [0.28, 0.6],
      ],
    };
  }
  const fingers = shape === 'fingers' ? 6 : 5;
  const depth = shape === 'fingers' ? 0.2 : 0.07;
  const tips: Point[] = [];
  const edge: Point[] = [];
  for (let i = 0; i < fingers; i++) {
    const t = i / (fingers - 1);
    const tip: Point = [1 - 0.34 * t ** 1.4, -0.18 + 0.98 * t];
    tips.push(tip);
    edge.push(tip, [tip[0] - depth - 0.03, tip[1] + 0.12]);
  }
  const arm: Point[] = [
    [0.5, 0.86],
    [0.4, 0.8],
    [0.34, 0.9],
    [0.24, 0.82],
    [0.18, 0.9],
    [0.06, 0.8],
    [-0.02, 0.6],
  ];
  return {
    whole: [...lead, ...edge, ...arm],
    coverts: [...lead, [0.72, -0.1], [0.6, 0.26], [0.4, 0.4], [0.2, 0.42], [0, 0.44]],
    feathers: [...tips, [0.5, 0.86], [0.34, 0.9], [0.18, 0.9]],
  };
}
