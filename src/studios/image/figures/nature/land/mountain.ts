/**
 * Mountains as painters build them: a host peak, guests beside and behind it, folds before it that step down into mist.
 *
 *   guests behind ─▶ host ─▶ (mist) ─▶ folds, tallest first ─▶ mist at the foot
 */
import type { Random } from '../../../../../core/index.ts';
import type { Placed } from '../../../composition/index.ts';
import { mixHex, type Noise, type Point } from '../../../raster/index.ts';
import { blob, type Line, smooth } from '../../geometry/index.ts';
import { between, lines, mark, PRESSURE, shade, surface, unit } from '../../marks.ts';
import { isSnowy, SLOPES, seasonOf } from '../../season.ts';
import type { Drawer, DrawingContext, Shape, Stroke } from '../../types.ts';
import { type Cun, cunOn, mossOn, ribLines, treesOn } from './cun.ts';
import { type Build, createFold, downFold, type Fold, foldOutline, onFold, skyline } from './fold.ts';

/** What one mass is to look like. */
export interface Mass {
  readonly fold: Fold;
  readonly part: string;
  readonly colour: string;
  readonly tone: number;
  /** Texture strokes on it. */
  readonly strokes: number;
  readonly cun: Cun;
  /** Trees on its ridges, and their height in units. */
  readonly trees: number;
  readonly treeSize: number;
  /** Snow from the peak down to this share; 0 none. */
  readonly snow: number;
}

/** Which side the light stands on. */
export const litSide = ({ box }: Placed, { composition }: DrawingContext): -1 | 1 =>
  composition.light.at[0] > box.x + box.width / 2 ? 1 : -1;

/** Draws one mass: body, shadow side, texture, contour, growth, snow. */
export function drawMass(mass: Mass, lit: -1 | 1, detail: number, random: Random): Shape[] {
  const { fold, part, colour, tone } = mass;
  const tall = fold.foot - fold.peak[1];
  const width = Math.max(0.5, 0.5 + Math.sqrt(Math.min(tall, fold.half * 2)) * 0.085);
  const texture = cunOn(
    fold,
    { cun: mass.cun, count: mass.strokes, lit, width: width * 0.75, tone: 0.35 + 0.5 * tone },
    random,
  );
  const lineTone = Math.min(1, 0.45 + 0.6 * tone);
  const strokes = [
    ...texture,
    ...(detail > 0.15 ? ribLines(fold, width * 1.1, lineTone * 0.85, random) : []),
    ...contour(fold, width * 1.5, lineTone, random),
    ...(detail > 0.3 ? mossOn(fold, Math.round(mass.strokes * 0.16), width * 1.7, random) : []),
  ];
  const direction = mass.cun === 'axe-cut' ? Math.PI / 2 + lit * 0.4 : Math.PI / 2;
  const body = surface(part, foldOutline(fold), 'rock', colour, tone, {
    form: 'slope',
    lined: false,
    texture: { kind: mass.cun, direction, density: 0.6 },
  });
  const shapes = [body, ...shadows(mass, lit), lines(`${part}-texture`, 'rock', shade(colour, -0.35), tone, strokes)];
  if (mass.snow > 0) shapes.push(snowOn(fold, mass.snow, lit, random));
  if (mass.trees > 0)
    shapes.push(
      lines(
        `${part}-trees`,
        'foliage',
        mixHex(shade(colour, -0.45), '#2e4a33', 0.5),
        0.7,
        treesOn(fold, mass.trees, mass.treeSize, unit(0.5 + 0.4 * tone), random),
      ),
    );
  return shapes;
}

/** The skyline in two movements of the brush from the peak, lost towards the foot. */
function contour(fold: Fold, width: number, tone: number, random: Random): Stroke[] {
  return ([-1, 1] as const).flatMap((side) => {
    const reach = between(random, 0.72, 0.95);
    const first = skyline(fold, side, 44, reach);
    const again = downFold(fold, () => side * 0.99, reach * 0.3, reach * between(random, 0.45, 0.6), 10);
    return [
      mark('contour', first, width, tone, [0.55, 1, 0.7, 0.95, 0.6, 0.75, 0.4, 0.05]),
      mark('contour', again, width * 0.7, tone * 0.7, PRESSURE.breath),
    ];
  });
}

