/** What colour a picture mostly is, in words: hue and lightness of its pixels in OKLCH, white ground left out. */

/** A colour in English and Chinese. */
export type ColourName = readonly [en: string, zh: string];

/** Hues in degrees of OKLCH, each up to the next border. */
const HUES: readonly (readonly [border: number, name: ColourName])[] = [
  [12, ['pink', '粉色']],
  [45, ['red', '红色']],
  [75, ['orange', '橙色']],
  [112, ['yellow', '黄色']],
  [165, ['green', '绿色']],
  [215, ['teal', '青色']],
  [272, ['blue', '蓝色']],
  [325, ['purple', '紫色']],
  [360, ['pink', '粉色']],
];
const COLOURED = 0.07;
/** Half the width of what counts as one colour, in degrees. */
const NEAR = 32;
/** Share of a picture's pixels that must agree. */
const AGREED = 0.55;

/** The one colour of RGB pixels on white, or nothing where several share the picture. */
export function colourOf(pixels: Uint8Array): ColourName | undefined {
  const seen = lchOf(pixels);
  const coloured = seen.filter(({ chroma }) => chroma > COLOURED);
  if (seen.length < 200) return undefined;
  if (coloured.length < 0.2 * seen.length) return greyOf(seen);
  const hue = heaviestHue(coloured);
  const near = coloured.filter((one) => apart(one.hue, hue) < NEAR);
  if (near.length < AGREED * seen.length) return undefined;
  const lightness = near.reduce((sum, one) => sum + one.lightness, 0) / near.length;
  const chroma = near.reduce((sum, one) => sum + one.chroma, 0) / near.length;
  if (hue > 30 && hue < 85 && lightness < 0.62 && chroma < 0.16) return ['brown', '棕色'];
  return HUES.find(([border]) => hue < border)?.[1];
}

interface Lch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Every second pixel that is not the ground. */
function lchOf(pixels: Uint8Array): Lch[] {
  const out: Lch[] = [];
  for (let i = 0; i < pixels.length; i += 6) {
    const [r, g, b] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    if (r > 245 && g > 245 && b > 245) continue;
    out.push(lch(r, g, b));
  }
  return out;
}

/** After Ottosson (2020). */
function lch(red: number, green: number, blue: number): Lch {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, c),
    hue: ((Math.atan2(c, a) * 180) / Math.PI + 360) % 360,
  };
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function heaviestHue(coloured: readonly Lch[]): number {
  const bins = new Float64Array(36);
  for (const { hue, chroma } of coloured) bins[Math.floor(hue / 10) % 36]! += chroma;
  const around = (i: number): number => bins[(i + 35) % 36]! + bins[i]! + bins[(i + 1) % 36]!;
  let best = 0;
  for (let i = 1; i < 36; i++) if (around(i) > around(best)) best = i;
  return best * 10 + 5;
}

function greyOf(seen: readonly Lch[]): ColourName | undefined {
  const lightness = seen.reduce((sum, one) => sum + one.lightness, 0) / seen.length;
  if (lightness < 0.4) return ['black', '黑色'];
  return lightness < 0.82 ? ['grey', '灰色'] : ['white', '白色'];
}

function apart(a: number, b: number): number {
  const d = Math.abs(a - b) % 360;
  return Math.min(d, 360 - d);
}
