/** Heads of people: three-quarter to the right, hair, beard, hat, a hint of a face when large enough. */
import { bone, coat, drawCreature, type Stage } from '../anatomy/index.ts';
import { ellipse } from '../geometry/index.ts';
import { shade } from '../marks.ts';
import { HATS, type Role } from './role.ts';
import type { Body } from './types.ts';

/** Draws the head above the neck; units of a head 14 high. */
export function drawPersonHead(body: Body): void {
  const {
    stage,
    role,
    pose: { neck, hip },
    skin,
    behind,
  } = body;
  const lean = Math.atan2(neck[0] - hip[0], hip[1] - neck[1]);
  const scale = (role.grown ?? 1) < 0.9 ? 1 + (1 - (role.grown ?? 1)) * 1.25 : 1.12;
  stage.within({ at: [neck[0] + 1 + Math.sin(lean) * 6, neck[1] - 8.4 * scale + 1.4], turn: lean * 0.6, scale }, () => {
    const hair = coat('hair', role.hairColour ?? '#2b2624');
    drawBackHair(stage, role.hair ?? 'short', hair.colour);
    if (role.ears === 'pointed')
      stage.fill('ear', coat('skin', skin), [
        [-3, -1],
        [-11, -6],
        [-4, 3],
      ]);
    stage.flesh(
      'face',
      coat('skin', skin),
      [bone([0.4, -1.2], [1, 1.4], 6.2, 5.4), bone([1.6, 2], [2.2, 3.6], 4.6, 3.4)],
      { blend: 2, cells: 34 },
    );
    if (!behind) drawFeatures(body);
    drawFrontHair(stage, role.hair ?? 'short', hair.colour, behind);
    if (role.beard && !behind) drawBeard(stage, role.beard, hair.colour);
    const hat = HATS[role.hat ?? ''];
    if (hat) drawCreature(stage, hat);
  });
}

function drawFeatures({ stage, role, skin }: Body): void {
  const ink = '#2a201d';
  const from = 0.09;
  const smiling = stage.is('smiling') || (role.grown ?? 1) < 0.9 || role.nose !== undefined;
  const closed = stage.is('sleeping', 'crying');
  for (const x of [0.6, 4.6]) {
    if (closed) stage.line(`M${x - 1} 0 S${x} 0.7 ${x + 1} 0`, 0.6, 0.9, { colour: ink, from });
    else stage.line([[x, 0]], 1.15, 0.95, { colour: ink, from });
    stage.line(`M${x - 1.3} -2 S${x} -2.7 ${x + 1.3} -2.1`, 0.55, 0.75, { colour: ink, from: 0.18 });
  }
  stage.line('M3.4 0.4 S4.4 2 3.2 2.3', 0.5, 0.6, { colour: shade(skin, -0.45), from: 0.18 });
  stage.line(smiling ? 'M1 3.6 S2.6 5 4.2 3.5' : 'M1.6 4.1 S2.7 4.4 3.8 4', 0.75, 0.8, {
    colour: '#a8433c',
    from: 0.12,
  });
  if (stage.detail > 0.3)
    for (const x of [-1.6, 5.6])
      stage.fill('cheek', coat('skin', '#e59a86'), ellipse([x, 2.4], 1.3, 0.9), {
        lined: false,
        opacity: 0.45,
        softness: 0.4,
      });
  if (role.nose) stage.fill('nose', coat('plain', role.nose), ellipse([3.6, 1.6], 2));
  if (role.glasses) {
    for (const x of [0.6, 4.8])
      stage.line(ellipse([x, 0.1], 1.9, 1.7), 0.55, 0.9, { colour: ink, from: 0.06, pressure: [1, 1] });
    stage.line(
      [
        [-1.2, -0.2],
        [-5, -0.8],
      ],
      0.5,
      0.9,
      { colour: ink, from: 0.1 },
    );
  }
  if (role.fangs)
    for (const x of [1.6, 3.8])
      stage.fill('fang', coat('plain', '#ffffff'), [
        [x - 0.6, 4.1],
        [x + 0.6, 4.1],
        [x, 6],
      ]);
  if (stage.is('crying'))
    stage.line(
      [
        [0.2, 1],
        [0, 4],
      ],
      0.9,
      0.6,
      { colour: '#8fb8d0' },
    );
}

const PATHS: Readonly<Record<string, string>> = {
  cap: 'M-6.2 4 S-8 -2 -6.4 -6.4 -1 -9 4 -7.6 6.6 -4 6 -1.8 3 -4.6 -1 -4.2 -2.8 -1 -3.4 3 -6.2 4',
  short: 'M-6 3 S-8 -3 -6 -7 -1 -9.4 4 -8.4 7.2 -5 6.2 -2 4 -4.4 0 -4.8 -3 -2.4 -3.6 1.4 -6 3',
  widow: 'M-6 3 S-8 -3 -6 -7 -1 -9.4 4 -8.4 7 -5 6.6 -2.4 5 -5 3 -2.4 0 -5 -3.2 -1.6 -3.6 1.4 -6 3',
};

