/**
 * The sky of a night: deep overhead, glowing at the horizon; the Milky Way with its dust, curtains of aurora, stars by magnitude.
 *
 *   gradient ─▶ + band of light × clouds of dust ─▶ + curtains ─▶ + airglow and the moon's halo ─▶ stars on top
 */
import type { Random } from '../../../../core/index.ts';
import type { Composition } from '../../composition/index.ts';
import { type Bitmap, createBitmap, createNoise, fractal, type Noise } from '../../raster/index.ts';

/** What the sky holds. */
export interface NightSky {
  readonly milkyWay: boolean;
  readonly aurora: boolean;
  /** 0 covered … 1 clear: how many stars are seen. */
  readonly clear: number;
  readonly moon: readonly [x: number, y: number, radius: number] | undefined;
  /** Moonlight without a moon among the things: the painter sets one. */
  readonly ownMoon: boolean;
}

/** What the sky of a composition holds, by its elements, its weather and its light. */
export function nightSkyOf({ placed, weather, width, height }: Composition): NightSky {
  const has = (...ids: string[]): boolean => placed.some(({ element }) => ids.includes(element));
  const found = placed.find(({ element }) => element === 'moon');
  const clear = { clear: 1, cloudy: 0.5, overcast: 0.12, mist: 0.35, rain: 0, storm: 0, snow: 0.12, wind: 0.8 }[
    weather
  ];
  const box = found?.box;
  const ownMoon = !found && has('moonlight');
  const isFree = !found && !ownMoon;
  return {
    milkyWay:
      has('milky-way', 'universe', 'nebula', 'starry-sky') || (clear === 1 && isFree && !has('aurora', 'fireworks')),
    aurora: has('aurora'),
    clear: isFree ? clear : clear * 0.55,
    moon: box
      ? [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height) / 2]
      : ownMoon
        ? [width * 0.66, height * 0.2, 38]
        : undefined,
    ownMoon,
  };
}

type Light = [red: number, green: number, blue: number];

interface Room {
  readonly width: number;
  readonly height: number;
  /** Pixels to a unit. */
  readonly scale: number;
  readonly random: Random;
}

/** The sky without stars, opaque over the whole sheet. */
export function skyBitmap(composition: Composition, sky: NightSky, { width, height, scale, random }: Room): Bitmap {
  const bitmap = createBitmap(width, height);
  const noise = fractal(createNoise(random.fork('dust')), 4, 0.55);
  const wisp = createNoise(random.fork('wisp'));
  const slant = (random.next() < 0.5 ? -1 : 1) * (0.5 + 0.5 * random.next());
  const curtains = sky.aurora ? curtainsOf(composition, random.fork('aurora')) : [];
  const horizon = Math.min(composition.horizon, composition.height * 1.02);
  const light: Light = [0, 0, 0];
  const step = Math.max(1, Math.round(1.5 * scale));
  for (let top = 0; top < height; top += step) {
    for (let left = 0; left < width; left += step) {
      const [x, y] = [left / scale, top / scale];
      baseAt(light, y / horizon, wisp(x / 420, y / 240));
      if (sky.milkyWay) addMilkyWay(light, x, y, composition, slant, noise);
      for (const curtain of curtains) addCurtain(light, x, y, curtain, wisp);
      if (sky.moon) addHalo(light, x, y, sky.moon, sky.ownMoon ? wisp(x / 17, y / 17) : undefined);
      fillCell(bitmap, left, top, step, light);
    }
  }
  return bitmap;
}

function fillCell({ width, height, data }: Bitmap, left: number, top: number, step: number, light: Light): void {
  for (let y = top; y < Math.min(height, top + step); y++) {
    for (let x = left, at = (y * width + left) * 4; x < Math.min(width, left + step); x++, at += 4) {
      // A grain less than a step of colour keeps wide gradients from banding.
      const grain = (((x * 7 + y * 13) % 5) - 2) * 0.35;
      for (let c = 0; c < 3; c++) data[at + c] = 255 * Math.min(1, light[c]!) + grain;
      data[at + 3] = 255;
    }
  }
}

