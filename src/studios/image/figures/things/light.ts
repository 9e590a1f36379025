/** What gives light: lanterns and lamps, flames of every size, fireworks, and light itself falling. Burning unless put out. */
import type { Point } from '../../raster/index.ts';
import { type Design, drawnIn, drawParts, type Pen } from '../drafting/index.ts';
import { smooth } from '../geometry/index.ts';
import { between, PRESSURE } from '../marks.ts';
import type { Drawer } from '../types.ts';

const burning = (pen: Pen): boolean => !pen.is('unlit', 'extinguished', 'dark');

/** A soft round shine behind a flame. */
function shine(pen: Pen, cx: number, cy: number, r: number, strength = 0.5): void {
  if (!burning(pen)) return;
  pen.fill('shine', 'halo', `O${cx} ${cy} ${r} ${r}`, { glow: strength, opacity: 0.34, softness: 1, lined: false });
}

/** A tongue of fire on its foot: outer, inner, core. */
function flame(pen: Pen, cx: number, foot: number, width: number, height: number): void {
  if (!burning(pen)) return;
  const lean = pen.context.composition.wind * height * 0.25;
  const tongue = (w: number, h: number): Point[] =>
    smooth(
      [
        [cx - w * 0.34, foot],
        [cx - w * 0.5, foot - h * 0.26],
        [cx - w * 0.22 + lean * 0.4, foot - h * 0.62],
        [cx + lean, foot - h],
        [cx + w * 0.26 + lean * 0.4, foot - h * 0.56],
        [cx + w * 0.5, foot - h * 0.24],
        [cx + w * 0.34, foot],
      ],
      { closed: true, steps: 4 },
    );
  pen.fill('flame', 'flame', tongue(width, height), {
    glow: 0.9,
    lined: false,
    ...(pen.colour && { colour: pen.colour }),
  });
  pen.fill('flame-core', 'flame-core', tongue(width * 0.56, height * 0.62), { glow: 1, lined: false });
}

const drawn = (
  design: Design,
  parts: readonly (readonly string[])[],
  before?: (pen: Pen) => void,
  after?: (pen: Pen) => void,
): Drawer =>
  drawnIn(design, (pen) => {
    before?.(pen);
    drawParts(pen, parts, design.width);
    after?.(pen);
  });

const LANTERN = [
  ['cord dark', '', '1 .8 M40 0 V12'],
  ['cap brass', 'M28 10 H52 L56 18 H24 Z'],
  [
    'body red-paper own round glow=.55 not=unlit',
    'M26 18 S12 28 5 48 12 68 26 78 L54 78 S68 68 75 48 68 28 54 18 Z',
    '.9 .5 fold #8c2418 M32 18 Q14 48 32 78 M40 18 V78 M48 18 Q66 48 48 78',
    '.7 .4 #e8a05a M10 34 H70 M6 48 H74 M10 62 H70',
  ],
  [
    'body red-paper own round if=unlit',
    'M26 18 S12 28 5 48 12 68 26 78 L54 78 S68 68 75 48 68 28 54 18 Z',
    '.9 .5 fold M32 18 Q14 48 32 78 M40 18 V78 M48 18 Q66 48 48 78',
  ],
  ['heart warm glow=.9 soft=.5 op=.6 bare not=unlit', 'O40 48 18 20'],
  ['foot brass', 'M24 77 H56 L52 85 H28 Z'],
  ['tassel red', '', '1.3 .75 nail M36 85 V108 M40 85 V114 M44 85 V108', '3 .8 M40 86 V92'],
];

const STREET_LAMP = [
  ['foot iron', 'M20 130 L24 118 H32 L36 130 Z'],
  ['post iron round', 'M26 36 H30 L31.5 120 H24.5 Z', '1.2 .7 M24 60 H32 M24 64 H32'],
  ['scroll iron', '', '1.4 .8 M28 52 Q16 50 18 42 M28 52 Q40 50 38 42'],
  ['glass pane if=unlit', 'M17 12 H39 L34 34 H22 Z'],
  ['glass glow glow=.95 not=unlit', 'M17 12 H39 L34 34 H22 Z'],
  ['frame iron', '', '1.3 .85 M17 12 L22 34 H34 L39 12 M28 12 V34'],
  ['cap iron', 'M13 12 Q28 -2 43 12 Z', '1.4 .85 M28 5 V0'],
  ['seat iron', 'M20 34 H36 L31 39 H25 Z'],
];