function drawBackHair(stage: Stage, style: string, colour: string): void {
  const hair = coat('hair', colour);
  const fill = (path: string): void => stage.fill('hair', hair, path);
  if (style === 'long') fill('M-2 -8 S-9 -6 -9 2 -10 16 -11 26 -5 28 0 24 -1 10 -2 2');
  if (style === 'low-bun') stage.fill('bun', hair, ellipse([-7.4, 2.6], 3.6, 3.4));
  if (style === 'curls')
    for (const [x, y] of [
      [-8, 0],
      [-7, -6],
      [-2, -9],
      [4, -9],
      [8, -5],
      [-7, 5],
    ] as const)
      stage.fill('curl', hair, ellipse([x, y], 4.2));
}

function drawFrontHair(stage: Stage, style: string, colour: string, behind: boolean): void {
  const hair = coat('hair', colour);
  if (style === 'bald') return;
  if (style === 'wisp') {
    stage.line('M-2 -7 S0 -11 3 -9', 1.2, 0.9, { colour });
    return;
  }
  if (style === 'fur') {
    stage.flesh('fur', hair, [bone([-4, -3], [-5, 4], 4.6, 3), bone([-3, -5], [4, -6.6], 3.4, 2)], {
      blend: 3,
      cells: 30,
    });
    stage.fill('ear', coat('skin', '#dba06a'), ellipse([-7.4, 0], 2.6, 3));
    return;
  }
  stage.fill(
    'hair',
    hair,
    behind
      ? ellipse([0, -1], 6.8, 7.2)
      : PATHS[
          style === 'short' || style === 'widow' || style === 'curls' ? (style === 'widow' ? 'widow' : 'short') : 'cap'
        ]!,
    { form: 'flat' },
  );
  if (style === 'topknot') {
    stage.fill('bun', hair, ellipse([-1, -10.6], 2.7, 3));
    stage.line(
      [
        [-3, -8.6],
        [1.2, -8.6],
      ],
      1.2,
      0.9,
      { colour: '#7a8f9c' },
    );
  }
  if (style === 'bun' || style === 'high-bun') {
    stage.fill('bun', hair, ellipse([-2.4, -10.4], 4.8, style === 'bun' ? 3.6 : 4.2, -0.3));
    if (style === 'high-bun')
      for (const x of [-4.6, 1.6])
        stage.line(ellipse([x, -14.5], 2.4, 4, x * 0.06), 1.6, 0.95, { colour, pressure: [1, 1] });
    stage.line(
      [
        [-9, -11.4],
        [4, -9.4],
      ],
      0.8,
      0.9,
      { colour: '#d8ad3d' },
    );
    stage.line([[3.6, -8.4]], 2.4, 0.9, { colour: '#d9485a' });
    stage.line(
      [
        [4.2, -9],
        [5.2, -4.6],
      ],
      0.6,
      0.8,
      { colour: '#d8ad3d', from: 0.15 },
    );
  }
  if (style === 'tufts') {
    stage.fill('tuft', hair, ellipse([-4, -9.4], 2.5, 2.6));
    stage.fill('tuft', hair, ellipse([4.4, -9], 2.5, 2.6));
    for (const x of [-3.6, 4]) stage.line([[x, -7.4]], 1.8, 0.9, { colour: '#d8412f' });
  }
  if (style === 'buns') {
    for (const [x, y] of [
      [-7.6, -7],
      [6.6, -8],
    ] as const) {
      stage.fill('bun', hair, ellipse([x, y], 3.4));
      stage.line([[x * 0.86, y * 0.82]], 2.2, 0.9, { colour: '#d8412f' });
    }
  }
  if (style === 'low-bun')
    stage.line(
      [
        [-10, 0.4],
        [-4.6, 4.4],
      ],
      0.7,
      0.9,
      { colour: '#d8ad3d' },
    );
}

function drawBeard(stage: Stage, kind: Role['beard'], colour: string): void {
  const hair = coat('hair', colour);
  if (kind === 'short') stage.fill('beard', hair, 'M1 5.4 S3 5 4.6 5.6 4 8.6 3 10.4 2 9 1 5.4', { form: 'flat' });
  if (kind === 'long') {
    stage.fill('beard', hair, 'M-2 4.6 S2 6 5.4 4.8 6.4 10 5.6 17 4 23 3 25 0.4 18 -1 11 -2 4.6');
    for (const x of [1, 3, 4.6]) stage.line(`M${x} 7 S${x + 0.4} 13 ${x} 19`, 0.4, 0.4, { role: 'hair', from: 0.15 });
    stage.line('M1 3.2 S2.6 2.4 4.4 3.2', 1, 0.8, { colour });
  }
  if (kind === 'full') {
    stage.fill('beard', hair, 'M-5 0 S-3 4 1 3.4 5 4 6.4 1 8 6 6.4 12 2.4 16 -2 14 -5.6 8 -5 0');
    stage.line('M-0.4 3.6 S2.6 2.2 5.6 3.6', 1.8, 0.8, { colour: shade(colour, 0.3) });
    stage.line('M1.4 5.4 S2.6 6.2 3.8 5.4', 0.8, 0.9, { colour: '#a8433c' });
  }
}
