/** Palettes: from what the artist named, else from season, hour, weather and mood, in OKLab. */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import { mixHex } from '../raster/index.ts';
import palettes from './palettes.table.json' with { type: 'json' };
import type { Palette } from './types.ts';

const NIGHTS: readonly [Palette, ...Palette[]] = [
  {
    ground: '#1a2547',
    dark: '#0c1330',
    main: ['#2f5fa8', '#6f8fd6', '#7c6fc4', '#3f9fa6', '#c9d6f4'],
    accent: '#f4c95d',
  },
  {
    ground: '#161f44',
    dark: '#0a0f28',
    main: ['#3a4fa0', '#5f7fd8', '#a074c8', '#4fb3a5', '#dfe3f5'],
    accent: '#ffd98a',
  },
];

/** Grounds and colours of a plan. */
export function choosePalette(plan: Plan, random: Random): Palette {
  const named = plan.palette ?? [];
  if (named.length >= 3) {
    const [ground, ...rest] = named as [string, ...string[]];
    return { ground, dark: mixHex(rest[0]!, '#101418', 0.7), main: rest.slice(0, 5), accent: rest.at(-1)! };
  }
  const season = plan.season ?? random.pick(['spring', 'summer', 'autumn'] as const);
  const base = random.pick(palettes.seasons[season]);
  const hour = plan.hour && palettes.hours[plan.hour];
  // By night the colours are those of the sky: blues and violets, one warm light.
  if (plan.hour === 'night' && named.length === 0) return NIGHTS[random.integer(NIGHTS.length)]!;
  const tinted = hour ? { ...base, ground: mixHex(base.ground, hour.tint, hour.share) } : base;
  // Sorrow greys, joy stays pure.
  const grey = Math.max(0, -plan.mood.valence) * 0.35;
  const main = tinted.main.map((colour) => mixHex(colour, '#8a8d90', grey));
  return { ...tinted, main: named[0] ? [named.at(-1)!, ...main] : main };
}
