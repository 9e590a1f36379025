/** The air of an ink painting: a night sky around the moon, rain light, mist between far and near. */
import { createGlaze, type Glaze, lift, pigmentOf, type Sheet, stain } from '../../brush/index.ts';
import type { Composition } from '../../composition/index.ts';
import { createField, type Noise } from '../../raster/index.ts';

/** How dark the sky is washed, by hour and weather. */
function darknessOf({ hour, weather, light }: Composition): number {
  const night = hour === 'night' || light.source === 'moon' || light.source === 'stars' ? 0.62 : 0;
  const dusk = hour === 'dusk' || hour === 'dawn' ? 0.16 : 0;
  const cover = { clear: 0, cloudy: 0.06, overcast: 0.16, mist: 0.08, rain: 0.22, storm: 0.38, snow: 0.26, wind: 0.05 }[
    weather
  ];
  return Math.max(night, dusk + cover);
}

/** The sky behind everything; undefined when it stays paper. */
export function paintSky(composition: Composition, sheet: Sheet, scale: number, noise: Noise): Glaze | undefined {
  const dark = darknessOf(composition);
  if (dark === 0) return undefined;
  const { width, height } = sheet;
  const glaze = createGlaze(sheet);
  const field = createField(width, height);
  const horizon = Math.min(composition.horizon * scale, height * 1.05);
  const size = 210 * scale;
  for (let y = 0, at = 0; y < height; y++) {
    // Snow on the ground is the paper itself.
    const white =
      composition.weather === 'snow' ? 1 - 0.72 * Math.min(1, Math.max(0, (y - horizon) / (60 * scale))) : 1;
    const fall = white * Math.max(0.18, 1 - (y / horizon) * 0.85);
    for (let x = 0; x < width; x++, at++) {
      const cloud = 1 + 0.42 * noise(x / size, y / (size * 0.6)) + 0.2 * noise((x / size) * 3.1, (y / size) * 4.3);
      field.data[at] = dark * Math.max(0.1 * white, fall * cloud);
    }
  }
  const night = dark > 0.5;
  stain(glaze, { x: 0, y: 0, field }, pigmentOf(night ? '#1a2733' : '#5d6a72'), night ? 1 : 0.9);
  return glaze;
}

/** Light around what shines: the sky is left paler there (烘云托月). */
export function leaveGlow(glaze: Glaze, [x, y]: readonly [number, number], radius: number): void {
  const reach = radius * 4.5;
  const left = Math.max(0, Math.floor(x - reach));
  const top = Math.max(0, Math.floor(y - reach));
  const right = Math.min(glaze.width, Math.ceil(x + reach));
  const bottom = Math.min(glaze.height, Math.ceil(y + reach));
  if (right <= left || bottom <= top) return;
  const field = createField(right - left, bottom - top);
  for (let py = top, at = 0; py < bottom; py++) {
    for (let px = left; px < right; px++, at++) {
      const away = Math.hypot(px - x, py - y) / radius;
      field.data[at] = away <= 1 ? 0.9 : 0.72 * Math.exp(-((away - 1) ** 2) / 2.6);
    }
  }
  lift(glaze, { x: left, y: top, field }, 1);
}
