/**
 * Names of colours in both languages: a plain one by lightness, chroma and hue, and the nearest of the colours that Chinese painters, dyers
 * and potters have names for.
 */
import type { Bilingual } from '../../../kernel/index.ts';
import { parseHex, type Triple, toOklab } from '../raster/index.ts';
import { toLch } from './oklch.ts';
import traditional from './traditional-colours.table.json' with { type: 'json' };

export interface ColourNames {
  readonly plain: Bilingual;
  readonly traditional: Bilingual & {
    readonly hex: string /** OKLab distance; under 0.04 looks the same at a glance. */;
    readonly away: number;
  };
}

/** Upper ends of the hues in OKLCh degrees. */
const HUES: readonly (readonly [until: number, en: string, zh: string])[] = [
  [12, 'pink', '粉红'],
  [38, 'red', '红'],
  [70, 'orange', '橙'],
  [112, 'yellow', '黄'],
  [130, 'yellow-green', '黄绿'],
  [162, 'green', '绿'],
  [205, 'cyan', '青'],
  [245, 'sky blue', '天蓝'],
  [283, 'blue', '蓝'],
  [318, 'violet', '紫'],
  [350, 'magenta', '洋红'],
  [360, 'pink', '粉红'],
];

const OLD = traditional.colours.map(({ zh, en, hex }) => ({ zh, en, hex, lab: toOklab(parseHex(hex)) }));

/** Names of `#rrggbb`. */
export function nameColour(hex: string): ColourNames {
  const lab = toOklab(parseHex(hex));
  const near = OLD.map((colour) => ({ ...colour, away: distance(lab, colour.lab) })).reduce((a, b) =>
    b.away < a.away ? b : a,
  );
  const { zh, en, away } = near;
  return { plain: plainName(lab), traditional: { zh, en, hex: near.hex, away: Math.round(away * 1000) / 1000 } };
}

const distance = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

function plainName(lab: Triple): Bilingual {
  const { lightness, chroma, hue } = toLch(lab);
  if (lightness > 0.97 && chroma < 0.02) return { en: 'white', zh: '白' };
  if (lightness < 0.24) return { en: 'black', zh: '黑' };
  if (chroma < 0.022) return shaded({ en: 'grey', zh: '灰' }, lightness);
  const [, en, zh] = HUES.find(([until]) => hue <= until)!;
  // Dark orange and yellow are called brown and olive.
  if (lightness < 0.62 && hue > 38 && hue <= 112) return shaded({ en: 'brown', zh: '褐' }, lightness + 0.12);
  const greyish = chroma < 0.06;
  return shaded({ en: greyish ? `greyish ${en}` : en, zh: greyish ? `灰${zh}` : zh }, lightness);
}

function shaded({ en, zh }: Bilingual, lightness: number): Bilingual {
  if (lightness > 0.82) return { en: `light ${en}`, zh: `浅${zh}` };
  if (lightness < 0.42) return { en: `dark ${en}`, zh: `深${zh}` };
  return { en, zh };
}
