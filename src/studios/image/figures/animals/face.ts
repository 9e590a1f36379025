/** An animal's head turned to us, in units of its radius. */
import type { Point } from '../../raster/index.ts';
import { bone, coat, type Stage, toned } from '../anatomy/index.ts';
import { bow, ellipse, smooth } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import type { Beast } from './beast.ts';
import type { Face } from './build.ts';

/** Draws the head at the end of the neck. */
export function drawFace(beast: Beast, face: Face): void {
  const { stage, build, posture, skin } = beast;
  const r = build.head[1];
  const { poll } = posture;
  const at: Point = [poll[0] + r * 0.3, Math.min(-r * 0.9, poll[1] - r * 0.1)];
  stage.within({ at, scale: r / 10, turn: 0.05 }, () => {
    if (face.mane) drawManeAround(stage, stage.placed.colour ? shade(stage.placed.colour, -0.35) : face.mane);
    drawEars(beast, face, build.ear[1] / r);
    stage.flesh('head', skin, [bone([0, -1], [0, -1], 10), bone([-4, 3], [4, 3], 7)], { blend: 4, cells: 44 });
    const patch = coat(skin.material, face.patch);
    stage.flesh('muzzle', patch, [bone([-2.6, 5.4], [2.6, 5.4], 3.9), bone([0, 6.5], [0, 7.5], 3)], {
      blend: 2,
      cells: 34,
      lined: false,
    });
    MARKS[face.marks ?? '']?.(stage, face);
    drawFeatures(stage, face);
  });
}

function drawEars({ stage, skin }: Beast, { ears }: Face, size: number): void {
  const inner = toned(skin, -0.3);
  for (const side of [-1, 1]) {
    if (ears === 'round') {
      stage.fill('ear', skin, ellipse([side * 7.2, -8], 3.4, 3.4));
      stage.fill('ear', inner, ellipse([side * 7, -7.6], 1.9, 1.9), { lined: false });
    } else {
      const tip = -9 - 8 * Math.min(1.1, size);
      stage.fill(
        'ear',
        skin,
        smooth(
          [
            [side * 9.4, -4],
            [side * 8.9, -10],
            [side * 7.6, tip],
            [side * 4.4, -12],
            [side * 1.6, -9.4],
          ],
          { steps: 4 },
        ),
      );
      stage.fill(
        'ear',
        coat('skin', '#d9a39a'),
        [
          [side * 8.2, -7.4],
          [side * 7.4, tip + 2.6],
          [side * 4, -9.6],
        ],
        { lined: false },
      );
    }
  }
}

function drawFeatures(stage: Stage, { eye = '#3a2f28' }: Face): void {
  const asleep = stage.is('sleeping');
  for (const side of [-1, 1]) {
    const at: Point = [side * 4.2, -1];
    if (asleep) stage.line(bow([at[0] - 1.8, at[1]], [at[0] + 1.8, at[1]], -0.3), 0.8, 0.9, { colour: '#231f1e' });
    else {
      if (stage.detail > 0.1) stage.line([at], 3.4, 0.9, { colour: eye });
      stage.line([at], stage.detail > 0.1 ? 2 : 3, 0.95, { colour: '#1c1817' });
      stage.line([[at[0] + 0.5, at[1] - 0.6]], 0.7, 0.1, { colour: '#f8f4ea', from: 0.2 });
    }
  }
  stage.fill(
    'nose',
    coat('skin', '#5a3a36'),
    smooth(
      [
        [-1.7, 2.8],
        [1.7, 2.8],
        [0.9, 4.2],
        [0, 4.7],
        [-0.9, 4.2],
      ],
      { closed: true, steps: 3 },
    ),
    { lined: false },
  );
  stage.line(
    [
      [0, 4.6],
      [0, 6],
    ],
    0.5,
    0.8,
    { colour: '#3a2826' },
  );
  for (const side of [-1, 1]) {
    stage.line(
      smooth([
        [0, 6],
        [side * 1.4, 7],
        [side * 3, 6.3],
      ]),
      0.6,
      0.8,
      { colour: '#3a2826' },
    );
    for (const lift of [-0.8, 0.4, 1.6])
      stage.line(bow([side * 3.6, 5.2 + lift * 0.4], [side * 11.5, 4.2 + lift * 1.7], -0.05 * side), 0.32, 0.5, {
        role: 'hair',
        from: 0.2,
      });
  }
}

