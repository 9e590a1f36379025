/** Colours: sRGB hex, linear light, and OKLab (Ottosson 2020), in which equal steps look equal. */

/** Three channels; what they mean says the function. */
export type Triple = readonly [number, number, number];

/** `#rrggbb` → channels 0–255. */
export function parseHex(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Channels 0–255, rounded and held → `#rrggbb`. */
export function formatHex(channels: Triple): string {
  const byte = (value: number): string =>
    Math.round(Math.min(255, Math.max(0, value)))
      .toString(16)
      .padStart(2, '0');
  return `#${channels.map(byte).join('')}`;
}

/** One sRGB channel 0–255 → linear light 0–1 (IEC 61966-2-1). */
export function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light 0–1 → one sRGB channel 0–255, not rounded. */
export function toChannel(light: number): number {
  const value = Math.min(1, Math.max(0, light));
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
}

/** sRGB 0–255 → OKLab: lightness 0–1, a (green–red) and b (blue–yellow) about −0.4 … 0.4. */
export function toOklab([r, g, b]: Triple): Triple {
  const [lr, lg, lb] = [toLinear(r), toLinear(g), toLinear(b)];
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb);
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb);
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** OKLab → sRGB 0–255, held to the gamut channel by channel, not rounded. */
export function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toChannel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toChannel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toChannel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Between two `#rrggbb` in OKLab; `share` 0 gives the first. */
export function mixHex(from: string, to: string, share: number): string {
  const [one, other] = [toOklab(parseHex(from)), toOklab(parseHex(to))];
  return formatHex(fromOklab(one.map((value, i) => value + (other[i]! - value) * share) as unknown as Triple));
}
