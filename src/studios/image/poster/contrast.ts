/**
 * Whether type can be read on what lies under it, by the contrast ratio of WCAG 2.2 (success criterion 1.4.3): 4.5 for small type, 3 for
 * large. Where no colour wanted can be read, a veil is laid between, as thin as does it.
 */
import { type Bitmap, type Triple, toLinear } from '../raster/index.ts';

/** A rectangle of pixels. */
interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Large type begins at 18 points. */
export const LARGE_MM = 6.35;
/** What must be reached. */
export const NEEDED = { small: 4.5, large: 3 } as const;
/** Share of the pixels below that may fall short: grain, single strokes. */
const SPARED = 0.04;

/** Relative luminance of an sRGB colour, 0–1. */
export function luminance([r, g, b]: Triple): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}

/** The contrast ratio of two luminances, 1–21. */
export function contrastRatio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** The ratio that all but 4 % of the pixels of a box reach against a colour, with a veil of a colour and opacity between. */
export function ratioOn(
  bitmap: Bitmap,
  box: PixelBox,
  colour: Triple,
  veil?: { colour: Triple; opacity: number },
): number {
  const own = luminance(colour);
  const ratios: number[] = [];
  const step = Math.max(1, Math.floor(Math.sqrt((box.width * box.height) / 4000)));
  const [x1, y1] = [Math.min(bitmap.width, box.x + box.width), Math.min(bitmap.height, box.y + box.height)];
  for (let y = Math.max(0, Math.floor(box.y)); y < y1; y += step) {
    for (let x = Math.max(0, Math.floor(box.x)); x < x1; x += step) {
      const at = (y * bitmap.width + x) * 4;
      const below = [0, 1, 2].map((c) => {
        const value = bitmap.data[at + c]!;
        return veil ? value + (veil.colour[c]! - value) * veil.opacity : value;
      }) as unknown as Triple;
      ratios.push(contrastRatio(own, luminance(below)));
    }
  }
  ratios.sort((a, b) => a - b);
  return ratios[Math.floor(ratios.length * SPARED)] ?? 21;
}

/** What has to be read: pixel boxes, each with the ratio it needs. */
export interface Reading {
  readonly box: PixelBox;
  readonly needed: number;
}

export interface Legible {
  readonly colour: Triple;
  /** Opacity of the veil that is needed, and its colour; 0 none. */
  readonly veil: { readonly colour: Triple; readonly opacity: number };
}

const VEIL_STEP = 0.04;

/** The first wanted colour that can be read, else the one that needs the thinnest veil. */
export function chooseColour(
  bitmap: Bitmap,
  readings: readonly Reading[],
  wanted: readonly Triple[],
  veils: { readonly dark: Triple; readonly light: Triple },
): Legible {
  const reads = (colour: Triple, veil?: Legible['veil']): boolean =>
    readings.every(({ box, needed }) => ratioOn(bitmap, box, colour, veil) >= needed);
  const plain = wanted.find((colour) => reads(colour));
  const none = { colour: veils.dark, opacity: 0 };
  if (plain) return { colour: plain, veil: none };
  const veiled = wanted.map((colour): Legible => {
    const under = luminance(colour) > 0.3 ? veils.dark : veils.light;
    for (let opacity = VEIL_STEP; opacity < 1; opacity += VEIL_STEP) {
      // A little more than needed: its edge is soft, and bytes are rounded.
      if (reads(colour, { colour: under, opacity }))
        return { colour, veil: { colour: under, opacity: Math.min(1, opacity + 0.05) } };
    }
    return { colour, veil: { colour: under, opacity: 1 } };
  });
  return veiled.reduce((best, each) => (each.veil.opacity < best.veil.opacity ? each : best));
}