/** The sides turned from the light, one between every ridge and the next valley. */
function shadows({ fold, part, colour, tone }: Mass, lit: -1 | 1): Shape[] {
  return fold.ribs.map((rib, i) => {
    const next = lit < 0 ? (fold.ribs[i + 1] ?? 1) : (fold.ribs[i - 1] ?? -1);
    const from = Math.min(0.4, Math.abs(rib) * 0.3);
    const valley = rib + (next - rib) * 0.6;
    const edge = downFold(fold, (v) => rib + 0.05 * Math.sin(v * 11 + rib * 9), from, 0.86, 14);
    const back = downFold(fold, (v) => rib + (valley - rib) * Math.min(1, (v - from) * 2.4), from, 0.8, 10).reverse();
    return surface(`${part}-shadow`, [...edge, ...back], 'rock', shade(colour, -0.3), unit(tone + 0.12), {
      form: 'slope',
      lined: false,
      opacity: rib === 0 ? 0.5 : 0.34,
      softness: 0.3,
    });
  });
}

/** Snow lies on the upper slopes and runs down between the ridges. */
export function snowOn(fold: Fold, share: number, lit: -1 | 1, random: Random): Shape {
  const low: Point[] = Array.from({ length: 25 }, (_, i) => {
    const s = -1 + (2 * i) / 24;
    const reach =
      share * (0.62 + 0.5 * Math.abs(Math.sin(i * 1.9 + share * 9)) * between(random, 0.5, 1) + 0.2 * s * lit);
    return onFold(fold, s * 0.995, Math.min(0.95, reach * (0.7 + 0.3 * Math.abs(s))));
  });
  const left = skyline(fold, -1, 24, 1).filter(([, y]) => y < low[0]![1]);
  const right = skyline(fold, 1, 24, 1).filter(([, y]) => y < low.at(-1)![1]);
  return surface('snow', [...left.reverse(), ...right.slice(1), ...low.toReversed()], 'snow', '#f4f7fa', 0.04, {
    form: 'slope',
    lined: false,
  });
}

/** A bank of mist: pale, without edges. */
export function mistBank(at: Point, halfWidth: number, halfHeight: number, random: Random, opacity = 0.8): Shape {
  return surface(
    'mist',
    blob(at, halfWidth, halfHeight, random, { wobble: 0.22, corners: 13 }),
    'cloud',
    '#eef0ee',
    0.03,
    {
      softness: 1,
      opacity,
      lined: false,
    },
  );
}

interface Plan {
  readonly peak: Point;
  readonly foot: number;
  readonly half: number;
  readonly build: Build;
  readonly lean: number;
  readonly part: string;
  /** 0 the farthest … 1 the nearest. */
  readonly near: number;
}

/** A mountain with its company. */
export const drawMountain: Drawer = (placed, context) => {
  const { random, noise, detail } = context;
  const build = buildOf(placed, random);
  const plans = planMountain(placed, build, detail, random.fork('plan'));
  const season = seasonOf(placed, context);
  const snow = isSnowy(placed, context) ? 0.75 : build === 'spire' && season === 'winter' ? 0.4 : 0;
  const cun: Cun = build === 'round' ? 'hemp' : build === 'spire' ? 'raindrop' : 'axe-cut';
  const colour = placed.colour ?? SLOPES[season];
  const lit = litSide(placed, context);
  const budget = 40 + 1250 * detail;
  const size = plans.map(({ peak, foot, half }) => (foot - peak[1]) * half);
  const whole = size.reduce((a, b) => a + b, 0);
  const shapes = plans.flatMap((plan, i) => {
    const fold = createFold(plan, noise, random.fork(`fold-${i}`));
    const mass: Mass = {
      fold,
      part: plan.part,
      colour: mixHex(mixHex(colour, '#7f98ac', 0.4 * (1 - plan.near)), '#8d8358', 0.22 * plan.near),
      tone: 0.3 + 0.28 * plan.near,
      strokes: Math.round((budget * size[i]!) / whole),
      cun,
      trees:
        detail > 0.25 && snow === 0 ? Math.round(between(random, 4, 12) * detail * (plan.near > 0.5 ? 1.2 : 0.7)) : 0,
      treeSize: placed.box.height * 0.036 * (0.7 + 0.6 * plan.near),
      snow: snow * (1 - 0.35 * plan.near),
    };
    const masses = drawMass(mass, lit, detail, random.fork(`mass-${i}`));
    return plan.part === 'host' && misty(placed, context) ? [...masses, beltOf(placed, random.fork('belt'))] : masses;
  });
  return [...shapes, ...footOf(placed, random.fork('foot'))];
};