const OIL_LAMP = [
  ['base brass round', 'M24 104 Q42 98 60 104 L64 112 H20 Z'],
  ['stem brass round', 'M39 62 H45 L48 100 H36 Z', '1 .6 M36 76 H48 M35 88 H49'],
  ['dish brass own round', 'M8 50 H70 Q86 46 88 42 Q86 60 62 64 H26 Q10 62 8 50 Z', '1 .6 M14 56 H68'],
  ['oil tea bare', 'M14 50 H68 Q40 56 14 50 Z'],
  ['wick dark', '', '1.6 .85 M60 52 L80 42'],
];

const CANDLE = [
  ['holder brass', 'M8 100 H52 Q50 112 40 113 H20 Q10 112 8 100 Z'],
  ['ring brass', '', '2.4 .8 O58 104 6 6'],
  [
    'candle red-paper own round',
    'M20 44 Q22 40 26 42 Q30 38 34 42 Q38 40 40 44 V100 H20 Z',
    '.8 .4 M24 46 V60 M36 46 V54',
  ],
  ['drip red-paper own round', 'M19 46 Q17 62 20 66 Q24 64 23 46 Z'],
  ['wick dark', '', '1.2 .9 M30 43 V35'],
];

const TORCH = [
  ['handle wood round', 'M20 56 H32 L28 126 H24 Z', '.8 .6 M21 70 L31 66 M22 86 L30 82 M22.6 100 L29.6 96'],
  ['cup iron', 'M14 46 H38 L33 60 H19 Z', '1 .6 #8a9096 M15 50 H37'],
];

const logs = (pen: Pen): void => {
  drawParts(
    pen,
    [
      ['stones dark-stone round', 'O10 92 9 6'],
      ['stones dark-stone round', 'O92 92 9 6'],
      ['stones dark-stone round', 'O28 98 10 5'],
      ['stones dark-stone round', 'O52 100 10 5'],
      ['stones dark-stone round', 'O76 98 10 5'],
      ['log dark-wood round', 'M14 86 L76 70 L80 78 L18 95 Z', '.8 .6 M24 87 L70 75'],
      ['log-end light-wood', 'O78 74 4 5', '.6 .7 O78 74 2 2.6'],
      ['log dark-wood round', 'M88 86 L26 68 L22 76 L84 95 Z', '.8 .6 M78 87 L32 73'],
      ['log-end light-wood', 'O24 72 4 5', '.6 .7 O24 72 2 2.6'],
    ],
    102,
  );
};

/** Sparks that rise and drift. */
function sparks(pen: Pen, cx: number, foot: number, height: number, spread: number): void {
  if (!burning(pen)) return;
  const count = Math.round(5 + pen.detail * 14);
  for (let i = 0; i < count; i++) {
    const up = pen.random.next();
    const x = cx + between(pen.random, -1, 1) * spread * (0.4 + up * 0.6);
    const r = between(pen.random, 0.4, 1.1);
    pen.fill('spark', 'warm', `O${x} ${foot - up * height} ${r} ${r}`, { glow: 1, lined: false });
  }
}

const drawCampfire = drawnIn({ width: 102, height: 106 }, (pen) => {
  shine(pen, 51, 58, 48);
  flame(pen, 36, 84, 28, 46);
  flame(pen, 66, 84, 28, 50);
  flame(pen, 51, 86, 40, 76);
  logs(pen);
  sparks(pen, 51, 40, 38, 26);
});

const drawFire = drawnIn({ width: 100, height: 110 }, (pen) => {
  shine(pen, 50, 62, 48);
  for (const [x, w, h] of [
    [24, 30, 58],
    [76, 30, 64],
    [38, 40, 86],
    [62, 40, 80],
    [50, 44, 100],
  ] as const)
    flame(pen, x, 108, w, h);
  sparks(pen, 50, 40, 38, 34);
});

/** A burst: rays that bend down, bright at their tips, in two rings. */
function burst(pen: Pen, cx: number, cy: number, r: number, colour: string): void {
  const count = Math.round(14 + pen.detail * 16);
  pen.fill('flash', 'white-light', `O${cx} ${cy} ${r * 0.07} ${r * 0.07}`, { glow: 1, softness: 0.6, lined: false });
  for (const [share, width] of [
    [1, 1.1],
    [0.62, 0.9],
  ] as const) {
    const shape = pen.shapes.length;
    pen.fill('rays', 'glow', [], { glow: 1, lined: false, colour });
    for (let i = 0; i < count; i++) {
      const angle = ((i + pen.random.next() * 0.5) / count) * 2 * Math.PI;
      const reach = r * share * between(pen.random, 0.84, 1);
      const at = (t: number): Point => [
        cx + Math.cos(angle) * reach * t,
        cy + Math.sin(angle) * reach * t + reach * 0.16 * t * t,
      ];
      pen.line([at(0.18), at(0.45), at(0.72), at(1)], width * (r / 26), 0.9, { colour, pressure: [0.15, 0.5, 0.9, 1] });
      if (i % 2 === 0) pen.line([at(1.07)], width * 1.3 * (r / 26), 0.9, { colour: '#fff2c8' });
    }
    if (pen.shapes.length === shape) return;
  }
}

