/** What beats: a drum kit, big drums, wooden fish, trains. */
import type { Random } from '../../../src/core/index.ts';
import {
  between,
  blank,
  burst,
  drift,
  filtered,
  grid,
  mixed,
  noise,
  ratio,
  ring,
  shaped,
  type TextureClass,
} from './loop.ts';

function kick(out: Float64Array, at: number, gain: number): void {
  ring(out, at, { hertz: 130, decay: 0.3, gain: 1.4 * gain, glide: 0.35, bend: 0.08 });
}

function snare(out: Float64Array, at: number, gain: number, bright: number, random: Random): void {
  ring(out, at, { hertz: 190, decay: 0.15, gain: 0.6 * gain });
  burst(out, at, { decay: 0.18, gain: 0.9 * gain, colour: between(0.6, 0.1, bright) }, random);
}

const drums: TextureClass = {
  hears: ['fast', 'dense', 'bright'],
  voice: ({ fast, dense, bright }, random) => {
    const out = blank();
    const beats = fast > 0.62 ? 8 : fast < 0.38 ? 4 : 6;
    const steps = grid(4 * beats);
    steps.forEach((at, n) => {
      if (n % 8 === 0 || (n % 2 === 0 && random.next() < 0.25 * dense)) kick(out, at, 1);
      if (n % 8 === 4 || random.next() < 0.1 * dense) snare(out, at, n % 8 === 4 ? 0.9 : 0.3, bright, random);
      const hat = dense > 0.6 ? n % 1 === 0 : dense > 0.3 ? n % 2 === 0 : n % 4 === 2;
      if (hat) burst(out, at, { decay: 0.04, gain: between(0.15, 0.5, bright) * (n % 4 === 0 ? 1 : 0.6) }, random);
    });
    return mixed(out, filtered(out, 'high', 4000), 0.8 * bright);
  },
};

const bigDrum: TextureClass = {
  hears: ['fast', 'dense', 'high'],
  voice: ({ fast, dense, high }, random) => {
    const out = blank();
    const hertz = ratio(55, 110, high);
    grid(Math.round(between(4, 14, fast))).forEach((at, n) => {
      if (n > 0 && random.next() > between(0.35, 1, dense)) return;
      const gain = n % 2 === 0 ? 1 : 0.6;
      for (const [partial, share] of [
        [1, 1],
        [1.59, 0.5],
        [2.14, 0.35],
        [2.65, 0.2],
      ] as const) {
        ring(out, at, { hertz: hertz * partial, decay: 0.9 / partial, gain: gain * share, glide: 0.93, attack: 0.004 });
      }
      burst(out, at, { decay: 0.05, gain: 0.5 * gain, colour: 0.8 }, random);
    });
    return out;
  },
};

const woodblock: TextureClass = {
  hears: ['fast', 'high', 'dense'],
  voice: ({ fast, high, dense }, random) => {
    const out = blank();
    const hertz = ratio(320, 900, high);
    grid(Math.round(between(3, 12, fast))).forEach((at, n) => {
      if (n > 0 && random.next() > between(0.5, 1, dense)) return;
      for (const [partial, gain, decay] of [
        [1, 1, 0.14],
        [2.42, 0.4, 0.06],
        [3.9, 0.2, 0.04],
      ] as const) {
        ring(out, at, { hertz: hertz * partial, decay, gain: gain * between(0.8, 1, random.next()), attack: 0.001 });
      }
    });
    return out;
  },
};

const train: TextureClass = {
  hears: ['fast', 'bright'],
  voice: ({ fast, bright }, random) => {
    const sway = drift(random, 3);
    const out = shaped(filtered(noise(random), 'low', ratio(200, 900, bright)), (i) => 0.35 + 0.3 * sway[i]!);
    for (const at of grid(Math.round(between(2, 7, fast)))) {
      for (const [late, gain] of [
        [0, 1],
        [0.11, 0.8],
      ] as const) {
        burst(out, at + late, { decay: 0.08, gain: 1.6 * gain, colour: between(0.85, 0.5, bright) }, random);
        ring(out, at + late, { hertz: 210, decay: 0.12, gain: 0.7 * gain });
      }
    }
    return out;
  },
};

export const RHYTHMS = { drums, 'big-drum': bigDrum, woodblock, train };
