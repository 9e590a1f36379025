/** Weather and water: noise in motion, drops, bubbles, crackle. */
import {
  anywhere,
  between,
  burst,
  drift,
  filtered,
  LENGTH,
  mixed,
  noise,
  RATE,
  ratio,
  ring,
  shaped,
  type TextureClass,
} from './loop.ts';

const rain: TextureClass = {
  hears: ['bright', 'dense'],
  voice: ({ bright, dense }, random) => {
    const hiss = filtered(filtered(noise(random), 'low', ratio(1500, 9000, bright)), 'high', 500);
    const swell = drift(random, 2);
    const out = shaped(hiss, (i) => between(0.05, 0.4, dense) * (0.8 + 0.4 * swell[i]!));
    const drops = Math.round(ratio(40, 900, dense));
    for (let n = 0; n < drops; n++) {
      const hertz = ratio(900, ratio(3000, 8000, bright), random.next());
      ring(out, anywhere(random), { hertz, decay: between(0.008, 0.04, random.next()), gain: random.next() ** 2 });
    }
    return out;
  },
};

const wind: TextureClass = {
  hears: ['bright', 'fast', 'high'],
  voice: ({ bright, fast, high }, random) => {
    const gusts = drift(random, Math.round(between(2, 9, fast)));
    const cutoff = gusts.map((value) => ratio(180, 700, high) * 2 ** (2.2 * value));
    const howl = filtered(noise(random), 'band', cutoff, between(1.2, 7, random.next()));
    const body = filtered(noise(random), 'low', ratio(250, 2500, bright));
    return shaped(mixed(howl, body, 0.4), (i) => 0.15 + gusts[i]! ** 1.5);
  },
};

const waves: TextureClass = {
  hears: ['bright', 'fast'],
  voice: ({ bright, fast }, random) => {
    const surges = fast > 0.6 ? 2 : 1;
    const shift = random.next();
    const tide = Float64Array.from({ length: LENGTH }, (_, i) => {
      const phase = ((surges * i) / LENGTH + shift) % 1;
      return phase < 0.35
        ? Math.sin((Math.PI * phase) / 0.7) ** 2
        : Math.exp(-4 * (phase - 0.35)) * (1 - phase) ** 0.5 * 1.2;
    });
    const cutoff = tide.map((value) => ratio(300, 900, bright) * 2 ** (3 * value));
    const foam = shaped(filtered(noise(random), 'high', 3000), (i) => between(0.05, 0.4, bright) * tide[i]! ** 2);
    const sea = shaped(filtered(noise(random), 'low', cutoff), (i) => 0.12 + tide[i]!);
    return mixed(sea, foam);
  },
};

const stream: TextureClass = {
  hears: ['dense', 'high', 'bright'],
  voice: ({ dense, high, bright }, random) => {
    const out = filtered(noise(random), 'band', ratio(500, 2500, bright), 0.6).map((value) => 0.06 * value);
    const bubbles = Math.round(ratio(60, 500, dense));
    for (let n = 0; n < bubbles; n++) {
      const hertz = ratio(300, 900, high) * 2 ** (1.4 * random.next());
      const decay = between(0.03, 0.12, random.next());
      ring(out, anywhere(random), {
        hertz,
        decay,
        gain: 0.2 + random.next() ** 2,
        glide: between(1.1, 1.9, random.next()),
        attack: 0.005,
      });
    }
    return out;
  },
};

const fire: TextureClass = {
  hears: ['dense', 'bright'],
  voice: ({ dense, bright }, random) => {
    const flicker = drift(random, 8);
    const roar = filtered(noise(random), 'low', ratio(150, 500, bright));
    const out = shaped(roar, (i) => 0.5 + 0.8 * flicker[i]!);
    const cracks = Math.round(ratio(12, 160, dense));
    for (let n = 0; n < cracks; n++) {
      const gain = 0.3 + 2.5 * random.next() ** 4;
      burst(
        out,
        anywhere(random),
        { decay: between(0.004, 0.03, random.next()), gain, colour: between(0.6, 0.05, bright) },
        random,
      );
    }
    return out;
  },
};

const thunder: TextureClass = {
  hears: ['dense', 'bright'],
  voice: ({ dense, bright }, random) => {
    const out = filtered(noise(random), 'low', 90).map((value) => 0.15 * value);
    const claps = 1 + Math.round(2 * dense);
    for (let n = 0; n < claps; n++) {
      const at = anywhere(random);
      burst(out, at, { decay: between(1.5, 2.8, random.next()), gain: 3, colour: 0.985, attack: 0.05 }, random);
      for (let roll = 0; roll < 6; roll++) {
        burst(
          out,
          at + random.next() * 1.2,
          { decay: 0.5, gain: 2 * random.next(), colour: 0.97, attack: 0.04 },
          random,
        );
      }
      burst(out, at, { decay: 0.25, gain: 1.2 * bright, colour: 0.5 }, random);
    }
    return out;
  },
};

const snow: TextureClass = {
  hears: ['bright', 'dense'],
  voice: ({ bright, dense }, random) => {
    const hush = drift(random, 2);
    const out = shaped(filtered(noise(random), 'low', ratio(250, 900, bright)), (i) => 0.03 + 0.03 * hush[i]!);
    const flakes = Math.round(ratio(2, 24, dense));
    for (let n = 0; n < flakes; n++) {
      ring(out, anywhere(random), {
        hertz: ratio(2500, 7000, random.next()),
        decay: 0.25,
        gain: 0.03 * random.next(),
        attack: 0.01,
      });
    }
    return shaped(out, () => 0.35);
  },
};

const city: TextureClass = {
  hears: ['dense', 'bright'],
  voice: ({ dense, bright }, random) => {
    const out = filtered(noise(random), 'low', ratio(180, 600, bright));
    for (const hertz of [50, 100, 150, 200]) ring(out, 0, { hertz, decay: 30, gain: 0.02, attack: 1 });
    const cars = Math.round(between(1, 5, dense));
    for (let n = 0; n < cars; n++) {
      const middle = random.next();
      const width = between(0.08, 0.2, random.next());
      const near = (i: number): number => {
        const off = Math.abs(i / LENGTH - middle);
        return Math.exp(-((Math.min(off, 1 - off) / width) ** 2));
      };
      const tyres = filtered(noise(random), 'band', ratio(500, 1600, random.next()), 0.8);
      mixed(out, shaped(tyres, near), between(0.3, 0.9, random.next()));
    }
    if (dense > 0.5 && random.next() < 0.5) {
      const at = anywhere(random);
      for (const hertz of [392, 494]) ring(out, at, { hertz, decay: 0.5, gain: 0.25, attack: 0.02 });
    }
    return out;
  },
};

/** Seconds of a loop. */
export const SECONDS = LENGTH / RATE;
export const WEATHER = { rain, wind, waves, stream, fire, thunder, snow, city };
