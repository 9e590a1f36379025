/**
 * Heaven and earth before anything is set into them: a graded sky with clouds that flatten towards the horizon, land that recedes in
 * bands of light and shade, or a quiet ground behind one near subject.
 *
 *   cloud cover = noise seen in perspective ─▶ above a threshold by weather ─▶ lit from above, dark below
 *
 * It changes slowly, so it is reckoned on a coarse grid and read between its points.
 */
import type { Composition } from '../../composition/index.ts';
import {
  createField,
  type Field,
  mixHex,
  type Noise,
  parseHex,
  sampleField,
  type Triple,
  toOklab,
} from '../../raster/index.ts';
import type { Air } from './air.ts';

/** OKLab at a pixel. */
export type Firmament = (x: number, y: number) => Triple;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much of the sky clouds cover, 0–1, by weather. */
const CLOUDS: Readonly<Record<Composition['weather'], number>> = {
  clear: 0.4,
  cloudy: 0.62,
  overcast: 0.85,
  mist: 0.45,
  rain: 0.9,
  storm: 0.95,
  snow: 0.75,
  wind: 0.5,
};

/** Pixels between two points of the grid at 1000 pixels. */
const GRID = 4;

/** Heaven and earth of a composition; `scale` pixels to a unit. */
export function firmamentOf(composition: Composition, air: Air, size: Size, scale: number, noise: Noise): Firmament {
  const isNear = composition.horizon > composition.height;
  const at = isNear ? wallAt(composition, air, noise) : outdoorsAt(composition, air, noise);
  const step = Math.max(1, GRID * scale);
  const horizon = composition.horizon;
  if (isNear) return coarse(size, step, (x, y) => at(x / scale, y / scale));
  // The horizon is an edge: each side has its own grid.
  const heaven = coarse(size, step, (x, y) => at(x / scale, Math.min(y / scale, horizon - 0.01)));
  const earth = coarse(size, step, (x, y) => at(x / scale, Math.max(y / scale, horizon + 0.01)));
  return (x, y) => (y < horizon * scale ? heaven(x, y) : earth(x, y));
}

function coarse({ width, height }: Size, step: number, at: Firmament): Firmament {
  const [columns, rows] = [Math.ceil(width / step) + 2, Math.ceil(height / step) + 2];
  const fields: readonly [Field, Field, Field] = [
    createField(columns, rows),
    createField(columns, rows),
    createField(columns, rows),
  ];
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const colour = at(column * step, row * step);
      for (let c = 0; c < 3; c++) fields[c as 0]!.data[i] = colour[c]!;
    }
  }
  return (x, y) => [
    sampleField(fields[0], x / step, y / step),
    sampleField(fields[1], x / step, y / step),
    sampleField(fields[2], x / step, y / step),
  ];
}

