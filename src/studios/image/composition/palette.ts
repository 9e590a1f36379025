/** Palettes: from what the artist named, else from season, hour, weather and mood, in OKLab. */
import type { Random } from '../../../core/index.ts';
import type { Plan } from '../../../kernel/index.ts';
import { mixHex } from '../raster/index.ts';
import palettes from './palettes.table.json' with { type: 'json' };
import type { Palette } from './types.ts';

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
  const tinted = hour ? { ...base, ground: mixHex(base.ground, hour.tint, hour.share) } : base;
  // Sorrow greys, joy stays pure.
  const grey = Math.max(0, -plan.mood.valence) * 0.35;
  const main = tinted.main.map((colour) => mixHex(colour, '#8a8d90', grey));
  return { ...tinted, main: named[0] ? [named.at(-1)!, ...main] : main };
}
