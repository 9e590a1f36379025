/**
 * Textures: a sound for each layer out of the model, mixed to a loop; or one sound out of another.
 *
 *   layers ─▶ model, each from a seed of its own ─▶ mix ─▶ loop, repeated where it shall be long
 *   sound ─▶ one channel, a loop ─▶ under noise ─▶ model with all labels ─▶ loop
 */
import type { SoundModel } from '../../../kernel/index.ts';
import type { StereoSound } from '../sound/index.ts';
import { mixLayers, repeated } from './mix.ts';
import type { Understood } from './understand.ts';
import { levelled, looped, monoOf, resampled } from './wave.ts';

/** Seconds that are made at once; longer textures go round. */
export const LONGEST_LOOP = 30;

export interface TextureOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly guidance: number;
  readonly steps: number;
  /** The sound to begin from, and how far to go from it, 0 to 1. */
  readonly from?: { readonly sound: StereoSound; readonly strength: number } | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

export interface Texture {
  readonly sound: StereoSound;
  /** Seconds after which it goes round. */
  readonly loop: number;
}

/** Throws `core/cancelled` on the signal. */
export async function makeTexture(
  model: SoundModel,
  understood: Understood,
  options: TextureOptions,
): Promise<Texture> {
  const rounds = Math.ceil(options.seconds / LONGEST_LOOP);
  const steps = Math.max(2, Math.ceil((options.seconds / rounds) * (model.rate / model.step) - 1e-6));
  const length = steps * model.step;
  const layers = options.from
    ? [blended(understood)]
    : understood.layers.map(({ kind, attributes }) => [kind, ...attributes]);
  const begin = options.from && beginning(options.from, model.rate, length);
  const made = [];
  for (const [n, labels] of layers.entries()) {
    const known = labels.filter((label) => model.labels.includes(label));
    const { guidance, steps: levels, signal, onProgress } = options;
    const samples = await model.make({
      labels: known,
      seed: `${options.seed}/${n}`,
      length,
      guidance,
      steps: levels,
      ...(begin && { from: begin }),
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (done: number) => onProgress((n + done) / layers.length) }),
    });
    made.push({ samples, far: labels.includes('far') });
  }
  return { sound: repeated(mixLayers(made, model.rate), rounds), loop: length / model.rate };
}

/** All that was said, as one sound. */
function blended({ layers, attributes }: Understood): string[] {
  return [...new Set([...layers.flatMap((layer) => [layer.kind, ...layer.attributes]), ...attributes])];
}

/** Level of the loops a model has learned from. */
const LEVEL = 0.1;

function beginning({ sound, strength }: NonNullable<TextureOptions['from']>, rate: number, length: number) {
  const mono = resampled(monoOf(sound), sound.sampleRate, rate, false);
  return { samples: levelled(looped(mono, length, Math.round(rate / 4)), LEVEL), strength };
}
