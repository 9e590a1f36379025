/** Puts dry players on a stage: direction, distance, room, loudness, limiter. */
import type { Stereo } from '../play-part.ts';
import { limit } from './limit.ts';
import { loudnessOf } from './loudness.ts';
import { roomOf } from './room.ts';
import type { Seat } from './seats.ts';

export interface StageOptions {
  readonly sampleRate: number;
  /** How much room, 0–1; default 0.5. */
  readonly room?: number;
}

/** A player as heard from the listener's seat, without room. */
export function seated(dry: Stereo, { pan, depth }: Seat, sampleRate: number, decibels: number): Stereo {
  const gain = 10 ** ((decibels - 3.5 * depth) / 20);
  const angle = ((pan + 1) * Math.PI) / 4;
  const late = Math.round(Math.abs(pan) * 0.0004 * sampleRate);
  const mono = new Float32Array(dry.left.length);
  for (let i = 0; i < mono.length; i++) mono[i] = (dry.left[i]! + dry.right[i]!) * 0.5;
  softened(mono, 16_000 - 9000 * depth, sampleRate);
  const ear = (level: number, delay: number): Float32Array => {
    const out = new Float32Array(mono.length);
    for (let i = delay; i < out.length; i++) out[i] = gain * level * Math.SQRT2 * mono[i - delay]!;
    return out;
  };
  return { left: ear(Math.cos(angle), pan > 0 ? late : 0), right: ear(Math.sin(angle), pan < 0 ? late : 0) };
}

/** Air and distance take treble: one pole at `cutoff`, in place. */
function softened(data: Float32Array, cutoff: number, rate: number): void {
  const keep = Math.exp((-2 * Math.PI * cutoff) / rate);
  let last = 0;
  for (let i = 0; i < data.length; i++) {
    last = (1 - keep) * data[i]! + keep * last;
    data[i] = last;
  }
}

/** What the room answers to all players together; those farther back excite it more. */
export function roomSend(send: Float32Array, player: Stereo, { depth }: Seat): void {
  const level = 0.25 + 0.5 * depth;
  for (let i = 0; i < send.length; i++) send[i]! += level * (player.left[i]! + player.right[i]!) * 0.5;
}

/** Adds the room to a mix, in place. */
export function addRoom(mix: Stereo, send: Float32Array, { sampleRate, room = 0.5 }: StageOptions): void {
  if (room === 0) return;
  const wet = roomOf(send, { sampleRate, decay: 0.9 + 1.2 * room });
  const level = 1.5 * room;
  for (let i = 0; i < send.length; i++) {
    mix.left[i]! += level * wet.left[i]!;
    mix.right[i]! += level * wet.right[i]!;
  }
}

/** Loudness music is delivered at, LUFS. */
export const TARGET_LOUDNESS = -16;

/**
 * Brings a mix to −16 LUFS with true peaks under −1 dBTP, in place; returns the gain that was applied before limiting, so that
 * stems can be given the same. Silence stays silent.
 */
export function finish(mix: Stereo, sampleRate: number): number {
  const channels = [mix.left, mix.right];
  let total = 1;
  for (let pass = 0; pass < 3; pass++) {
    const missing = TARGET_LOUDNESS - loudnessOf(channels, sampleRate);
    if (!Number.isFinite(missing) || Math.abs(missing) < 0.05) break;
    const gain = 10 ** (missing / 20);
    for (const data of channels) for (let i = 0; i < data.length; i++) data[i]! *= gain;
    total *= gain;
    limit(channels, { sampleRate });
  }
  return total;
}