function buildOf({ states, element }: Placed, random: Random): Build {
  if (states.includes('steep')) return 'crag';
  if (states.includes('rolling')) return 'round';
  return random.pick(
    element === 'peak' ? (['spire', 'crag'] as const) : (['round', 'round', 'crag', 'spire'] as const),
  );
}

const misty = ({ states }: Placed, { composition, random }: DrawingContext): boolean =>
  states.includes('misty') || composition.weather === 'mist' || random.next() < 0.45;

function planMountain({ box, element }: Placed, build: Build, detail: number, random: Random): Plan[] {
  const { x, y, width, height } = box;
  const foot = y + height;
  const side = random.next() < 0.5 ? -1 : 1;
  const lone = element === 'peak';
  const centre = x + width * (0.5 + side * between(random, 0.02, 0.09));
  const host: Plan = {
    peak: [centre, y],
    foot: foot - height * 0.03,
    half: width * (lone ? 0.34 : 0.3),
    build,
    lean: -side * 0.5,
    part: 'host',
    near: 0.35,
  };
  const guests = Array.from({ length: detail < 0.12 ? 1 : 3 }, (_, i): Plan => {
    const way = i % 2 === 0 ? -side : side;
    const share = [between(random, 0.62, 0.76), between(random, 0.48, 0.6), between(random, 0.74, 0.86)][i]!;
    const away = [0.25, 0.29, 0.1][i]! * width * between(random, 0.9, 1.1);
    return {
      peak: [centre + way * away, foot - height * share],
      foot: foot - height * 0.05,
      half: width * between(random, 0.17, 0.23),
      build,
      lean: way * 0.4,
      part: 'guest',
      near: i === 2 ? 0 : 0.15,
    };
  });
  const count = Math.round(2 + 7 * Math.min(1, detail * 1.3));
  const folds = Array.from({ length: count }, (_, i): Plan => {
    const share = 0.5 - 0.34 * (i / count) + between(random, -0.05, 0.05);
    const place = 0.1 + 0.8 * ((i * 0.618 + 0.31) % 1);
    const half = Math.min(width * between(random, 0.12, 0.2), (place < 0.5 ? place : 1 - place) * width * 1.15);
    return {
      peak: [x + width * place, foot - height * share],
      foot,
      half,
      build: build === 'spire' ? 'crag' : build,
      lean: (place - 0.5) * 1.2,
      part: 'fold',
      near: 0.5 + (0.5 * i) / count,
    };
  });
  return [guests[2], guests[1], guests[0], host, ...folds].filter((plan) => plan !== undefined);
}

/** A belt of cloud across the host, below its head. */
function beltOf({ box }: Placed, random: Random): Shape {
  const at: Point = [box.x + box.width * between(random, 0.35, 0.65), box.y + box.height * between(random, 0.42, 0.52)];
  return mistBank(at, box.width * 0.36, box.height * 0.055, random, 0.85);
}

/** The foot sinks into mist. */
export function footOf({ box }: Placed, random: Random): Shape[] {
  const at: Point = [box.x + box.width / 2, box.y + box.height * 1.0];
  return [mistBank(at, box.width * 0.56, box.height * 0.13, random, 0.9)];
}

/** Pale ranges one behind the other, no more than their skylines and a wash. */
export const drawDistantMountain: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const colour = placed.colour ?? mixHex(SLOPES[seasonOf(placed, context)], '#7d97b3', 0.6);
  const bands = detail < 0.2 ? 2 : 4;
  const shapes = Array.from({ length: bands }, (_, i): Shape => {
    const share = i / (bands - 1);
    const line = rangeLine(placed, share, noise, random.fork(`band-${i}`));
    const strokes = [mark('contour', line, Math.max(0.6, box.height * 0.008), 0.18 + 0.25 * share, PRESSURE.breath)];
    return surface(
      'range',
      [...line, [box.x + box.width, box.y + box.height], [box.x, box.y + box.height]],
      'rock',
      shade(colour, 0.34 * (1 - share)),
      0.16 + 0.26 * share,
      {
        form: 'slope',
        lined: false,
        strokes,
      },
    );
  });
  return [
    ...shapes,
    mistBank(
      [box.x + box.width / 2, box.y + box.height],
      box.width * 0.55,
      box.height * 0.2,
      random.fork('mist'),
      0.85,
    ),
  ];
};

