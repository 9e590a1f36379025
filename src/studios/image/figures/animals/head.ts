/** Heads of four-legged animals: from the side, or turned to us; ears, horns, manes. */
import type { Point } from '../../raster/index.ts';
import { coat, toned } from '../anatomy/index.ts';
import { bow, ellipse, petal, ribbon, smooth } from '../geometry/index.ts';
import { between, PRESSURE, shade } from '../marks.ts';
import type { Beast } from './beast.ts';
import { drawFace } from './face.ts';

/** What of the head lies behind the body, or before it. */
export function drawHead(beast: Beast, where: 'behind' | 'before'): void {
  const { build } = beast;
  if (build.face) {
    if (where === 'before') drawFace(beast, build.face);
    return;
  }
  if (where === 'before') drawSide(beast);
  drawEar(beast, where === 'behind');
  drawHorn(beast, where === 'behind');
  if (where === 'before' && build.trunkNose) drawTrunkNose(beast, build.trunkNose);
}

interface HeadFrame {
  readonly at: Point;
  readonly turn: number;
  readonly length: number;
}

/** Frame of a head: origin at the poll, x towards the muzzle. */
function headFrame({ posture: { poll, muzzle } }: Beast): HeadFrame {
  const [dx, dy] = [muzzle[0] - poll[0], muzzle[1] - poll[1]];
  return { at: poll, turn: Math.atan2(dy, dx), length: Math.hypot(dx, dy) };
}

function drawSide(beast: Beast): void {
  const { stage, build, skin } = beast;
  const { at, turn, length } = headFrame(beast);
  const [, skull, muzzle] = build.head;
  const asleep = stage.is('sleeping');
  stage.within({ at, turn }, () => {
    if (build.snout) {
      const pig = build.tail[0] === 'pig';
      stage.fill(
        'snout',
        coat(skin.material, build.snout),
        pig
          ? ellipse([length + muzzle * 0.6, 0], muzzle * 0.55, muzzle * 0.95)
          : ellipse([length - muzzle * 0.1, muzzle * 0.1], muzzle * 1.15, muzzle * 0.9),
        { lined: pig },
      );
    }
    const eye: Point = [length * 0.24, -skull * 0.28];
    if (asleep) stage.line(bow([eye[0] - 2.5, eye[1]], [eye[0] + 2.5, eye[1]], -0.25), 1.2, 0.9, { colour: '#231f1e' });
    else {
      stage.line([eye], Math.max(2.6, skull * 0.28), 0.95, { colour: '#1e1a19' });
      stage.line([[eye[0] + 0.7, eye[1] - 0.7]], 0.9, 0.2, { colour: '#f5f1e8', from: 0.3 });
    }
    stage.line(
      [[length + muzzle * 0.62, -muzzle * 0.3]],
      skull > 11 && length < 34 && build.horn === undefined ? muzzle * 0.75 : 1.9,
      0.85,
      { colour: '#2a2322' },
    );
    const lip: Point[] = [
      [length + muzzle * 0.5, muzzle * 0.45],
      [length * 0.82, muzzle * 0.72],
      [length * 0.62, muzzle * 0.5],
    ];
    stage.line(smooth(lip), 1, 0.6, { from: 0.12 });
    stage.line(
      smooth([
        [length * 0.1, skull * 0.5],
        [length * 0.28, skull * 0.72],
        [length * 0.42, skull * 0.5],
      ]),
      0.9,
      0.35,
      { role: 'fold', from: 0.3 },
    );
    if (build.beard)
      stage.fill(
        'beard',
        coat('hair', build.beard),
        petal([length * 0.7, muzzle * 0.8], Math.PI / 2 - turn, 20, 9, { point: 0.8, widest: 0.3 }),
      );
  });
}

