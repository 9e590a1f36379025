/**
 * Keyboards: piano strings under hammers, tines, plates, combs, organ pipes.
 *
 * Piano: partials stretched by the stiffness of the strings (Rigaud, David and Daudet, 2013, for B over the keyboard), a hammer
 * at an eighth of the string whose felt hardens with force (Hall, 1987), three strings a note that die in two stages and beat
 * slowly (Weinreich, 1977), a soundboard that hardly radiates below 80 Hz (Conklin, 1996).
 */
import type { Random } from '../../../../core/index.ts';
import { bodyGain } from './body.ts';
import { keysBetween, type Recipe } from './recipe.ts';
import { type Mode, renderRinging } from './ringing.ts';
import { hertzOf } from './sample.ts';
import { renderSustained } from './sustained.ts';

const SOUNDBOARD = bodyGain({
  low: 75,
  high: 3500,
  slope: 5,
  ripple: 4,
  density: 14,
  seed: 'soundboard',
  resonances: [
    { hertz: 110, gain: 3, width: 0.3 },
    { hertz: 220, gain: 2, width: 0.4 },
  ],
});

const PIANO: Recipe = {
  keys: keysBetween(21, 108, 5),
  layers: [0.25, 0.55, 0.9],
  release: 0.35,
  render: (key, force, random) => {
    const modes = pianoModes(key, force, random);
    const loudest = Math.hypot(...modes.map(({ level }) => level));
    const thump = loudest * 10 ** ((-27 + (key > 84 ? (key - 84) * 0.6 : 0)) / 20);
    const knocks = [
      {
        bands: [
          { hertz: 95, q: 1 },
          { hertz: 210, q: 1 },
          { hertz: 420, q: 1, gain: 0.6 },
        ],
        level: thump,
        decay: 0.18,
        attack: 0.003,
      },
      { bands: [{ hertz: 1700, q: 0.8 }], level: thump * 0.35 * force, decay: 0.04 },
    ];
    const contact = Math.max(0.0008, (0.0038 - 0.0014 * force) * 2 ** (-(key - 21) / 30));
    return renderRinging({
      key,
      tuned: tunedTo(key),
      loop: key < 72 ? 1.2 : 0.6,
      modes,
      knocks,
      contact,
      lead: Math.max(0.5, 1.7 - Math.max(0, key - 60) * 0.025),
      random,
    });
  },
};

function pianoModes(key: number, force: number, random: Random): Mode[] {
  const stiff = stiffness(key);
  const base = hertzOf(key) * 2 ** (tunedTo(key) / 1200);
  const ground = (12 * 2 ** (-(key - 21) / 24)) / (1 + Math.max(0, key - 84) / 16);
  const edge = (300 + 1.15 * base) * (0.42 + 1.35 * force);
  const modes: Mode[] = [];
  for (let n = 1; n <= 85; n++) {
    const hertz = n * base * Math.sqrt((1 + stiff * n * n) / (1 + stiff));
    if (hertz > 14_000) break;
    const hammer = (Math.abs(Math.sin((n * Math.PI) / 8.2)) + 0.05) / (1 + (hertz / edge) ** 1.9);
    const loss = Math.max(0.05, 1 / 0.9 - 1 / ground) * ((hertz ** 2 - base ** 2) / 4000 ** 2);
    const decay = (0.8 + 0.4 * random.next()) / (1 / ground + loss);
    const beat = [0.25 + 0.5 * random.next() + 0.03 * n, 0.1 + 0.2 * random.next()] as const;
    modes.push({
      hertz,
      level: hammer * SOUNDBOARD(hertz),
      decay,
      after: 0.18 + 0.12 * random.next(),
      slower: 3.2,
      beat,
    });
  }
  return modes;
}

/** Inharmonicity B of a key's strings. */
function stiffness(key: number): number {
  return Math.exp(-0.0847 * key - 5.82) + Math.exp(0.0926 * key - 13.64);
}

/**
 * Cents at which the fundamental is set, as tuners set it: low enough in bass and middle for the partials by which the note is
 * heard to be in tune; in the treble the fundamental itself is heard (Railsback, Scale temperament as applied to piano tuning, 1938).
 */
function tunedTo(key: number): number {
  const stiff = stiffness(key);
  const heard = 1 + 9 / (1 + Math.exp((key - 32) / 7)) + 1.6 / (1 + Math.exp((key - 84) / 6));
  const fade = Math.min(1, Math.max(0, (100 - key) / 24));
  return (-600 / Math.LN2) * Math.log((1 + stiff * heard * heard) / (1 + stiff)) * fade;
}

