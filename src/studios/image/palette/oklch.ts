/** OKLCh: OKLab by chroma and hue, and the way back into what a screen can show. */
import type { Triple } from '../raster/index.ts';

/** Lightness 0–1, chroma from 0, hue in degrees 0–360. */
export interface Lch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

export function toLch([lightness, a, b]: Triple): Lch {
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(a, b), hue: (hue + 360) % 360 };
}

/** Lch → OKLab. */
export function fromLch({ lightness, chroma, hue }: Lch): Triple {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** Whether sRGB has this OKLab colour (Ottosson 2020). */
export function isShown([lightness, a, b]: Triple): boolean {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const within = (value: number): boolean => value >= -0.002 && value <= 1.002;
  return (
    within(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) &&
    within(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) &&
    within(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  );
}

/** The same lightness and hue with as much of the chroma as sRGB has. */
export function toShown(colour: Triple): Triple {
  if (isShown(colour)) return colour;
  const [lightness, a, b] = colour;
  let [low, high] = [0, 1];
  for (let i = 0; i < 10; i++) {
    const share = (low + high) / 2;
    if (isShown([lightness, a * share, b * share])) low = share;
    else high = share;
  }
  return [lightness, a * low, b * low];
}