const DEEP: Light = [0.022, 0.034, 0.1];
const BLUE: Light = [0.06, 0.12, 0.29];
const GLOW: Light = [0.17, 0.3, 0.44];

/** Deep blue overhead to airglow at the horizon. */
function baseAt(light: Light, down: number, wisp: number): void {
  const t = Math.min(1, Math.max(0, down + 0.05 * wisp));
  for (let c = 0; c < 3; c++) {
    const mid = DEEP[c]! + (BLUE[c]! - DEEP[c]!) * t ** 0.9;
    light[c] = mid + (GLOW[c]! - mid) * t ** 5 * 0.85;
  }
}

/** A slanting band of light, parted by lanes of dust, rose in its heart. */
function addMilkyWay(
  light: Light,
  x: number,
  y: number,
  { width, height }: Composition,
  slant: number,
  noise: Noise,
): void {
  const [u, v] = [(x - width * 0.5) / 1000, (y - height * 0.3) / 1000];
  const turn = Math.atan(slant * 1.4);
  const along = u * Math.cos(turn) + v * Math.sin(turn);
  const across = -u * Math.sin(turn) + v * Math.cos(turn) + 0.06 * noise(along * 2.2, 3.3);
  const cloud = noise(x / 150, y / 150);
  const band = Math.exp(-((across / 0.17) ** 2)) * (0.62 + 0.6 * cloud);
  const lane =
    Math.exp(-(((across + 0.03 * noise(along * 5, 8)) / 0.045) ** 2)) * Math.max(0, 0.35 + noise(x / 90 + 9, y / 90));
  const shine = Math.max(0, band - 0.75 * lane) * (0.75 + 0.4 * noise(along * 1.6 + 4, 1));
  const heart = Math.exp(-(((along + 0.1) / 0.3) ** 2));
  light[0] += shine * (0.25 + 0.22 * heart);
  light[1] += shine * (0.26 + 0.08 * heart);
  light[2] += shine * (0.4 - 0.02 * heart);
}

/** One curtain: its lower edge by x, and how long and bright its rays are. */
interface Curtain {
  readonly foot: number;
  readonly swing: number;
  readonly phase: number;
  readonly length: number;
  readonly strength: number;
}

function curtainsOf({ horizon, height }: Composition, random: Random): Curtain[] {
  const low = Math.min(horizon, height);
  return Array.from({ length: 3 }, (_, i) => ({
    foot: low * (0.82 - 0.2 * i),
    swing: low * (0.07 + 0.05 * random.next()),
    phase: random.next() * 50,
    length: low * (0.4 - 0.07 * i),
    strength: [0.85, 0.6, 0.4][i]!,
  }));
}

/** Rays stand on a sharp lower edge and fade upwards, green below, violet above. */
function addCurtain(
  light: Light,
  x: number,
  y: number,
  { foot, swing, phase, length, strength }: Curtain,
  wisp: Noise,
): void {
  const fold = wisp(x / 260 + phase, phase) + 0.45 * wisp(x / 95 + phase, phase + 5);
  const up = foot + swing * 1.6 * fold - y;
  if (up < -16 || up > length * 2.4) return;
  const rays = 0.62 + 0.38 * wisp(x / 26 + phase, up / 900 + phase) + 0.3 * wisp(x / 9, phase);
  const veil = 0.35 + 0.65 * Math.max(0, 0.5 + wisp(x / 330 + 7, phase + 2) * 1.1);
  const edge = 1 / (1 + Math.exp(-up / 5));
  const body = Math.exp(-Math.max(0, up) / (length * (0.5 + 0.35 * rays)));
  const shine = strength * Math.max(0, rays) * veil * edge * body;
  const high = Math.min(1, Math.max(0, up / length));
  light[0] += shine * (0.12 + 0.5 * high ** 1.4);
  light[1] += shine * (0.92 - 0.62 * high);
  light[2] += shine * (0.42 + 0.32 * high);
}

