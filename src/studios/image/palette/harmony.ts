/** Harmonies: colours of equal lightness and chroma whose hues stand to one another as painters name them, in OKLCh. */
import { formatHex, fromOklab, parseHex, toOklab } from '../raster/index.ts';
import { fromLch, toLch, toShown } from './oklch.ts';

/** Degrees between the first colour and each. */
const TURNS = {
  complementary: [0, 180],
  analogous: [0, -30, 30],
  triad: [0, 120, 240],
  split: [0, 150, 210],
  tetrad: [0, 90, 180, 270],
} as const;

export type Harmony = keyof typeof TURNS;

export const HARMONIES = Object.keys(TURNS) as readonly Harmony[];

/** `#rrggbb` and those that belong to it, itself first; a grey gives greys. */
export function harmonise(hex: string, harmony: Harmony): string[] {
  const { lightness, chroma, hue } = toLch(toOklab(parseHex(hex)));
  return TURNS[harmony].map((turn) =>
    turn === 0 ? hex : formatHex(fromOklab(toShown(fromLch({ lightness, chroma, hue: (hue + turn + 360) % 360 })))),
  );
}

/** The colour a harmony begins with: the most colourful, but for those that hardly occur. */
export function leadingColour(colours: readonly { readonly hex: string; readonly share: number }[]): string {
  const worth = ({ hex, share }: (typeof colours)[number]): number =>
    toLch(toOklab(parseHex(hex))).chroma * Math.min(1, share / 0.03) ** 0.5;
  return colours.reduce((best, colour) => (worth(colour) > worth(best) ? colour : best)).hex;
}
