/** What is on the coat: stripes, rosettes, patches, dots, wool, scales. */
import type { Point } from '../../raster/index.ts';
import { bone, coat, flesh } from '../anatomy/index.ts';
import { blob, inside, scatterInside } from '../geometry/index.ts';
import { between, shade } from '../marks.ts';
import type { Beast } from './beast.ts';
import { trunkBones } from './beast.ts';

/** Draws the pattern of a build. */
export function drawPattern(beast: Beast): void {
  const { build, stage } = beast;
  const [kind, own] = build.pattern ?? [];
  if (!kind || !own) return;
  const colour = stage.placed.colour
    ? shade(stage.placed.colour, kind === 'dots' || kind === 'wool' ? 0.4 : -0.5)
    : own;
  PATTERNS[kind]?.(beast, colour);
}

type Pattern = (beast: Beast, colour: string) => void;

const PATTERNS: Readonly<Record<string, Pattern>> = {
  stripes: (beast, colour) => drawStripes(beast, colour, 9, 3.4),
  'stripes-all': (beast, colour) => {
    drawStripes(beast, colour, 12, 4.2);
    drawNeckStripes(beast, colour);
    drawLegStripes(beast, colour);
  },
  tabby: (beast, colour) => drawStripes(beast, colour, 6, 2.6),
  rosettes: (beast, colour) => drawDots(beast, colour, 9, 3.6),
  dots: (beast, colour) => drawDots(beast, colour, 11, 2.8, 0.35),
  scales: (beast, colour) => drawDots(beast, colour, 7, 2),
  patches: drawPatches,
  wool: drawWool,
};

/** Across the back, down both ends of the trunk. */
function drawStripes(
  { stage, posture: { chest, belly, rump }, build: { trunk } }: Beast,
  colour: string,
  count: number,
  width: number,
): void {
  const { random } = stage.context;
  for (let i = 0; i < count; i++) {
    const t = (i + 0.3 + 0.4 * random.next()) / count;
    const [a, b] = t < 0.5 ? [rump, belly] : [belly, chest];
    const s = t < 0.5 ? t * 2 : t * 2 - 1;
    const radius = t < 0.5 ? trunk[2] + (trunk[1] - trunk[2]) * s : trunk[1] + (trunk[0] - trunk[1]) * s;
    const at: Point = [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s];
    const long = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const [ux, uy] = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
    // Across the axis of the trunk, bowed backwards in the middle.
    const across = (share: number, back: number): Point => [
      at[0] + uy * radius * share - ux * back,
      at[1] - ux * radius * share - uy * back,
    ];
    const low = between(random, -0.55, 0.15);
    stage.line([across(0.93, 0), across(0.6, 2.5), across((0.6 + low) / 2, 3), across(low, 0)], width, 0.9, {
      colour,
      pressure: [0.9, 1, 0.7, 0.1],
    });
  }
}

function drawNeckStripes({ stage, posture: { nape, poll }, build: { neck } }: Beast, colour: string): void {
  for (let i = 0; i < 6; i++) {
    const t = (i + 0.5) / 6;
    const at: Point = [nape[0] + (poll[0] - nape[0]) * t, nape[1] + (poll[1] - nape[1]) * t];
    const r = (neck[2] + (neck[3] - neck[2]) * t) * 0.9;
    const angle = Math.atan2(poll[1] - nape[1], poll[0] - nape[0]) + Math.PI / 2;
    stage.line(
      [
        [at[0] - Math.cos(angle) * r, at[1] - Math.sin(angle) * r],
        [at[0] + Math.cos(angle) * r * 0.7, at[1] + Math.sin(angle) * r * 0.7],
      ],
      3.4,
      0.9,
      { colour, pressure: [1, 0.9, 0.3] },
    );
  }
}

function drawLegStripes({ stage, posture: { near }, build: { leg } }: Beast, colour: string): void {
  for (const { upper, lower, foot } of near) {
    for (const [from, to, r] of [
      [upper, lower, leg[0] * 0.6],
      [lower, foot, leg[1] * 1.1],
    ] as const) {
      for (const t of [0.15, 0.5, 0.85]) {
        const [x, y] = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
        stage.line(
          [
            [x - r, y - 1],
            [x + r * 0.8, y + 1],
          ],
          2.6,
          0.9,
          { colour },
        );
      }
    }
  }
}

function drawDots(beast: Beast, colour: string, spacing: number, size: number, top = 1): void {
  const { stage, build, posture } = beast;
  const outline = flesh(trunkBones(build, posture), { blend: 7, cells: 40 })[0];
  if (!outline) return;
  const { random } = stage.context;
  const back = Math.min(...outline.map(([, y]) => y));
  const depth = 2 * build.trunk[1] * top + 6;
  for (const [x, y] of scatterInside(outline, random, { spacing, most: 90 })) {
    if (y < back + 5 || y > back + depth) continue;
    if (top < 1) stage.line([[x, y]], size, 0.8, { colour });
    else
      stage.line(
        [
          [x - size * 0.4, y],
          [x + size * 0.3, y + 0.8],
          [x + size * 0.5, y + 1.6],
        ],
        size * between(random, 0.7, 1.1),
        0.85,
        { colour, pressure: [1, 1, 0.7] },
      );
  }
}

/** Polygons with narrow gaps, as on a giraffe, also along the neck. */
function drawPatches({ stage, build, posture }: Beast, colour: string): void {
  const { random } = stage.context;
  const { neck } = build;
  const bones = [...trunkBones(build, posture), bone(posture.nape, posture.poll, neck[2] * 0.85, neck[3] * 0.8)];
  const outline = flesh(bones, { blend: 5, cells: 60 })[0];
  if (!outline) return;
  for (const at of scatterInside(outline, random, { spacing: 9.5, most: 110 })) {
    const size = between(random, 3.4, 5);
    const patch = blob(at, size, size, random, { corners: 6, steps: 1, wobble: 0.2 });
    if (patch.every((point) => inside(point, outline)))
      stage.fill('patch', coat('fur', colour), patch, { lined: false, form: 'flat' });
  }
}

/** Curls all over, the back and belly scalloped by them. */
function drawWool({ stage, build, posture }: Beast, colour: string): void {
  const { random } = stage.context;
  const outline = flesh(trunkBones(build, posture), { blend: 9, cells: 44 })[0];
  if (!outline) return;
  const step = Math.max(1, Math.round(outline.length / 22));
  const [cx, cy] = posture.belly;
  const scallops = outline.filter((_, i) => i % step === 0);
  const lumpy = scallops.flatMap(([x, y], i): Point[] => {
    const [nx, ny] = scallops[(i + 1) % scallops.length]!;
    const [mx, my] = [(x + nx) / 2, (y + ny) / 2];
    const away = Math.hypot(mx - cx, my - cy) || 1;
    const out = (push: number, t: number): Point => [
      x + (nx - x) * t + ((mx - cx) / away) * push,
      y + (ny - y) * t + ((my - cy) / away) * push,
    ];
    return [out(0, 0), out(4, 0.2), out(5.4, 0.5), out(4, 0.8)];
  });
  stage.fill('wool', coat('fur', colour), lumpy);
  for (const [x, y] of scatterInside(outline, random, { spacing: 10, most: 46 })) {
    const r = between(random, 2.6, 4);
    stage.line(
      [
        [x - r, y],
        [x - r * 0.6, y + r * 0.8],
        [x + r * 0.4, y + r],
        [x + r, y + r * 0.2],
        [x + r * 0.4, y - r * 0.4],
      ],
      0.9,
      0.45,
      { role: 'texture', from: 0.2 },
    );
  }
}
