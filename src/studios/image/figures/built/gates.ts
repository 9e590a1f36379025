/** Gates: the archway over a street, the gate of a courtyard, the gate tower of a walled town. */
import { drawnIn, type Pen } from '../drafting/index.ts';
import { block, drawBays } from './frame.ts';
import { drawRoof } from './roof.ts';

/** 牌坊: three bays of posts and beams, the middle one the highest. */
export const drawArchway = drawnIn({ width: 130, height: 100 }, (pen) => {
  const posts = [14, 42, 88, 116];
  for (const [i, x] of posts.entries()) {
    const top = i === 1 || i === 2 ? 24 : 44;
    pen.fill('post', 'red-wood', block(x - 2.4, top, 4.8, 76 + 24 - top), { form: 'round' });
    pen.fill('drum-stone', 'stone', block(x - 4.5, 90, 9, 10), { form: 'round' });
  }
  for (const [from, to, y] of [
    [14, 42, 50],
    [88, 116, 50],
    [42, 88, 36],
  ] as const) {
    pen.fill('beam', 'green-tile', block(from, y, to - from, 5));
    pen.fill('board', 'blue-glaze', block(from + 2, y - 9, to - from - 4, 9));
    pen.fill('beam', 'green-tile', block(from, y - 12, to - from, 3));
  }
  pen.fill('tablet', 'gold', block(56, 25, 18, 9));
  pen.line('M60 28 H63 M60 31 H63 M61.5 26.5 V32.5 M67 28 L70 28 M68.5 27 V32 M67 31 L70 31', 0.6, 0.8);
  drawRoof(pen, { cx: 28, eave: 39, half: 21, height: 11, ridge: 12, lift: 5 });
  drawRoof(pen, { cx: 102, eave: 39, half: 21, height: 11, ridge: 12, lift: 5 });
  drawRoof(pen, { cx: 65, eave: 25, half: 33, height: 16, ridge: 19, lift: 7 });
});

/** 门: a courtyard gate between white walls, its leaves shut or open. */
export const drawGate = drawnIn({ width: 130, height: 100 }, (pen) => {
  for (const x of [0, 92]) {
    pen.fill('wall', 'white-wall', block(x, 56, 38, 44));
    pen.fill('coping', 'tile', [
      [x - 1, 57],
      [x + 2, 51],
      [x + 36, 51],
      [x + 39, 57],
    ]);
    for (let i = 1; i < 9; i++)
      pen.line(
        [
          [x + i * 4.3, 51.5],
          [x + i * 4.3, 57],
        ],
        0.4,
        0.5,
      );
  }
  pen.fill('porch', 'grey-brick', block(32, 40, 66, 60), { texture: { kind: 'bricks', direction: 0, density: 0.5 } });
  pen.fill('opening', pen.lit ? 'glow' : 'dark', block(43, 50, 44, 50), pen.lit ? { glow: 0.6 } : {});
  drawDoorLeaves(pen);
  pen.fill('lintel', 'dark-wood', block(41, 46, 48, 5));
  pen.fill('tablet', 'black-wood', block(54, 39, 22, 8));
  pen.line('M58 43 H62 M60 41 V45.5 M68 41 L71 45 M71.5 41 L68 45', 0.7, 0.8, { colour: '#d8ad3d' });
  for (const x of [38, 92]) pen.fill('drum-stone', 'stone', `O${x} 93 4.5 5.5`, { form: 'round' });
  pen.fill('step', 'stone', block(34, 97, 62, 3));
  drawRoof(pen, { cx: 65, eave: 41, half: 46, height: 24, ridge: 30, lift: 8 });
});

function drawDoorLeaves(pen: Pen): void {
  if (pen.is('open')) {
    pen.fill('leaf', 'red-wood', [
      [43, 50],
      [50, 54],
      [50, 97],
      [43, 100],
    ]);
    pen.fill('leaf', 'red-wood', [
      [87, 50],
      [80, 54],
      [80, 97],
      [87, 100],
    ]);
    return;
  }
  for (const x of [43.5, 65.3]) {
    pen.fill('leaf', 'red-wood', block(x, 51, 21.2, 46), pen.colour ? { colour: pen.colour } : {});
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 4; column++)
        pen.line([[x + 3.5 + column * 4.8, 57 + row * 8]], 1.3, 0.7, { colour: '#d8ad3d' });
    }
  }
  for (const x of [61.5, 68.8]) pen.line(`O${x} 76 1.8 2.2`, 0.7, 0.8, { colour: '#d8ad3d' });
}

/** 关、城门: a gate tower over an arched passage in a crenellated wall. */
export const drawPass = drawnIn({ width: 130, height: 100 }, (pen) => {
  pen.fill(
    'wall',
    'grey-brick',
    [
      [0, 62],
      [130, 62],
      [130, 100],
      [0, 100],
    ],
    { texture: { kind: 'bricks', direction: 0, density: 0.6 } },
  );
  merlons(pen, 0, 130, 62);
  pen.fill(
    'bastion',
    'grey-brick',
    [
      [24, 56],
      [106, 56],
      [111, 100],
      [19, 100],
    ],
    { form: 'slope', texture: { kind: 'bricks', direction: 0, density: 0.7 } },
  );
  courses(pen);
  merlons(pen, 24, 106, 56);
  pen.fill('passage', 'dark', 'M53 100 V82 Q53 68 65 68 Q77 68 77 82 V100 Z');
  pen.line('M50.5 100 V82 Q50.5 65.5 65 65.5 Q79.5 65.5 79.5 82 V100', 0.8, 0.6);
  if (!pen.is('open')) pen.fill('leaf', 'red-wood', 'M55 100 V84 Q55 71 65 71 Q75 71 75 84 V100 Z', { tone: 0.7 });
  if (!pen.is('open')) pen.line('M65 71 V100', 0.6, 0.9);
  drawBays(pen, { cx: 65, half: 27, top: 40, bottom: 54, count: 5, wall: 'red-wall' });
  drawRoof(pen, { cx: 65, eave: 41, half: 37, height: 9, ridge: 25, lift: 5 });
  drawBays(pen, { cx: 65, half: 22, top: 26, bottom: 33, count: 5, wall: 'red-wall' });
  drawRoof(pen, { cx: 65, eave: 27, half: 32, height: 17, ridge: 19, lift: 6 });
});

function courses(pen: Pen): void {
  const rows = Math.round(2 + pen.detail * 6);
  for (let i = 1; i < rows; i++) {
    const y = 58 + (40 * i) / rows;
    pen.line(
      [
        [24 - i * 0.4, y],
        [49, y],
      ],
      0.3,
      0.35,
      { role: 'texture' },
    );
    pen.line(
      [
        [81, y],
        [106 + i * 0.4, y],
      ],
      0.3,
      0.35,
      { role: 'texture' },
    );
  }
}

/** Battlements along a level wall. */
export function merlons(pen: Pen, from: number, to: number, y: number): void {
  const count = Math.max(3, Math.round((to - from) / 7));
  for (let i = 0; i < count; i++) {
    const x = from + ((to - from) * i) / count;
    pen.fill('merlon', 'grey-brick', block(x, y - 4, ((to - from) / count) * 0.6, 4.4));
  }
}
