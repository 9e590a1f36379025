/** The drum kit, on the keys of General MIDI, and the percussion of Chinese ensembles. */
import { type Blow, drumRecipe } from './percussion.ts';
import type { Recipe } from './recipe.ts';

const snare = (gain: number): Blow => ({
  skin: [185, 0.22],
  glide: [1.12, 0.02],
  gain,
  noise: [
    [1900, 0.5, 2, 0.22],
    [4800, 0.6, 1, 0.28],
    [8000, 0.8, -4, 0.2],
    [400, 1, -4, 0.05],
  ],
});
const hat = (decay: number): Blow => ({
  plate: [3200, 13_500, 36, decay, -2],
  noise: [
    [9000, 0.8, 0, decay * 0.8],
    [6000, 1, -6, 0.03],
  ],
  choke: 1,
});
const tom = (hertz: number, decay: number): Blow => ({
  skin: [hertz, decay],
  glide: [1.25, 0.05],
  noise: [
    [900, 0.7, -10, 0.06],
    [3000, 0.8, -18, 0.03],
  ],
});
const cymbal = (decay: number, low = 380): Blow => ({
  plate: [low, 12_500, 90, decay, 0],
  noise: [
    [6500, 0.5, -3, decay * 0.5, 0.012],
    [10_000, 0.8, -5, decay * 0.35, 0.004],
    [2500, 0.8, -10, 0.15],
  ],
});
const block = (hertz: number): Blow => ({
  modes: [
    [hertz, 0, 0.12],
    [hertz * 1.51, -8, 0.07],
    [hertz * 2.6, -12, 0.04],
  ],
  noise: [[hertz * 2, 1, -12, 0.015]],
});

/** Keys of General MIDI percussion. */
const KIT: ReadonlyMap<number, Blow> = new Map<number, Blow>([
  [
    35,
    {
      modes: [
        [48, 0, 0.5],
        [92, -14, 0.15],
      ],
      glide: [2.2, 0.03],
      noise: [
        [1800, 0.7, -16, 0.02],
        [300, 1, -14, 0.05],
      ],
    },
  ],
  [
    36,
    {
      modes: [
        [54, 0, 0.42],
        [105, -13, 0.12],
      ],
      glide: [2.6, 0.025],
      noise: [
        [2800, 0.7, -13, 0.02],
        [320, 1, -12, 0.05],
      ],
    },
  ],
  [
    37,
    {
      modes: [
        [480, -4, 0.06],
        [1750, 0, 0.05],
        [2600, -4, 0.04],
      ],
      noise: [[3000, 0.8, -6, 0.03]],
    },
  ],
  [38, snare(0)],
  [
    39,
    {
      noise: [
        [1150, 1.5, 0, 0.02, 0.001],
        [1150, 1.5, 0, 0.02, 0.001, 0.011],
        [1150, 1.5, 0, 0.02, 0.001, 0.023],
        [1300, 1, 0, 0.18, 0.001, 0.034],
        [4000, 0.8, -12, 0.12, 0.001, 0.034],
      ],
    },
  ],
  [40, { ...snare(0), skin: [220, 0.16] }],
  [41, tom(78, 0.7)],
  [42, hat(0.12)],
  [43, tom(95, 0.65)],
  [44, hat(0.08)],
  [45, tom(118, 0.6)],
  [46, hat(1.1)],
  [47, tom(145, 0.55)],
  [48, tom(172, 0.5)],
  [49, cymbal(2.8)],
  [50, tom(205, 0.45)],
  [
    51,
    {
      ...cymbal(2.6, 500),
      plate: [500, 11_000, 70, 2.6, -9],
      modes: [
        [3150, -6, 1.2],
        [4420, -8, 0.9],
        [5600, -10, 0.7],
      ],
    },
  ],
  [52, cymbal(2.2, 260)],
  [
    53,
    {
      modes: [
        [820, 0, 1.4],
        [1310, -4, 1.1],
        [2480, -6, 0.8],
        [3900, -8, 0.6],
      ],
      plate: [2000, 9000, 24, 1, -10],
    },
  ],
  [
    54,
    {
      plate: [4500, 13_000, 24, 0.25, 0],
      noise: [
        [8500, 0.8, 0, 0.16],
        [8500, 0.8, -6, 0.1, 0.002, 0.045],
      ],
    },
  ],
  [55, cymbal(1.1, 700)],
  [
    56,
    {
      modes: [
        [560, 0, 0.3],
        [845, -1, 0.25],
        [1550, -10, 0.15],
      ],
      noise: [[2500, 0.8, -14, 0.02]],
    },
  ],
  [57, cymbal(3, 330)],
  [59, cymbal(2.4, 450)],
  [60, { skin: [330, 0.2], glide: [1.1, 0.01], noise: [[1600, 0.8, -8, 0.02]] }],
  [61, { skin: [235, 0.25], glide: [1.1, 0.01], noise: [[1200, 0.8, -8, 0.02]] }],
  [62, { skin: [300, 0.08], noise: [[1800, 0.8, -4, 0.02]] }],
  [63, { skin: [290, 0.35], noise: [[1500, 0.8, -10, 0.02]] }],
  [64, { skin: [195, 0.4], noise: [[1000, 0.8, -10, 0.02]] }],
  [69, { noise: [[6500, 1, 0, 0.06, 0.012]] }],
  [70, { noise: [[7500, 1.2, 0, 0.05, 0.008]] }],
  [75, block(2450)],
  [76, block(1050)],
  [77, block(780)],
  [
    80,
    {
      modes: [
        [4100, 0, 0.1],
        [6750, -3, 0.08],
        [9300, -6, 0.06],
      ],
      choke: 2,
    },
  ],
  [
    81,
    {
      modes: [
        [4100, 0, 2.4],
        [6750, -3, 1.8],
        [9300, -6, 1.4],
        [5220, -12, 1.2],
      ],
      choke: 2,
    },
  ],
]);