const BURSTS = ['#ff5a4a', '#ffd25a', '#6fd0ff', '#c98bff', '#7ee6a0'] as const;

const drawFireworks = drawnIn({ width: 110, height: 110, afloat: true }, (pen) => {
  const colours = pen.random.shuffle(BURSTS);
  pen.line('M52 108 Q50 82 54 56', 1, 0.6, { colour: '#ffcf8a', pressure: PRESSURE.nail });
  burst(pen, 54, 44, 38, pen.colour ?? colours[0]!);
  burst(pen, 22, 70, 18, colours[1]!);
  burst(pen, 88, 74, 20, colours[2]!);
});

const drawFirecracker = drawnIn({ width: 60, height: 116 }, (pen) => {
  pen.line('M30 0 S32 40 29 70 30 92', 1.2, 0.8);
  for (let i = 0; i < 11; i++) {
    const y = 8 + i * 7.6;
    for (const side of [-1, 1]) {
      const [x, end] = [30 + side * 2, 30 + side * 15];
      pen.fill(
        'cracker',
        'red-paper',
        [
          [x, y],
          [end, y + 5],
          [end - side, y + 10],
          [x, y + 5],
        ],
        { ...(pen.colour && { colour: pen.colour }) },
      );
      pen.line(
        [
          [end - side * 3, y + 4],
          [end - side * 4, y + 9],
        ],
        1,
        0.7,
        { colour: '#d8ad3d' },
      );
    }
  }
  if (!burning(pen)) return;
  shine(pen, 30, 100, 16, 0.8);
  for (let i = 0; i < 12; i++) {
    const angle = i * 0.5236 + pen.random.next() * 0.3;
    pen.line(
      [
        [30 + 4 * Math.cos(angle), 99 + 4 * Math.sin(angle)],
        [30 + 14 * Math.cos(angle), 99 + 14 * Math.sin(angle)],
      ],
      1.4,
      0.8,
      { colour: '#ffb347', pressure: PRESSURE.nail },
    );
  }
});

/** Beams that come down slantwise and lose themselves. */
const beams = (colour: string, count: number): Drawer =>
  drawnIn({ width: 100, height: 130, stretch: 3 }, (pen) => {
    for (let i = 0; i < count; i++) {
      const x = 8 + (i * 62) / count + pen.random.next() * 8;
      const w = between(pen.random, 3, 8);
      pen.fill(
        'beam',
        'halo',
        [
          [x, 0],
          [x + w * 0.5, 0],
          [x + w * 2 + 16, 130],
          [x + 8, 130],
        ],
        { colour: pen.colour ?? colour, glow: 0.5, opacity: 0.26, softness: 0.8, lined: false },
      );
    }
  });

const drawStarlight = drawnIn({ width: 110, height: 110, stretch: 3 }, (pen) => {
  const count = Math.round(10 + pen.detail * 26);
  for (let i = 0; i < count; i++) {
    const [x, y, r] = [between(pen.random, 6, 104), between(pen.random, 6, 104), between(pen.random, 0.5, 1.6)];
    const ray = r * (i % 4 === 0 ? 4.4 : 1.8);
    pen.fill(
      'star',
      'white-light',
      [
        [x, y - ray],
        [x + r * 0.5, y - r * 0.5],
        [x + ray, y],
        [x + r * 0.5, y + r * 0.5],
        [x, y + ray],
        [x - r * 0.5, y + r * 0.5],
        [x - ray, y],
        [x - r * 0.5, y - r * 0.5],
      ],
      { glow: 1, lined: false },
    );
  }
});

const NEON = [
  ['board dark', 'R4 6 112 66 6'],
  ['tube-shine red glow=.8 soft=.6 op=.4 bare', 'R10 12 100 54 8'],
  ['tube red glow=1 bare', '', '2.6 .95 #ff5a8a R10 12 100 54 8'],
  [
    'letters blue glow=1 bare',
    '',
    '3 .95 #6fe0ff M22 54 V26 L38 54 V26 M62 26 H48 V54 H62 M48 40 H60 O76 40 8 14 M90 54 V26 L104 54 V26',
  ],
  ['post iron', 'R54 72 12 8'],
];