const dark = '#2c2320';

const MARKS: Readonly<Record<string, (stage: Stage, face: Face) => void>> = {
  tabby: (stage) => {
    for (const x of [-2, 0, 2])
      stage.line(
        [
          [x * 1.1, -9.6],
          [x, -5.4],
        ],
        1.1,
        0.7,
        { colour: '#8d5a2c', pressure: [1, 0.8, 0.2] },
      );
    for (const side of [-1, 1])
      stage.line(
        [
          [side * 9.6, 0.5],
          [side * 6.6, 1.2],
        ],
        0.9,
        0.6,
        { colour: '#8d5a2c' },
      );
  },
  tiger: (stage, face) => {
    for (const side of [-1, 1]) {
      stage.fill('brow', coat('fur', face.patch), ellipse([side * 4.4, -3.6], 2.2, 1.3), { lined: false });
      for (const [y, x] of [
        [-1.5, 9.6],
        [1.2, 10],
        [4, 9.6],
      ] as const)
        stage.line(
          [
            [side * x, y],
            [side * 6.4, y + 0.8],
          ],
          1.3,
          0.9,
          { colour: dark, pressure: [1, 0.8, 0.1] },
        );
    }
    // 王 on the forehead.
    for (const y of [-9, -7.4, -5.8]) stage.line(bow([-2.3, y], [2.3, y], 0.12), 0.9, 0.9, { colour: dark });
    stage.line(
      [
        [0, -9.3],
        [0, -5.6],
      ],
      0.8,
      0.9,
      { colour: dark },
    );
  },
  spots: (stage) => {
    for (const side of [-1, 1])
      for (const [x, y] of [
        [2, -7.6],
        [5, -6.6],
        [8, -3],
        [8.4, 1.4],
        [4, -9],
      ] as const)
        stage.line([[side * x, y]], 1.1, 0.85, { colour: '#3a2a20' });
  },
  mask: (stage) => {
    for (const side of [-1, 1]) {
      stage.fill(
        'mask',
        coat('fur', '#2f2a27'),
        smooth(
          [
            [side * 1.4, -2.4],
            [side * 5, -3.4],
            [side * 9, 1],
            [side * 7.6, 3],
            [side * 3.4, 1.6],
          ],
          { closed: true },
        ),
        { lined: false },
      );
      stage.fill('brow', coat('fur', '#ece4d6'), ellipse([side * 5.4, -4.4], 3.2, 0.9, side * 0.35), { lined: false });
      stage.line([[side * 4.4, -0.6]], 1.2, 0.1, { colour: '#f5f0e6' });
    }
  },
  fierce: (stage) => {
    for (const side of [-1, 1]) {
      stage.line(
        smooth([
          [side * 1.6, -2.6],
          [side * 4.4, -4.8],
          [side * 7.6, -3.6],
        ]),
        1.6,
        0.9,
        { colour: '#2f4a3e' },
      );
      stage.fill('tooth', coat('stone', '#f5efdf'), [
        [side * 1.6, 6.8],
        [side * 2.8, 6.6],
        [side * 2.2, 8.6],
      ]);
    }
  },
};

/** Hair all around, in locks. */
function drawManeAround(stage: Stage, colour: string): void {
  const { random } = stage.context;
  for (const [reach, by] of [
    [18, -0.22],
    [15.5, 0],
  ] as const) {
    const count = 17;
    const points = Array.from({ length: count * 2 }, (_, i): Point => {
      const angle = (i / (count * 2)) * 2 * Math.PI;
      const r = i % 2 === 0 ? reach * (0.94 + 0.12 * random.next()) : reach * 0.82;
      return [Math.cos(angle) * r, 1.5 + Math.sin(angle) * r * 1.08];
    });
    stage.fill('mane', coat('hair', shade(colour, by)), smooth(points, { closed: true, steps: 3 }));
  }
  for (let i = 0; i < 22; i++) {
    const angle = (i / 22) * 2 * Math.PI;
    stage.line(
      [
        [Math.cos(angle) * 10, 1.5 + Math.sin(angle) * 10],
        [Math.cos(angle + 0.08) * 14.4, 1.5 + Math.sin(angle + 0.08) * 15],
      ],
      0.8,
      0.6,
      { role: 'hair', from: 0.15 },
    );
  }
}