/** Names of the keys of `chinese-percussion`. */
export const CHINESE_DRUM_KEYS: readonly {
  readonly key: number;
  readonly zh: string;
  readonly en: string;
  readonly blow: Blow;
}[] = [
  {
    key: 36,
    zh: '大鼓心',
    en: 'large drum, centre',
    blow: { skin: [62, 1.3], glide: [1.2, 0.06], noise: [[260, 0.8, -10, 0.08]] },
  },
  {
    key: 37,
    zh: '大鼓边',
    en: 'large drum, rim',
    blow: {
      modes: [
        [420, -2, 0.12],
        [690, -5, 0.1],
        [1150, -8, 0.06],
      ],
      noise: [[1500, 0.7, -6, 0.03]],
    },
  },
  {
    key: 38,
    zh: '堂鼓',
    en: 'barrel drum',
    blow: { skin: [118, 0.8], glide: [1.2, 0.04], noise: [[700, 0.8, -10, 0.05]] },
  },
  {
    key: 40,
    zh: '小堂鼓',
    en: 'small barrel drum',
    blow: { skin: [190, 0.5], glide: [1.15, 0.03], noise: [[1100, 0.8, -9, 0.04]] },
  },
  {
    key: 41,
    zh: '板鼓',
    en: 'clapper drum',
    blow: {
      modes: [
        [610, 0, 0.09],
        [985, -5, 0.06],
        [1420, -9, 0.05],
      ],
      noise: [[2300, 0.7, -4, 0.025]],
    },
  },
  {
    key: 43,
    zh: '拍板',
    en: 'clappers',
    blow: {
      modes: [
        [1180, 0, 0.05],
        [2300, -4, 0.04],
      ],
      noise: [
        [2600, 0.8, -3, 0.03],
        [1600, 1, -6, 0.02, 0.0005, 0.012],
      ],
    },
  },
  { key: 45, zh: '低木鱼', en: 'low wooden fish', blow: block(430) },
  { key: 47, zh: '木鱼', en: 'wooden fish', blow: block(690) },
  { key: 48, zh: '高木鱼', en: 'high wooden fish', blow: block(980) },
  {
    key: 50,
    zh: '大锣',
    en: 'large gong',
    blow: {
      modes: [
        [196, 0, 3.5],
        [312, -6, 2.4],
        [455, -8, 2],
      ],
      plate: [500, 6500, 50, 2.2, -3],
      glide: [1.07, 0.35],
      noise: [[1800, 0.6, -12, 0.7, 0.03]],
    },
  },
  {
    key: 52,
    zh: '小锣',
    en: 'small gong',
    blow: {
      modes: [
        [640, 0, 1.5],
        [1010, -7, 0.9],
      ],
      plate: [1300, 9000, 36, 0.8, -5],
      glide: [0.9, 0.09],
      noise: [[3500, 0.7, -14, 0.2]],
    },
  },
  {
    key: 53,
    zh: '铙钹',
    en: 'cymbals',
    blow: {
      plate: [420, 11_000, 70, 1.1, 0],
      noise: [
        [3800, 0.5, 0, 0.5, 0.006],
        [8000, 0.8, -4, 0.4],
      ],
    },
  },
  {
    key: 55,
    zh: '小镲',
    en: 'small cymbals',
    blow: { plate: [900, 12_500, 50, 0.8, 0], noise: [[6500, 0.6, -2, 0.4, 0.003]] },
  },
  {
    key: 57,
    zh: '碰铃',
    en: 'hand bells',
    blow: {
      modes: [
        [2650, 0, 3.2],
        [2668, -3, 3],
        [7000, -12, 1],
      ],
    },
  },
  { key: 59, zh: '梆子', en: 'wooden bars', blow: block(1900) },
  {
    key: 60,
    zh: '大军鼓',
    en: 'war drum',
    blow: {
      skin: [88, 1],
      glide: [1.3, 0.05],
      noise: [
        [500, 0.7, -6, 0.07],
        [2200, 0.8, -16, 0.03],
      ],
    },
  },
  { key: 62, zh: '风铃', en: 'wind chimes', blow: { plate: [2800, 9500, 30, 2.6, 0], noise: [[7000, 1, -22, 0.2]] } },
  { key: 64, zh: '吊镲', en: 'hanging cymbal', blow: { ...cymbal(3.4, 300), noise: [[5200, 0.5, -2, 1.6, 0.05]] } },
];

/** Recipes by instrument id. */
export const DRUMS: Readonly<Record<string, Recipe>> = {
  'drum-kit': drumRecipe(KIT),
  'chinese-percussion': drumRecipe(new Map(CHINESE_DRUM_KEYS.map(({ key, blow }) => [key, blow]))),
};
