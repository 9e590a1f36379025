/** Sky, ground and the colour of the air, by hour, weather and season: what colours every painter of full colour begins with. */
import type { Composition } from '../../composition/index.ts';
import { formatHex, fromOklab, mixHex, parseHex, type Triple, toOklab } from '../../raster/index.ts';

export interface Air {
  /** Colours of the sky at the top and at the horizon. */
  readonly top: string;
  readonly low: string;
  /** Ground near the horizon and near the foot of the paper. */
  readonly groundFar: string;
  readonly groundNear: string;
  /** What things far away fade into, and how much the farthest do, 0–1. */
  readonly haze: string;
  readonly hazeShare: number;
  /** Brightness of things, 0–1, and the tint of the light. */
  readonly strength: number;
  readonly tint: string;
  readonly tintShare: number;
}

const SKIES = {
  dawn: ['#7d8fb0', '#f5c9a6'],
  morning: ['#7fb2da', '#e9f0ea'],
  noon: ['#4f99d8', '#d9eaf2'],
  afternoon: ['#6aa6d2', '#f3e6c8'],
  dusk: ['#4b4f80', '#f2935c'],
  night: ['#182b60', '#6079b0'],
} as const;

const GROUNDS = { spring: '#a3b97c', summer: '#7ea45c', autumn: '#c3a062', winter: '#dfe4e6' } as const;
const COVER = {
  clear: 0,
  cloudy: 0.25,
  overcast: 0.7,
  mist: 0.55,
  rain: 0.75,
  storm: 0.9,
  snow: 0.75,
  wind: 0.1,
} as const;
const HAZE = {
  clear: 0.5,
  cloudy: 0.5,
  overcast: 0.55,
  mist: 0.85,
  rain: 0.68,
  storm: 0.6,
  snow: 0.66,
  wind: 0.45,
} as const;

/** Bare ground that shows through to the foot of the paper. */
const BARE: Readonly<Record<string, string>> = {
  desert: '#dcc08a',
  dune: '#dcc08a',
  beach: '#e2cd9e',
  snowfield: '#f4f7f9',
  glacier: '#eef4f8',
};

/** The nearest bare ground of a composition. */
const bareOf = (placed: Composition['placed']): string | undefined =>
  BARE[
    placed.findLast(({ element, kind, box }) => kind === 'land' && (element in BARE || box.width > 900))?.element ?? ''
  ];

/** The air of a composition. */
export function airOf({ hour, weather, season, light, palette, placed }: Composition): Air {
  const time =
    hour ??
    (light.source === 'moon' || light.source === 'stars' ? 'night' : light.source === 'dusk-glow' ? 'dusk' : 'morning');
  const grey =
    time === 'night' ? '#2b333f' : weather === 'storm' ? '#565e66' : weather === 'snow' ? '#aab7c2' : '#a3adb2';
  const [top, low] = SKIES[time].map((colour, i) => mixHex(colour, grey, COVER[weather] * (i === 0 ? 1 : 0.8))) as [
    string,
    string,
  ];
  const isWhite = weather === 'snow';
  const bare = bareOf(placed);
  const ground = mixHex(
    isWhite ? '#f6f9fb' : (bare ?? GROUNDS[season ?? 'summer']),
    palette.main[0] ?? '#88a070',
    isWhite ? 0.04 : bare ? 0.06 : 0.25,
  );
  const strength = time === 'night' ? 0.66 : time === 'dusk' || time === 'dawn' ? 0.78 : 1;
  const [tint, tintShare] =
    time === 'night'
      ? ['#456399', 0.24]
      : time === 'dusk'
        ? ['#f0a060', 0.22]
        : time === 'dawn'
          ? ['#f2c0a8', 0.16]
          : ['#fff3d8', 0.06];
  const air = {
    top,
    low,
    haze: low,
    hazeShare: HAZE[weather],
    strength,
    tint: tint as string,
    tintShare: tintShare as number,
  };
  const lit = (colour: string, depth: number): string =>
    litColour(colour, depth, { ...air, groundFar: '', groundNear: '' });
  return {
    ...air,
    groundFar: lit(ground, 0.3),
    groundNear: lit(shadeHex(ground, isWhite ? -0.015 : bare ? -0.04 : -0.12), 1),
  };
}

/** A colour as it is seen at a depth: lit, tinted, faded into the haze. */
export function litColour(colour: string, depth: number, { strength, tint, tintShare, haze, hazeShare }: Air): string {
  const [l, a, b] = toOklab(parseHex(colour));
  const dimmed = formatHex(
    fromOklab([l * (0.3 + 0.7 * strength), a * (0.5 + 0.5 * strength), b * (0.5 + 0.5 * strength)]),
  );
  return mixHex(mixHex(dimmed, tint, tintShare), haze, hazeShare * (1 - depth) ** 1.4);
}

/** Lighter (positive) or darker by a step of OKLab lightness. */
export function shadeHex(colour: string, by: number): string {
  const [l, a, b] = toOklab(parseHex(colour));
  return formatHex(fromOklab([Math.min(1, Math.max(0, l + by)), a, b] as Triple));
}