/** Ratio to the fundamental, decibels, seconds of decay as a part of the fundamental's. */
type Row = readonly [ratio: number, decibels: number, decay: number];

interface Chime {
  readonly low: number;
  readonly high: number;
  readonly rows: readonly Row[];
  /** Seconds to −60 dB at the bottom and octaves that halve it. */
  readonly sustain: readonly [number, number];
  /** Decibels that soft playing takes from each partial above the first, per octave. */
  readonly soft: number;
  readonly knock: readonly [hertz: number, decibels: number];
  readonly release: number;
}

const CHIMES: Readonly<Record<string, Chime>> = {
  // A tine and its tone bar; the pickup's curve adds octaves when struck hard.
  'electric-piano': {
    low: 28,
    high: 100,
    sustain: [7, 2],
    soft: 7,
    knock: [900, -30],
    release: 0.3,
    rows: [
      [1, 0, 1],
      [2, -13, 0.7],
      [3, -20, 0.5],
      [4, -28, 0.4],
      [6.27, -20, 0.05],
      [11.2, -27, 0.03],
    ],
  },
  celesta: {
    low: 60,
    high: 108,
    sustain: [2.6, 2],
    soft: 4,
    knock: [1800, -26],
    release: 0.8,
    rows: [
      [1, 0, 1],
      [2, -24, 0.6],
      [4.02, -17, 0.3],
      [8.1, -30, 0.12],
    ],
  },
  'music-box': {
    low: 60,
    high: 96,
    sustain: [2.8, 2.2],
    soft: 3,
    knock: [4200, -26],
    release: 1.5,
    rows: [
      [1, 0, 1],
      [2.01, -22, 0.7],
      [6.27, -13, 0.25],
      [17.5, -24, 0.06],
    ],
  },
};

function chimeRecipe({ low, high, rows, sustain, soft, knock, release }: Chime): Recipe {
  return {
    keys: keysBetween(low, high, 5),
    layers: [0.3, 0.85],
    release,
    render: (key, force, random) => {
      const base = hertzOf(key);
      const ground = sustain[0] * 2 ** (-(key - low) / 12 / sustain[1]);
      const modes = rows.map(([ratio, decibels, decay]) => ({
        hertz: base * ratio,
        level: 10 ** ((decibels - soft * (0.85 - force) * Math.log2(ratio)) / 20),
        decay: ground * decay,
        ...(ratio === 1 ? { after: 0.2, slower: 2 } : {}),
      }));
      const knocks = [
        { bands: [{ hertz: knock[0], q: 0.8 }], level: 10 ** (knock[1] / 20) * (0.5 + force), decay: 0.03 },
      ];
      return renderRinging({ key, modes, knocks, contact: 0.0012, random });
    },
  };
}

/** Ranks of a principal chorus: pitch as a multiple, decibels. */
const RANKS: readonly (readonly [number, number])[] = [
  [1, 0],
  [2, -4],
  [3, -13],
  [4, -8],
  [6, -15],
  [8, -14],
];

/** Flue pipes of several ranks: each a soft-falling spectrum, speaking with a little chiff. */
const ORGAN: Recipe = {
  keys: keysBetween(36, 98, 5),
  layers: [0.7],
  release: 0.25,
  render: (key, _, random) =>
    renderSustained({
      key,
      body: bodyGain({ low: 45, high: 4500, slope: 9, ripple: 3, seed: 'pipes' }),
      random,
      source: (n) =>
        RANKS.reduce(
          (sum, [rank, decibels]) => sum + (n % rank === 0 ? 10 ** (decibels / 20) * (n / rank) ** -1.6 : 0),
          0,
        ),
      attack: (n) => 0.07 + 0.03 / n,
      jitter: 0.8,
      shimmer: 0.35,
      noise: {
        level: -44,
        bands: [
          { hertz: 1500, q: 0.6 },
          { hertz: 4000, q: 0.8 },
        ],
        start: 16,
        startSeconds: 0.05,
      },
      players: { count: 2, spread: 0.9 },
      loop: 1.1,
    }),
};

/** Recipes by instrument id. */
export const KEYBOARDS: Readonly<Record<string, Recipe>> = {
  piano: PIANO,
  organ: ORGAN,
  ...Object.fromEntries(Object.entries(CHIMES).map(([id, chime]) => [id, chimeRecipe(chime)])),
};