const drawSmoke: Drawer = drawnIn({ width: 80, height: 120, stretch: 1.6 }, (pen) => {
  const lean = pen.context.composition.wind * 22;
  for (let i = 0; i < 9; i++) {
    const t = i / 8;
    const [x, y, r] = [34 + lean * t * t + Math.sin(t * 5 + 1) * 8 * t, 114 - 100 * t, 3.5 + 14 * t];
    pen.fill(
      'puff',
      'smoke',
      smooth(
        Array.from({ length: 7 }, (_, k): Point => {
          const angle = (k / 7) * 2 * Math.PI;
          const reach = r * between(pen.random, 0.78, 1.15);
          return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach * 0.8];
        }),
        { closed: true, steps: 4 },
      ),
      { softness: 0.9, opacity: 0.62 - 0.42 * t, lined: false, ...(pen.colour && { colour: pen.colour }) },
    );
  }
});

const drawBeacon: Drawer = drawn(
  { width: 90, height: 130 },
  [
    ['tower grey-brick tex=bricks:0:.6', 'M22 74 H68 L74 130 H16 Z', '.6 .4 M21 88 H69 M20 102 H71 M18 116 H73'],
    ['merlons grey-brick', 'M20 76 V66 H28 V70 H36 V66 H44 V70 H52 V66 H60 V70 H62 V66 H70 V76 Z'],
    ['slit dark', 'R41 90 8 12'],
  ],
  (pen) => {
    pen.fill('smoke', 'smoke', 'M40 54 S26 34 44 26 34 6 62 2 84 12 66 24 62 36 54 54 Z', {
      softness: 0.6,
      opacity: 0.7,
      lined: false,
    });
    shine(pen, 45, 56, 26);
    flame(pen, 38, 70, 18, 26);
    flame(pen, 52, 70, 18, 30);
    flame(pen, 45, 70, 20, 40);
  },
);

const drawHalo = drawnIn({ width: 100, height: 100, afloat: true }, (pen) => {
  for (const [r, strength] of [
    [46, 0.35],
    [38, 0.4],
    [30, 0.5],
  ] as const)
    pen.fill('ring', 'halo', `O50 50 ${r} ${r} O50 50 ${r - 5} ${r - 5}`, {
      glow: strength,
      opacity: 0.5,
      softness: 0.4,
      lined: false,
      ...(pen.colour && { colour: pen.colour }),
    });
});

export const LIGHTS: Readonly<Record<string, Drawer>> = {
  lamp: drawn(
    { width: 96, height: 116 },
    OIL_LAMP,
    (pen) => shine(pen, 80, 34, 28),
    (pen) => flame(pen, 81, 43, 9, 22),
  ),
  lantern: drawn({ width: 80, height: 116 }, LANTERN, (pen) => shine(pen, 40, 48, 46)),
  'street-lamp': drawn({ width: 56, height: 130 }, STREET_LAMP, (pen) => shine(pen, 28, 23, 27, 0.7)),
  candle: drawn(
    { width: 64, height: 114 },
    CANDLE,
    (pen) => shine(pen, 30, 28, 28),
    (pen) => flame(pen, 30, 38, 10, 26),
  ),
  torch: drawn(
    { width: 52, height: 126 },
    TORCH,
    (pen) => shine(pen, 26, 32, 28),
    (pen) => {
      flame(pen, 20, 50, 16, 30);
      flame(pen, 32, 50, 16, 32);
      flame(pen, 26, 50, 20, 46);
    },
  ),
  'fishing-fire': drawn(
    { width: 60, height: 100 },
    [
      ['pole wood', '', '1.8 .8 M30 100 V54'],
      ['basket iron', 'M20 46 H40 L36 58 H24 Z'],
    ],
    (pen) => shine(pen, 30, 36, 30, 0.7),
    (pen) => flame(pen, 30, 48, 18, 34),
  ),
  fire: drawFire,
  campfire: drawCampfire,
  beacon: drawBeacon,
  fireworks: drawFireworks,
  firecracker: drawFirecracker,
  moonlight: beams('#dfe8f6', 6),
  sunlight: beams('#fff0c0', 7),
  starlight: drawStarlight,
  neon: drawn({ width: 120, height: 82 }, NEON),
  smoke: drawSmoke,
  spark: drawnIn({ width: 90, height: 110, stretch: 2 }, (pen) => sparks(pen, 45, 106, 100, 40)),
  halo: drawHalo,
};
