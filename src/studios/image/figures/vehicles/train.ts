/** 火车: an engine with its plume of smoke and as many carriages as find room behind it. */

import { block } from '../built/index.ts';
import { drawnIn, drawParts, type Pen } from '../drafting/index.ts';

const STEAM_ENGINE: readonly (readonly string[])[] = [
  [
    'smoke smoke soft=.6 op=.8 bare',
    'M208 18 S196 4 176 4 150 -6 120 0 84 -4 60 6 90 12 124 12 150 16 176 20 200 26 Z',
  ],
  ['funnel iron', 'M204 18 H218 L215 36 H207 Z'],
  [
    'boiler iron own round',
    'M172 36 H224 Q232 38 232 50 Q232 62 224 63 H172 Z',
    '1.2 .6 M184 36 V63 M198 36 V63 M212 36 V63',
  ],
  ['dome brass round', 'M188 36 Q188 28 193 28 Q198 28 198 36 Z'],
  ['cab red-metal own', 'M146 24 H174 V66 H146 Z'],
  ['cab-roof iron', 'M142 25 Q160 17 178 25 Z'],
  ['cab-window dark-glass', 'R152 31 14 13'],
  ['lit glow glow=.9 if=lit', 'R152 31 14 13'],
  ['frame iron', 'R144 62 90 7'],
  ['cowcatcher red', 'M232 62 L240 78 H226 Z'],
  ['wheel iron', 'O160 72 9 9 O160 72 6 6', '1 .8 M160 64 V80 M152 72 H168'],
  ['wheel iron', 'O182 72 9 9 O182 72 6 6', '1 .8 M182 64 V80 M174 72 H190'],
  ['wheel iron', 'O204 72 9 9 O204 72 6 6', '1 .8 M204 64 V80 M196 72 H212'],
  ['wheel iron', 'O222 75 6 6', '1 .5 #a9b2b8 O222 75 3 3'],
  ['rod steel', '', '2 .7 M158 73 H206'],
  ['lamp white-light', 'O233 44 3.4 4'],
  ['lamp-lit glow glow=1 if=lit', 'O234 44 4.5 5'],
];

export const drawTrain = drawnIn({ width: 240, height: 84, stretch: 1.3 }, (pen) => {
  pen.lines('rail', 'steel');
  pen.line('M0 82 H240', 1.6, 0.7, { pressure: [1, 1] });
  for (let x = 4; x < 240; x += 12)
    pen.line(
      [
        [x, 83.4],
        [x + 6, 83.4],
      ],
      1.4,
      0.6,
    );
  for (const x of [4, 76]) drawCarriage(pen, x);
  drawParts(pen, STEAM_ENGINE, 240);
});

function drawCarriage(pen: Pen, x: number): void {
  const colour = pen.colour ? { colour: pen.colour } : {};
  pen.line(
    [
      [x + 64, 68],
      [x + 74, 68],
    ],
    2,
    0.8,
  );
  pen.fill('carriage', 'green-metal', block(x, 32, 66, 34), colour);
  pen.fill('band', 'cream', block(x, 54, 66, 4));
  pen.fill('roof', 'iron', `M${x - 2} 33 Q${x + 33} 25 ${x + 68} 33 Z`);
  for (let i = 0; i < 5; i++)
    pen.fill('window', pen.lit ? 'glow' : 'glass', block(x + 5 + i * 12, 38, 8, 11), pen.lit ? { glow: 0.85 } : {});
  pen.fill('frame', 'iron', block(x, 65, 66, 4));
  for (const at of [12, 24, 44, 56]) pen.fill('wheel', 'iron', `O${x + at} 75 6 6 M${x + at} 75 O${x + at} 75 3 3`);
}