const lab = (hex: string): Triple => toOklab(parseHex(hex));
const mix = (a: Triple, b: Triple, share: number): Triple => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];
const ease = (low: number, high: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** Behind one subject: light about the middle of attention, the corners deeper, two hues that run into each other. */
function wallAt({ hour, light, palette, width, height, focus }: Composition, air: Air, noise: Noise): Firmament {
  const night = hour === 'night' || light.source === 'moon' || light.source === 'stars';
  const [pale, deep, other] = (
    night
      ? [air.low, air.top, mixHex(air.top, '#3a3f78', 0.4)]
      : [
          mixHex(palette.ground, '#ffffff', 0.25),
          mixHex(palette.ground, palette.main[0] ?? '#8a9a80', 0.34),
          mixHex(palette.ground, palette.main[1] ?? '#8aa0b0', 0.38),
        ]
  ).map(lab) as [Triple, Triple, Triple];
  const reach = Math.hypot(width, height) * 0.62;
  return (x, y) => {
    const cloud = noise(x / 330, y / 300);
    const away = Math.hypot(x - focus[0], (y - focus[1]) * 0.9) / reach;
    const dark = ease(0.12, 1.05, away + 0.22 * cloud);
    const turned = ease(-0.5, 0.6, noise(x / 520 + 7.7, y / 460) + (x / width - 0.5) * 0.8);
    return mix(pale, mix(deep, other, turned), dark);
  };
}

function outdoorsAt(composition: Composition, air: Air, noise: Noise): Firmament {
  const heaven = heavenAt(composition, air, noise);
  const earth = earthAt(composition, air, noise);
  return (x, y) => (y < composition.horizon ? heaven(x, y) : earth(x, y));
}

/** The sky: darkest overhead, brightest over the horizon, its clouds in perspective. */
function heavenAt(composition: Composition, air: Air, noise: Noise): Firmament {
  const { horizon, weather, light, hour } = composition;
  const [top, low] = [lab(air.top), lab(air.low)];
  const night = air.strength < 0.7;
  const lit = lab(
    night
      ? mixHex(air.low, '#8fa3cf', 0.3)
      : hour === 'dusk' || hour === 'dawn'
        ? mixHex(air.low, '#fff0dc', 0.45)
        : mixHex(air.low, '#ffffff', 0.8),
  );
  const shaded = lab(night ? mixHex(air.top, '#0c1230', 0.3) : mixHex(air.top, air.low, 0.5));
  const dusky = hour === 'dusk' || hour === 'dawn';
  const cover = CLOUDS[weather] * (night ? 0.75 : 1);
  const threshold = 0.5 - 0.95 * cover;
  const warm = lab(dusky ? (hour === 'dusk' ? '#ff9d5c' : '#ffd0b0') : air.low);
  return (x, y) => {
    const down = Math.min(1, Math.max(0, y / Math.max(1, horizon)));
    let colour = mix(top, low, down ** 1.25);
    if (dusky) {
      const near = Math.exp(-Math.hypot((x - light.at[0]) / 620, (y - Math.min(light.at[1], horizon)) / 300));
      colour = mix(colour, warm, 0.55 * near + 0.2 * down ** 4);
    }
    // Seen from below, clouds come closer together and flatter towards the horizon.
    const far = 1 / (1.16 - down);
    const [u, v] = [(x / 500) * (0.55 + 0.3 * far) + 3.1, far * 1.15];
    const form = noise(u, v * 1.5) + 0.45 * noise(u * 2.3 + 9.2, v * 3.6);
    const dense = ease(threshold, threshold + 0.62, form);
    if (dense <= 0) return colour;
    const above = noise(u, v * 1.5 - 0.16) + 0.45 * noise(u * 2.3 + 9.2, v * 3.6 - 0.36);
    const bright = ease(-0.25, 0.35, form - above);
    return mix(colour, mix(shaded, lit, 0.35 + 0.65 * bright), dense * (night ? 0.45 : 0.72) * (1 - 0.45 * down ** 3));
  };
}

/** The land: hazy at the horizon, deeper and richer towards the foot, swells of light and shade that widen as they come nearer. */
function earthAt({ horizon, height }: Composition, air: Air, noise: Noise): Firmament {
  const [far, foot, haze] = [lab(air.groundFar), lab(air.groundNear), lab(air.haze)];
  const depth = Math.max(1, height - horizon);
  return (x, y) => {
    const near = Math.min(1, Math.max(0, (y - horizon) / depth));
    const away = 1 / (near + 0.07);
    const base = mix(mix(haze, far, 0.25 + 0.75 * ease(0, 0.16, near)), foot, near ** 0.75);
    const swell = noise((x / 560) * (0.3 + 0.16 * away) + 5.3, away * 0.85);
    const patch = noise((x / 210) * (0.3 + 0.2 * away) + 1.7, away * 1.9 + 3);
    const light = (0.055 * swell + 0.028 * patch) * (0.3 + 0.7 * ease(0, 0.25, near));
    return [base[0] + light, base[1] * (1 - 0.3 * swell * near), base[2] * (1 + 0.4 * light)];
  };
}
