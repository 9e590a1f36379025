/** What rings and sounds on: bells, bowls, pads, strings, plucked strings, music boxes, clouds. */
import type { Random } from '../../../src/core/index.ts';
import {
  anywhere,
  between,
  blank,
  drift,
  filtered,
  fitting,
  grid,
  hertzOf,
  LENGTH,
  mixed,
  noise,
  pentatonic,
  RATE,
  ratio,
  ring,
  steady,
  type TextureClass,
  wrap,
} from './loop.ts';

const CHORDS = [
  [0, 7, 12, 16],
  [0, 7, 12, 15],
  [0, 5, 12, 17],
  [0, 7, 14, 16],
  [0, 3, 7, 10],
] as const;

/** Root of a chord or melody. */
function root(low: number, high: number, by: number, random: Random): number {
  return Math.round(between(low, high, by)) + random.integer(5) - 2;
}

const bells: TextureClass = {
  hears: ['bright', 'dense', 'high'],
  voice: ({ bright, dense, high }, random) => {
    const out = blank();
    const base = root(52, 78, high, random);
    const strikes = Math.round(between(1, 7, dense));
    for (let n = 0; n < strikes; n++) {
      const at = strikes < 3 ? (n * LENGTH) / RATE / strikes + 0.1 * random.next() : anywhere(random);
      const hertz = hertzOf(base + (n === 0 ? 0 : pentatonic(random.integer(6))));
      const gain = between(0.6, 1, random.next());
      [0.5, 1, 1.19, 1.5, 2, 2.51, 2.66, 3.01, 4.17, 5.43].forEach((partial, i) => {
        ring(out, at, {
          hertz: hertz * partial,
          decay: 4.5 / (1 + 0.35 * i),
          gain: gain * between(0.5, 0.9, bright) ** i,
        });
      });
    }
    return out;
  },
};

const bowls: TextureClass = {
  hears: ['bright', 'dense', 'high'],
  voice: ({ bright, dense, high }, random) => {
    const out = blank();
    const strikes = 1 + Math.round(2 * dense);
    for (let n = 0; n < strikes; n++) {
      const hertz = hertzOf(root(43, 64, high, random)) * (n === 0 ? 1 : random.pick([1.5, 2, 1.33]));
      const at = anywhere(random);
      [1, 2.71, 5.15, 8.43].forEach((partial, i) => {
        for (const beat of [-0.6, 0.6]) {
          const gain = between(0.25, 0.6, bright) ** i;
          ring(out, at, { hertz: hertz * partial + beat * (i + 1), decay: 6.6 / (1 + 0.3 * i), gain, attack: 0.03 });
        }
      });
    }
    return out;
  },
};

const pad: TextureClass = {
  hears: ['bright', 'high'],
  voice: ({ bright, high }, random) => {
    const out = blank();
    const base = root(43, 62, high, random);
    const slope = between(2.2, 0.9, bright);
    for (const step of random.pick(CHORDS)) {
      const hertz = hertzOf(base + step);
      const partials = Array.from({ length: 12 }, (_, i) => [i + 1, 1 / (i + 1) ** slope] as const);
      const swell = drift(random, 2).map((value) => 0.5 + value);
      for (const off of [0.996, 1.004]) steady(out, hertz * off, partials, random, swell);
    }
    return out;
  },
};

const drone: TextureClass = {
  hears: ['bright', 'high', 'fast'],
  voice: ({ bright, high, fast }, random) => {
    const out = blank();
    const hertz = hertzOf(root(29, 45, high, random));
    for (let harmonic = 1; harmonic <= 20; harmonic++) {
      const swell = drift(random, Math.round(between(1, 5, fast)));
      steady(out, hertz, [[harmonic, 1 / harmonic ** between(1.7, 0.6, bright)]], random, swell);
    }
    steady(
      out,
      hertz * 1.5,
      [
        [1, 0.4],
        [2, 0.2],
      ],
      random,
    );
    return out;
  },
};

const strings: TextureClass = {
  hears: ['bright', 'high', 'fast'],
  voice: ({ bright, high, fast }, random) => {
    const out = blank();
    const base = root(50, 70, high, random);
    const partials = Array.from({ length: 14 }, (_, i) => [i + 1, 1 / (i + 1) ** between(1.6, 0.9, bright)] as const);
    for (const step of random.pick(CHORDS).slice(0, 3)) {
      const bow = fitting(ratio(6, 15, fast) * between(0.9, 1.1, random.next()));
      const phase = random.next();
      const tremolo = Float64Array.from(
        { length: LENGTH },
        (_, i) => 0.25 + Math.abs(Math.sin(Math.PI * ((bow * i) / RATE + phase))),
      );
      steady(out, hertzOf(base + step) * between(0.998, 1.002, random.next()), partials, random, tremolo);
    }
    return mixed(out, filtered(noise(random), 'band', 3000, 0.7), 0.04);
  },
};

const choir: TextureClass = {
  hears: ['bright', 'high'],
  voice: ({ bright, high }, random) => {
    const out = blank();
    const base = root(48, 66, high, random);
    const formants = random.pick([
      [800, 1150, 2900],
      [350, 640, 2700],
      [450, 800, 2830],
    ] as const);
    const loudness = (hertz: number): number =>
      formants.reduce(
        (sum, formant, i) =>
          sum + Math.exp(-(((hertz - formant) / (140 + 60 * i)) ** 2)) * between(0.2, 0.8, bright) ** i,
        0.03,
      );
    for (const step of random.pick(CHORDS).slice(0, 3)) {
      for (const off of [0.994, 1, 1.006]) {
        const hertz = hertzOf(base + step) * off;
        const partials = Array.from({ length: 14 }, (_, i) => [i + 1, loudness(hertz * (i + 1))] as const);
        steady(
          out,
          hertz,
          partials,
          random,
          drift(random, 6).map((value) => 0.5 + value),
        );
      }
    }
    return mixed(out, filtered(noise(random), 'band', 2500, 0.6), 0.03);
  },
};

