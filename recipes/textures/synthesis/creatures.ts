/** What lives and walks: insects, birds, frogs, hearts. */
import type { Random } from '../../../src/core/index.ts';
import { anywhere, between, blank, burst, grid, noise, RATE, ratio, ring, type TextureClass, wrap } from './loop.ts';

/** A tone under pulses, as a cricket makes it: chirps of some pulses, some chirps in the loop. */
function chirps(
  out: Float64Array,
  { hertz, rate, count, gain }: { hertz: number; rate: number; count: number; gain: number },
  random: Random,
): void {
  const shift = anywhere(random);
  const pulses = 2 + random.integer(3);
  for (const start of grid(count)) {
    for (let pulse = 0; pulse < pulses; pulse++) {
      ring(out, shift + start + pulse / rate, { hertz, decay: 0.7 / rate, gain, attack: 0.25 / rate });
    }
  }
}

const insects: TextureClass = {
  hears: ['dense', 'fast', 'high'],
  voice: ({ dense, fast, high }, random) => {
    const out = noise(random).map((value) => 0.004 * value);
    const singers = 1 + Math.round(6 * dense);
    for (let n = 0; n < singers; n++) {
      const hertz = ratio(2600, 5200, high) * between(0.9, 1.15, random.next());
      const rate = ratio(18, 45, fast) * between(0.85, 1.15, random.next());
      chirps(out, { hertz, rate, count: Math.round(ratio(4, 14, fast)), gain: between(0.2, 1, random.next()) }, random);
    }
    return out;
  },
};

const birds: TextureClass = {
  hears: ['dense', 'fast', 'high'],
  voice: ({ dense, fast, high }, random) => {
    const out = noise(random).map((value) => 0.003 * value);
    const calls = Math.round(between(2, 11, dense));
    for (let n = 0; n < calls; n++) {
      const at = anywhere(random);
      const base = ratio(1500, 3800, high) * between(0.8, 1.3, random.next());
      const length = ratio(0.22, 0.06, fast);
      const notes = 2 + random.integer(5);
      const glide = random.pick([0.6, 0.75, 1.3, 1.6]);
      const gain = between(0.3, 1, random.next());
      for (let k = 0; k < notes; k++) {
        const hertz = base * between(0.9, 1.1, random.next());
        const each = { decay: length * 1.6, glide, bend: length, attack: length / 4 };
        ring(out, at + k * length * 1.2, { hertz, gain, ...each });
        ring(out, at + k * length * 1.2, { hertz: 2 * hertz, gain: 0.15 * gain, ...each });
      }
    }
    return out;
  },
};

const frogs: TextureClass = {
  hears: ['dense', 'fast', 'high'],
  voice: ({ dense, fast, high }, random) => {
    const out = noise(random).map((value) => 0.004 * value);
    const frogsThere = 1 + Math.round(5 * dense);
    for (let n = 0; n < frogsThere; n++) {
      const base = ratio(280, 900, high) * between(0.85, 1.2, random.next());
      const shift = anywhere(random);
      for (const start of grid(Math.round(ratio(2, 6, fast)))) {
        for (let pulse = 0; pulse < 9; pulse++) {
          const at = shift + start + pulse / ratio(30, 55, fast);
          const gain = Math.sin((Math.PI * (pulse + 1)) / 10);
          for (const [harmonic, share] of [
            [1, 1],
            [2, 0.7],
            [3, 0.5],
            [5, 0.2],
          ] as const) {
            ring(out, at, { hertz: base * harmonic, decay: 0.035, gain: gain * share });
          }
        }
      }
    }
    return out;
  },
};

const heartbeat: TextureClass = {
  hears: ['fast', 'bright'],
  voice: ({ fast, bright }, random) => {
    const out = blank();
    const beats = Math.round(between(3, 8, fast));
    const shift = anywhere(random);
    for (const at of grid(beats)) {
      for (const [late, gain, hertz] of [
        [0, 1, 58],
        [0.32 / Math.sqrt(beats / 3), 0.7, 72],
      ] as const) {
        ring(out, shift + at + late, { hertz, decay: 0.22, gain, attack: 0.012, glide: 0.7 });
        burst(out, shift + at + late, { decay: 0.06, gain: gain * between(0.05, 0.5, bright), colour: 0.9 }, random);
      }
    }
    return out;
  },
};

const footsteps: TextureClass = {
  hears: ['fast', 'bright'],
  voice: ({ fast, bright }, random) => {
    const out = blank();
    const shift = anywhere(random);
    grid(2 * Math.round(between(1, 4, fast))).forEach((at, step) => {
      const gain = (step % 2 === 0 ? 1 : 0.8) * between(0.8, 1.1, random.next());
      burst(out, shift + at, { decay: 0.09, gain, colour: between(0.9, 0.4, bright), attack: 0.004 }, random);
      for (let n = 0; n < 12; n++) {
        const late = 0.03 + 0.1 * random.next();
        burst(
          out,
          shift + at + late,
          { decay: 0.015, gain: 0.35 * gain * random.next(), colour: between(0.6, 0.1, bright) },
          random,
        );
      }
    });
    return out;
  },
};

const clock: TextureClass = {
  hears: ['fast', 'bright', 'high'],
  voice: ({ fast, bright, high }, random) => {
    const out = blank();
    const shift = anywhere(random);
    grid(2 * Math.round(between(1.6, 7, fast))).forEach((at, tick) => {
      const hertz = ratio(1100, 2800, high) * (tick % 2 === 0 ? 1 : 0.82);
      for (const harmonic of [1, 1.73, 2.9]) {
        ring(out, shift + at, {
          hertz: hertz * harmonic,
          decay: 0.05,
          gain: between(0.4, 1, bright) ** (harmonic - 1),
        });
      }
      burst(out, shift + at, { decay: 0.006, gain: 0.8 * bright }, random);
      out[wrap(Math.round((shift + at) * RATE))]! += 0.2;
    });
    return out;
  },
};

export const CREATURES = { insects, birds, frogs, heartbeat, footsteps, clock };
