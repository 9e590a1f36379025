/**
 * An instrument as it is heard: single notes through the finished SoundFont and the player, measured without knowledge of how
 * they were made. Pitch by YIN (de Cheveigné and Kawahara, YIN, a fundamental frequency estimator for speech and music, 2002).
 */
import { SoundBankLoader } from 'spessasynth_core';
import { findInstrument } from '../../src/studios/music/instruments/index.ts';
import { midiOf } from '../../src/studios/music/score/index.ts';
import { presetOf } from '../../src/studios/music/sound/bank/build-bank.ts';
import { buildBank } from '../../src/studios/music/sound/bank/index.ts';
import { loudnessOf } from '../../src/studios/music/sound/index.ts';
import { playPart } from '../../src/studios/music/sound/play-part.ts';

const RATE = 44_100;
const HELD = 1.4;
const TAIL = 1.6;

export interface PlayedNote {
  readonly key: number;
  readonly velocity: number;
  readonly sound: Float32Array;
}

/** Plays keys over an instrument's range (or the drums it has) at some velocities; the note starts at 0.1 s, is let go after 1.4 s. */
export function playNotes(id: string, keys: readonly number[], velocities: readonly number[]): PlayedNote[] {
  const bank = SoundBankLoader.fromArrayBuffer(buildBank({ only: [id] }).slice().buffer);
  const percussion = findInstrument(id)!.percussion ?? false;
  return keys.flatMap((key) =>
    velocities.map((velocity) => {
      const { left, right } = playPart(
        {
          part: 'x',
          instrument: id,
          percussion,
          notes: [{ at: 0.1, length: HELD, key, velocity }],
          controls: [],
        },
        { tune: 0, classCents: Array(12).fill(0) },
        bank,
        { sampleRate: RATE, length: Math.round((0.1 + HELD + TAIL) * RATE), preset: presetOf(id), percussion },
      );
      return { key, velocity, sound: left.map((value, i) => (value + right[i]!) / 2) };
    }),
  );
}

/** Keys from the bottom to the top of an instrument's range. */
export function keysOver(id: string, count: number): number[] {
  const [low, high] = findInstrument(id)!.range.map(midiOf) as [number, number];
  const steps = Math.min(count - 1, high - low);
  return Array.from({ length: steps + 1 }, (_, i) => Math.round(low + ((high - low) * i) / Math.max(1, steps)));
}

/** Deviation of the heard pitch from the key in cents: median of frames from 0.15 s to 1.2 s; lags from two octaves above to one below. */
export function heardCents({ sound, key }: PlayedNote): number {
  const period = RATE / (440 * 2 ** ((key - 69) / 12));
  const window = Math.round(Math.max(0.05 * RATE, 6 * period));
  const cents: number[] = [];
  const loudest = power(sound, Math.round(0.15 * RATE), window);
  for (let at = 0.15; at < 1.25; at += 0.05) {
    const from = Math.round(at * RATE);
    if (power(sound, from, window) < loudest * 1e-3) break;
    cents.push(1200 * Math.log2(period / yin(sound, from, window, [period / 4, period * 2.1])));
  }
  return cents.sort((a, b) => a - b)[cents.length >> 1]!;
}

function power(sound: Float32Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += sound[i]! ** 2;
  return sum;
}

/** Period in samples: first dip of the cumulative mean normalised difference, refined by a parabola. */
function yin(
  sound: Float32Array,
  from: number,
  window: number,
  [shortest, longest]: readonly [number, number],
): number {
  const [low, high] = [Math.max(2, Math.floor(shortest)), Math.ceil(longest)];
  const difference = new Float64Array(high + 2);
  let running = 0;
  const normal = new Float64Array(high + 2).fill(1);
  for (let lag = 1; lag < difference.length; lag++) {
    let sum = 0;
    // Before the shortest lag of interest a thinned sum is enough for the running mean.
    const stride = lag < low ? 4 : 1;
    for (let i = from; i < from + window; i += stride) sum += (sound[i]! - sound[i + lag]!) ** 2;
    difference[lag] = sum * stride;
    running += difference[lag]!;
    normal[lag] = (difference[lag]! * lag) / Math.max(1e-30, running);
  }
  const least = normal.subarray(low, high).reduce((a, b) => Math.min(a, b));
  const threshold = Math.max(0.1, least * 1.5);
  let place = low;
  while (place < high && normal[place]! > threshold) place++;
  while (place < high && normal[place + 1]! < normal[place]!) place++;
  const [a, b, c] = [difference[place - 1]!, difference[place]!, difference[place + 1]!];
  const bend = a - 2 * b + c;
  return place + (bend > 0 ? (a - c) / (2 * bend) : 0);
}

/** Loudness of the strongest 400 ms, LUFS, of both ears together. */
export function strongestLoudness({ sound }: PlayedNote): number {
  let most = Number.NEGATIVE_INFINITY;
  const width = 0.4 * RATE;
  for (let from = 0; from + width <= sound.length; from += width / 4) {
    const piece = sound.subarray(from, from + width);
    most = Math.max(most, loudnessOf([piece, piece], RATE));
  }
  return most;
}

/** Sharpest kink of the 60 ms around letting go against the sharpest of the 100 ms before; well above 1 is a click. */
export function letGoKink({ sound }: PlayedNote): number {
  const at = Math.round((0.1 + HELD) * RATE);
  const before = kink(sound, at - 0.1 * RATE, at - 16);
  return before < 1e-7 ? 0 : kink(sound, at - 8, at + 0.06 * RATE) / before;
}

/** Size of the very first sample against the peak: a sound that does not start from nothing clicks. */
export function startStep({ sound }: PlayedNote): number {
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const first = sound.findIndex((value) => Math.abs(value) > 1e-7);
  return Math.abs(sound[first] ?? 0) / (peak || 1);
}

function kink(sound: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let i = Math.round(from); i < Math.round(to); i++) {
    most = Math.max(most, Math.abs(sound[i - 1]! - 2 * sound[i]! + sound[i + 1]!));
  }
  return most;
}

/** Mean of the held sound against its root mean square. */
export function offset({ sound }: PlayedNote): number {
  const held = sound.subarray(0.2 * RATE, (0.1 + HELD) * RATE);
  const mean = held.reduce((sum, value) => sum + value, 0) / held.length;
  return Math.abs(mean) / (Math.sqrt(held.reduce((sum, value) => sum + value * value, 0) / held.length) + 1e-9);
}

/** Part of the power of the first 0.37 s that lies above three and a half times the note's frequency, decibels. */
export function treble({ sound, key }: PlayedNote, spectrumOf: (data: Float64Array) => Float64Array): number {
  const spectrum = spectrumOf(Float64Array.from(sound.subarray(0.1 * RATE, 0.1 * RATE + 16_384)));
  const border = (3.5 * 440 * 2 ** ((key - 69) / 12) * 16_384) / RATE;
  let [high, total] = [0, 0];
  for (const [i, size] of spectrum.entries()) {
    total += size * size;
    if (i > border) high += size * size;
  }
  return 10 * Math.log10(high / total + 1e-9);
}