function drawEar(beast: Beast, behind: boolean): void {
  const { stage, build, skin, posture } = beast;
  const [kind, size] = build.ear;
  const [, skull] = build.head;
  const [x, y] = posture.poll;
  const { turn } = headFrame(beast);
  const shift = behind ? 4 : 0;
  const own = behind ? toned(skin, -0.2) : skin;
  const inner = coat(skin.material, shade(skin.colour, -0.32));
  const root: Point = [x - skull * 0.35 + shift + Math.sin(turn) * skull * 0.5, y - skull * 0.78];
  if (kind === 'elephant') {
    if (behind) return;
    const ear = smooth(
      [
        [x - 4, y - size * 0.42],
        [x - size * 0.5, y - size * 0.55],
        [x - size * 0.92, y - size * 0.2],
        [x - size * 0.8, y + size * 0.35],
        [x - size * 0.38, y + size * 0.75],
        [x - 6, y + size * 0.3],
      ],
      { closed: true },
    );
    stage.fill('ear', toned(own, -0.08), ear);
    stage.line(
      smooth([
        [x - size * 0.4, y - size * 0.25],
        [x - size * 0.55, y + size * 0.1],
        [x - size * 0.4, y + size * 0.5],
      ]),
      1.1,
      0.4,
      { role: 'fold' },
    );
    return;
  }
  if (kind === 'round') {
    stage.fill('ear', own, ellipse([root[0], root[1] - size * 0.3], size * 0.75, size * 0.8));
    return;
  }
  if (kind === 'pointed') {
    const ear = (share: number): Point[] => [
      [root[0] - size * 0.34 * share, root[1] + size * 0.12],
      [root[0] - size * 0.3 * share, root[1] - size * 0.45],
      [root[0] - size * 0.02, root[1] - size * share],
      [root[0] + size * 0.3 * share, root[1] - size * 0.4],
      [root[0] + size * 0.36 * share, root[1] + size * 0.16],
    ];
    stage.fill('ear', own, smooth(ear(1), { steps: 3 }));
    if (!behind && stage.detail > 0.15) stage.fill('ear', inner, smooth(ear(0.62), { steps: 3 }), { lined: false });
    return;
  }
  const [angle, width, point] = EARS[kind] ?? [-1.7, 0.5, 0.7];
  stage.fill(
    'ear',
    own,
    petal(root, angle + (behind ? 0.22 : 0), size, size * width, {
      point,
      widest: kind === 'flop' ? 0.6 : 0.4,
      foot: 0.5,
    }),
  );
  if (!behind && stage.detail > 0.2)
    stage.line(
      [root, [root[0] + Math.cos(angle) * size * 0.6, root[1] + Math.sin(angle) * size * 0.6]],
      size * width * 0.28,
      0.5,
      { colour: inner.colour, pressure: PRESSURE.leaf },
    );
}

/** Direction, width as a share of the length, point. */
const EARS: Readonly<Record<string, readonly [angle: number, width: number, point: number]>> = {
  long: [-1.95, 0.3, 0.6],
  leaf: [-2.5, 0.48, 0.8],
  side: [2.9, 0.5, 0.4],
  flop: [1.85, 0.62, 0],
};

function drawHorn(beast: Beast, behind: boolean): void {
  const [kind, size] = beast.build.horn ?? [];
  if (!kind || !size) return;
  const { stage, posture, build } = beast;
  const [, skull] = build.head;
  const { at, turn, length } = headFrame(beast);
  const root: Point = [posture.poll[0] + (behind ? 3 : -1), posture.poll[1] - skull * 0.8];
  const ivory = coat('stone', behind ? '#b5a88c' : '#d9cdb0');
  const horn = (points: readonly Point[], radius: number, colour = ivory): void => {
    stage.fill(
      'horn',
      colour,
      ribbon(smooth(points, { steps: 8 }), (share) => radius * (1 - share * 0.9)),
    );
  };
  const from = (dx: number, dy: number): Point => [root[0] + dx * size, root[1] + dy * size];
  if (kind === 'ox') horn([root, from(0.5, -0.15), from(0.8, -0.55), from(0.6, -1)], 3.2);
  if (kind === 'buffalo')
    horn(
      [root, from(-0.35, -0.12), from(-0.85, -0.2), from(-1.1, -0.6), from(-0.95, -0.95)],
      5,
      coat('stone', behind ? '#3b3837' : '#4b4744'),
    );
  if (kind === 'goat') horn([root, from(-0.1, -0.5), from(-0.5, -0.9), from(-1, -0.8)], 3, coat('stone', '#8d8068'));
  if (kind === 'knobs') {
    stage.line([root, from(-0.05, -1)], 3.4, 0.8, { colour: '#a5652e', pressure: [1, 1] });
    stage.line([from(-0.05, -1)], 5, 0.9, { colour: '#4a3020' });
  }
  if (kind === 'qilin')
    horn([root, from(-0.2, -0.4), from(-0.15, -0.9), from(-0.5, -1.3)], 2.6, coat('stone', '#d9b24a'));
  if (kind === 'antlers') drawAntler(beast, root, size, behind);
  if (behind) return;
  if (kind === 'unicorn') stage.within({ at, turn }, () => drawSpiral(stage, [length * 0.2, -skull * 0.8], size));
  if (kind === 'rhino') {
    stage.within({ at, turn }, () => {
      stage.fill(
        'horn',
        coat('stone', '#b5a98f'),
        petal([length * 0.98, -build.head[2] * 0.6], -1.15, size, 12, { point: 1, widest: 0.2, foot: 0.9, bend: -0.2 }),
      );
      stage.fill(
        'horn',
        coat('stone', '#b5a98f'),
        petal([length * 0.66, -build.head[2] * 1.05], -1.35, size * 0.42, 9, { point: 1, widest: 0.2, foot: 0.9 }),
      );
    });
  }
}

function drawSpiral(stage: Beast['stage'], [x, y]: Point, size: number): void {
  const tip: Point = [x + size * 0.55, y - size * 0.95];
  stage.fill('horn', coat('stone', '#e6c86a'), [[x - 2.6, y], [x + 2.6, y + 1.4], tip]);
  for (const t of [0.2, 0.42, 0.64])
    stage.line(
      [
        [x - 2 + (tip[0] - x) * t, y + (tip[1] - y) * t],
        [x + 2.4 + (tip[0] - x) * t, y - 2 + (tip[1] - y) * t],
      ],
      0.8,
      0.6,
      { from: 0.15 },
    );
}