const flute: TextureClass = {
  hears: ['high', 'fast', 'bright'],
  voice: ({ high, fast, bright }, random) => {
    const out = blank();
    const base = root(60, 79, high, random);
    const notes = Math.round(between(2, 9, fast));
    const each = LENGTH / notes;
    let degree = random.integer(5);
    for (let n = 0; n < notes; n++) {
      degree = Math.max(-2, Math.min(7, degree + random.integer(5) - 2));
      const hertz = hertzOf(base + pentatonic(degree));
      let phase = 0;
      for (let i = 0; i < each * 1.05; i++) {
        const vibrato = 1 + 0.006 * Math.sin((2 * Math.PI * 5.2 * i) / RATE) * Math.min(1, i / 8000);
        phase += (2 * Math.PI * hertz * vibrato) / RATE;
        const envelope = Math.min(1, i / 1200) * Math.min(1, Math.max(0, (each * 1.05 - i) / 1500));
        const breath = between(0.02, 0.12, bright) * (2 * random.next() - 1);
        const tone =
          Math.sin(phase) + between(0.1, 0.5, bright) * Math.sin(2 * phase) + 0.12 * bright * Math.sin(3 * phase);
        out[wrap(Math.round(n * each) + i)]! += envelope * (tone + breath);
      }
    }
    return out;
  },
};

const musicBox: TextureClass = {
  hears: ['fast', 'high', 'dense'],
  voice: ({ fast, high, dense }, random) => {
    const out = blank();
    const base = root(69, 86, high, random);
    let degree = random.integer(5);
    for (const at of grid(Math.round(between(6, 18, fast)))) {
      if (random.next() > between(0.5, 1, dense)) continue;
      degree = Math.max(0, Math.min(8, degree + random.integer(5) - 2));
      for (const [partial, gain, decay] of [
        [1, 1, 1.2],
        [2.0, 0.25, 0.6],
        [5.4, 0.18, 0.15],
      ] as const) {
        ring(out, at, { hertz: hertzOf(base + pentatonic(degree)) * partial, decay, gain, attack: 0.001 });
      }
    }
    return out;
  },
};

/** A plucked string as partials that slide and die, lows last. */
function pluck(
  out: Float64Array,
  at: number,
  { hertz, bright, gain, slide }: { hertz: number; bright: number; gain: number; slide: number },
): void {
  for (let harmonic = 1; harmonic <= 14; harmonic++) {
    const loud = gain * Math.abs(Math.sin(0.17 * Math.PI * harmonic)) * between(0.6, 0.88, bright) ** harmonic;
    const stretched = hertz * harmonic * Math.sqrt(1 + 0.0002 * harmonic * harmonic);
    ring(out, at, {
      hertz: stretched,
      decay: 3.2 / (1 + 0.28 * harmonic),
      gain: loud,
      glide: slide,
      bend: 0.35,
      attack: 0.004,
    });
  }
}

const guqin: TextureClass = {
  hears: ['dense', 'high', 'bright'],
  voice: ({ dense, high, bright }, random) => {
    const out = blank();
    const base = root(38, 55, high, random);
    const plucks = Math.round(between(2, 8, dense));
    for (let n = 0; n < plucks; n++) {
      const at = (n + 0.5 * random.next()) * (LENGTH / RATE / plucks);
      const slide = random.next() < 0.3 ? random.pick([2 ** (2 / 12), 2 ** (-2 / 12)]) : 1;
      pluck(out, at, {
        hertz: hertzOf(base + pentatonic(random.integer(8))),
        bright,
        gain: between(0.6, 1, random.next()),
        slide,
      });
    }
    return out;
  },
};

const harp: TextureClass = {
  hears: ['fast', 'high', 'bright'],
  voice: ({ fast, high, bright }, random) => {
    const out = blank();
    const base = root(48, 66, high, random);
    const chord = random.pick(CHORDS);
    grid(Math.round(between(8, 28, fast))).forEach((at, n) => {
      const step = chord[n % chord.length]! + 12 * (Math.floor(n / chord.length) % 2);
      pluck(out, at, {
        hertz: hertzOf(base + step),
        bright: 0.7 * bright,
        gain: between(0.7, 1, random.next()),
        slide: 1,
      });
    });
    return out;
  },
};

const grains: TextureClass = {
  hears: ['dense', 'high', 'bright'],
  voice: ({ dense, high, bright }, random) => {
    const out = blank();
    const base = root(58, 82, high, random);
    const count = Math.round(ratio(30, 260, dense));
    for (let n = 0; n < count; n++) {
      const hertz = hertzOf(base + pentatonic(random.integer(10) - 3));
      const decay = between(0.08, 0.3, random.next());
      const at = anywhere(random);
      ring(out, at, { hertz, decay, gain: random.next(), attack: decay / 4 });
      ring(out, at, { hertz: 3 * hertz, decay, gain: 0.4 * bright * random.next(), attack: decay / 4 });
    }
    return out;
  },
};

export const TONES = { bells, bowls, pad, drone, strings, choir, flute, 'music-box': musicBox, guqin, harp, grains };
