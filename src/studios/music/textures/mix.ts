/**
 * Layers of round sound become one stereo loop at −16 LUFS:
 *
 *   layer ─▶ as loud as the others ─▶ farther back or nearer ─▶ its place ─┐
 *   layer ─▶ …                                                            ─┴▶ sum ─▶ 44.1 kHz ─▶ −16 LUFS, true peaks under −1
 */
import { finish, type StereoSound } from '../sound/index.ts';
import { resampled } from './wave.ts';

/** One sound in the mix. */
export interface MixedLayer {
  /** One channel that goes round. */
  readonly samples: Float32Array;
  /** Heard from afar: softer. */
  readonly far: boolean;
}

const OUT_RATE = 44_100;
const [LATER, FAR] = [0.8, 0.6];
/** Places from left (−1) to right (1), the first layer in the middle. */
const PLACES = [0, -0.45, 0.45, -0.25, 0.25, 0.7, -0.7];

/** All layers must have the same length. Three rounds are finished and the middle one taken, so that the limiter goes round. */
export function mixLayers(layers: readonly MixedLayer[], rate: number): StereoSound {
  const length = layers[0]!.samples.length;
  const [left, right] = [new Float32Array(length), new Float32Array(length)];
  layers.forEach(({ samples, far }, n) => {
    const gain = ((n === 0 ? 1 : LATER) * (far && layers.length > 1 ? FAR : 1)) / loudestOf(samples, rate);
    const angle = ((PLACES[n % PLACES.length]! + 1) * Math.PI) / 4;
    for (let i = 0; i < length; i++) {
      left[i]! += gain * Math.cos(angle) * samples[i]!;
      right[i]! += gain * Math.sin(angle) * samples[i]!;
    }
  });
  const round = [left, right].map((channel) => resampled(channel, rate, OUT_RATE, true));
  const thrice = round.map((channel) => {
    const out = new Float32Array(3 * channel.length);
    for (let n = 0; n < 3; n++) out.set(channel, n * channel.length);
    return out;
  }) as [Float32Array, Float32Array];
  finish({ left: thrice[0], right: thrice[1] }, OUT_RATE);
  const own = round[0]!.length;
  const middle = (channel: Float32Array): Float32Array => channel.slice(own, 2 * own);
  return { left: middle(thrice[0]), right: middle(thrice[1]), sampleRate: OUT_RATE };
}

/** A loop over and over: `count` rounds. */
export function repeated({ left, right, sampleRate }: StereoSound, count: number): StereoSound {
  const over = (channel: Float32Array): Float32Array => {
    const out = new Float32Array(count * channel.length);
    for (let n = 0; n < count; n++) out.set(channel, n * channel.length);
    return out;
  };
  return { left: over(left), right: over(right), sampleRate };
}

/** Root mean square of the loudest 0.4 seconds. */
function loudestOf(samples: Float32Array, rate: number): number {
  const span = Math.round(0.4 * rate);
  let most = 1e-6;
  for (let from = 0; from < samples.length; from += Math.round(span / 2)) {
    let sum = 0;
    for (let i = 0; i < span; i++) sum += samples[(from + i) % samples.length]! ** 2;
    most = Math.max(most, Math.sqrt(sum / span));
  }
  return most;
}