function drawAntler({ stage }: Beast, root: Point, size: number, behind: boolean): void {
  const from = (dx: number, dy: number): Point => [root[0] + dx * size, root[1] + dy * size];
  const lean = behind ? 0.22 : -0.12;
  const beam = smooth([root, from(-0.16 + lean, -0.32), from(-0.14 + lean, -0.68), from(0.12 + lean, -1)], {
    steps: 6,
  });
  const tines: (readonly Point[])[] = [
    [from(-0.1 + lean * 0.5, -0.16), from(0.14 + lean, -0.24), from(0.26 + lean, -0.44)],
    [from(-0.17 + lean, -0.44), from(-0.4 + lean, -0.6), from(-0.42 + lean, -0.82)],
    [from(-0.13 + lean, -0.66), from(-0.28 + lean, -0.86), from(-0.24 + lean, -1.06)],
  ];
  stage.fill(
    'antlers',
    coat('wood', behind ? '#6d5138' : '#8a6a48'),
    ribbon(beam, (share) => 2.3 * (1 - 0.75 * share)),
  );
  for (const tine of tines)
    stage.fill(
      'antlers',
      coat('wood', behind ? '#6d5138' : '#8a6a48'),
      ribbon(smooth(tine, { steps: 5 }), (share) => 1.7 * (1 - 0.85 * share)),
    );
}

function drawTrunkNose({ stage, skin, posture: { muzzle }, build }: Beast, length: number): void {
  const r = build.head[2];
  const [x, y] = muzzle;
  const low = Math.min(-3, y + length);
  const line = smooth(
    [
      [x - 3, y - r * 0.6],
      [x + 3, y + length * 0.2],
      [x + 1, y + length * 0.5],
      [x + 1, low - 8],
      [x + 9, low],
      [x + 16, low - 5],
    ],
    { steps: 8 },
  );
  stage.fill(
    'trunk',
    skin,
    ribbon(line, (share) => r * (1 - 0.68 * share)),
  );
  for (let i = 2; i < 8; i++) {
    const at = line[Math.floor((line.length * i) / 9)]!;
    stage.line(
      [
        [at[0] - r * 0.5, at[1]],
        [at[0] + r * 0.4, at[1] + 1.5],
      ],
      0.9,
      0.4,
      { role: 'fold', from: 0.12 },
    );
  }
  stage.fill(
    'tusk',
    coat('stone', '#f0e8d2'),
    ribbon(
      smooth([
        [x - 4, y + 5],
        [x + 6, y + 16],
        [x + 20, y + 16],
      ]),
      (share) => 3 * (1 - share * 0.85),
    ),
  );
}

/** Mane along the neck. */
export function drawMane({ stage, build, posture: { nape, poll } }: Beast): void {
  const [kind, own] = build.mane ?? [];
  if (!kind || !own) return;
  const { random } = stage.context;
  const [, , base, top] = build.neck;
  const skull = build.head[1];
  const hair = coat(kind === 'flame' ? 'fire' : 'hair', own);
  const angle = Math.atan2(poll[1] - nape[1], poll[0] - nape[0]) - Math.PI / 2;
  const crest = (t: number, out: number): Point => {
    const r = (base + (top - base) * t) * 0.9 + out;
    return [
      nape[0] + (poll[0] - nape[0]) * t + Math.cos(angle) * r,
      nape[1] + (poll[1] - nape[1]) * t + Math.sin(angle) * r,
    ];
  };
  if (kind === 'camel') {
    const throat = (t: number, out: number): Point => crest(t, out - 2 * (base + (top - base) * t) * 0.9);
    stage.fill(
      'mane',
      hair,
      smooth([throat(0.1, 2), throat(0.4, -7), throat(0.75, -4), throat(0.95, 2), throat(0.5, 4)], { closed: true }),
      { opacity: 0.8 },
    );
    return;
  }
  if (kind === 'crest') {
    stage.fill(
      'mane',
      hair,
      ribbon(
        smooth([crest(0.05, -1), crest(0.5, 0), crest(1, 0.5)]),
        (share) => 3.4 * Math.sin(Math.PI * (0.15 + 0.8 * share)),
      ),
    );
    return;
  }
  const flame = kind === 'flame';
  const locks = flame ? 7 : 9;
  for (let i = 0; i <= locks; i++) {
    const root = crest(0.02 + (i / locks) * 1.06, -3);
    const long = between(random, 0.8, 1.1) * (flame ? 20 : 23);
    const fall = flame ? Math.PI + 0.5 : Math.PI - 0.75 - 0.35 * (1 - i / locks);
    stage.fill(
      'mane',
      hair,
      petal(root, fall + between(random, -0.12, 0.12), long, 9, {
        widest: 0.35,
        point: 0.9,
        bend: flame ? -0.25 : 0.16,
        foot: 0.6,
      }),
      { lined: flame },
    );
  }
  if (!flame)
    stage.fill('mane', hair, petal([poll[0] - skull * 0.1, poll[1] - skull * 0.9], 0.75, 15, 7, { point: 0.8 }), {
      lined: false,
    });
}