/** Light about the moon; `maria` draws its face, too. */
function addHalo(
  light: Light,
  x: number,
  y: number,
  [mx, my, radius]: readonly [number, number, number],
  maria: number | undefined,
): void {
  const away = Math.hypot(x - mx, y - my) / radius;
  const shine = 0.42 * Math.exp(-Math.max(0, away - 1) / 1.5) + 0.2 * Math.exp(-away / 7);
  if (maria !== undefined && away < 1) {
    const face = 0.93 - 0.13 * Math.max(0, maria) - 0.08 * away ** 4;
    for (let c = 0; c < 3; c++) light[c] = face * [1.03, 1, 0.9][c]!;
    return;
  }
  light[0] += shine * 0.82;
  light[1] += shine * 0.88;
  light[2] += shine * 0.95;
}

/** Colours of stars by temperature: blue-white, white, yellow, orange. */
const STARS: readonly Light[] = [
  [0.75, 0.84, 1],
  [1, 1, 1],
  [1, 0.95, 0.82],
  [1, 0.84, 0.66],
];

/** Stars: very many faint ones, few bright ones with a glow and fine rays; denser along the Milky Way's light. */
export function starsBitmap(
  composition: Composition,
  sky: NightSky,
  under: Bitmap,
  { width, height, scale, random }: Room,
): Bitmap {
  const bitmap = createBitmap(width, height);
  const low = Math.min(height, composition.horizon > composition.height * 0.85 ? height : composition.horizon * scale);
  const area = (composition.width * Math.min(composition.horizon, composition.height)) / 1e6;
  const count = Math.round((sky.milkyWay ? 6000 : 2600) * sky.clear * area);
  for (let i = 0; i < count; i++) {
    const [x, y] = [random.next() * width, random.next() * low];
    const at = (Math.floor(y) * width + Math.floor(x)) * 4;
    const bright = (under.data[at]! + under.data[at + 1]! + under.data[at + 2]!) / 765;
    // More of the faint ones in the bright band; all fade in the haze near the horizon.
    if (random.next() > 0.3 + 1.6 * bright) continue;
    const magnitude = 1 - random.next() ** 0.12;
    const fade = Math.min(1, (1 - y / low) * 5 + 0.12);
    drawStar(bitmap, [x, y], (0.1 + 3.6 * magnitude ** 1.25) * fade, scale, random.pick(STARS));
  }
  return bitmap;
}

function drawStar(
  bitmap: Bitmap,
  [x, y]: readonly [number, number],
  power: number,
  scale: number,
  colour: Light,
): void {
  const core = Math.max(0.55, (0.5 + 0.55 * power) * scale);
  const reach = Math.ceil(core * (power > 0.9 ? 7 : 3));
  const rays = power > 1.3 ? Math.min(1, power - 1.2) : 0;
  for (let py = Math.floor(y) - reach; py <= y + reach; py++) {
    for (let px = Math.floor(x) - reach; px <= x + reach; px++) {
      if (px < 0 || py < 0 || px >= bitmap.width || py >= bitmap.height) continue;
      const [dx, dy] = [px + 0.5 - x, py + 0.5 - y];
      const away = (dx * dx + dy * dy) / (core * core);
      const cross =
        rays *
        (Math.exp(-Math.abs(dx * 5) / core - Math.abs(dy) / (core * 2.2)) +
          Math.exp(-Math.abs(dy * 5) / core - Math.abs(dx) / (core * 2.2)));
      const alpha = Math.min(
        1,
        Math.min(1, power + 0.1) * Math.exp(-away * 1.1) +
          0.2 * Math.min(1, power) * Math.exp(-Math.sqrt(away) * 1.1) +
          0.5 * cross,
      );
      const at = (py * bitmap.width + px) * 4;
      if (alpha * 255 <= bitmap.data[at + 3]!) continue;
      for (let c = 0; c < 3; c++) bitmap.data[at + c] = 255 * colour[c]!;
      bitmap.data[at + 3] = 255 * alpha;
    }
  }
}