/** A skyline of peaks that swell to one side and die away. */
function rangeLine({ box }: Placed, share: number, noise: Noise, random: Random): Point[] {
  const middle = between(random, 0.25, 0.75);
  const phase = random.next() * 50;
  const tall = box.height * (0.95 - 0.5 * share);
  const points: Line = Array.from({ length: 61 }, (_, i): Point => {
    const u = i / 60;
    const swell = Math.exp(-(((u - middle) / 0.33) ** 2)) * 0.72 + 0.18;
    const taper = Math.min(1, u / 0.12, (1 - u) / 0.12);
    const form =
      0.68 +
      0.5 * Math.abs(noise(u * 4.2 + phase, share * 9)) * 1.3 -
      0.18 +
      0.12 * noise(u * 13 + phase, 5) +
      0.05 * noise(u * 34 + phase, 3);
    return [box.x + u * box.width, box.y + box.height - tall * unit(swell * form) * (0.08 + 0.92 * taper)];
  });
  return smooth(points, { steps: 2 });
}

/** A chain: mountains side by side, distant ones behind. */
export const drawMountainRange: Drawer = (placed, context) => {
  const { box } = placed;
  const { random } = context;
  const far = drawDistantMountain(
    { ...placed, box: { ...box, height: box.height * 0.75, y: box.y + box.height * 0.1 } },
    context,
  );
  const count = 3;
  const order = random.shuffle([0, 1, 2]);
  const near = order.flatMap((place, i) => {
    const width = box.width * between(random, 0.42, 0.52);
    const height = box.height * (i === 0 ? 1 : between(random, 0.55, 0.8));
    const own = {
      x: box.x + (place / (count - 1)) * (box.width - width),
      y: box.y + box.height - height,
      width,
      height,
    };
    return drawMountain(
      { ...placed, box: own },
      { ...context, random: random.fork(`part-${i}`), detail: context.detail * 0.36 },
    );
  });
  return [...far, ...near];
};

/** A cone of ash with a broken lip; smoke and fire when it burns. */
export const drawVolcano: Drawer = (placed, context) => {
  const { box } = placed;
  const { random, noise, detail } = context;
  const smoke = box.height * 0.24;
  const top = box.y + smoke;
  const centre = box.x + box.width / 2;
  const fold = createFold(
    { peak: [centre, top], foot: box.y + box.height, half: box.width * 0.48, build: 'cone' },
    noise,
    random,
  );
  const mass: Mass = {
    fold,
    part: 'cone',
    colour: placed.colour ?? '#77706b',
    tone: 0.5,
    strokes: Math.round(40 + 700 * detail),
    cun: 'hemp',
    trees: 0,
    treeSize: 0,
    snow: isSnowy(placed, context) ? 0.6 : 0.26,
  };
  const plume = Array.from({ length: 5 }, (_, i) =>
    surface(
      'smoke',
      blob(
        [centre + i * box.width * 0.035, top - smoke * (0.12 + 0.17 * i)],
        smoke * (0.14 + 0.09 * i),
        smoke * (0.16 + 0.03 * i),
        random,
        { wobble: 0.25 },
      ),
      'cloud',
      '#b9b2ae',
      0.35,
      { softness: 0.6, opacity: 0.7, lined: false, form: 'round' },
    ),
  );
  const crater = surface(
    'crater',
    blob([centre, top + box.height * 0.012], box.width * 0.055, box.height * 0.016, random),
    'fire',
    '#d8632c',
    0.55,
    { glow: 0.5 },
  );
  const lava = [-0.12, 0.2].map((s) =>
    mark(
      'detail',
      downFold(fold, (v) => s * (0.4 + v) + 0.05 * Math.sin(v * 15), 0, 0.34, 12),
      box.width * 0.016,
      0.6,
      PRESSURE.nail,
      '#e0622a',
    ),
  );
  return [
    ...plume.toReversed(),
    ...drawMass(mass, litSide(placed, context), detail, random.fork('mass')),
    crater,
    lines('lava', 'fire', '#e0622a', 0.6, lava, { glow: 0.6 }),
    ...footOf(placed, random.fork('foot')),
  ];
};
