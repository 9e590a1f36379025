/**
 * Diffusion in the latent space of an autoencoder (Rombach et al. 2022): pictures are encoded once, mirrored ones too, and
 * brought to mean 0 and deviation 1 by channel; what the network makes goes back through the decoder.
 */
import { createRandom, hashJson, type Random } from '../../core/index.ts';
import { createVaeRunner, latentShape, loadVaeFolder, type StoredVae } from '../vae/index.ts';
import type { DiffusionData } from './batches.ts';
import type { Collection } from './collection.ts';
import type { Samples } from './request.ts';
import { measureScaling } from './scaling.ts';

/** Items encoded at once. */
const AT_ONCE = 64;

/** An autoencoder ready to run. */
export interface Decoder extends AsyncDisposable {
  decode(latents: Samples): Promise<Samples>;
  /** Pictures (n, C, H, W) to latents. */
  encode(pictures: Float32Array): Promise<Float32Array>;
}

/** Turns latents into pictures, and pictures into latents. */
export function createDecoder(
  { config, parameters }: StoredVae,
  { threads }: { readonly threads?: number | undefined } = {},
): Decoder {
  const runner = createVaeRunner(config, () => parameters, threads ? { threads } : {});
  return {
    decode: async ({ data }) => ({ data: await runner.decode(data), ...config.picture }),
    encode: (pictures) => runner.encode(pictures),
    [Symbol.asyncDispose]: () => runner[Symbol.asyncDispose](),
  };
}

/** The latents of a collection of pixels; throws as `loadVaeFolder`. */
export async function loadLatents(
  pixels: Collection,
  folder: string,
  { flip, threads }: { readonly flip: boolean; readonly threads?: number | undefined },
): Promise<Collection> {
  const vae = await loadVaeFolder(folder);
  await using runner = createVaeRunner(vae.config, () => vae.parameters, threads ? { threads } : {});
  const [channels, height, width] = latentShape(vae.config);
  const picture = { channels, height, width };
  const size = channels * height * width;
  const encode = async (data: DiffusionData, random: Random): Promise<Float32Array> => {
    const out = new Float32Array(data.count * size);
    for (let from = 0; from < data.count; from += AT_ONCE) {
      const indices = Array.from({ length: Math.min(AT_ONCE, data.count - from) }, (_, i) => from + i);
      out.set(await runner.encode(data.batch(indices, random)), from * size);
    }
    return out;
  };
  const plain = await encode(pixels.train, always(0.9));
  const mirrored = flip ? await encode(pixels.train, always(0.1)) : plain;
  const validation = pixels.validation && (await encode(pixels.validation, always(0.9)));
  return {
    ...pixels,
    picture,
    scaling: measureScaling(plain, picture),
    train: stored(pixels.train, [plain, mirrored], size),
    validation: pixels.validation && validation && stored(pixels.validation, [validation, validation], size),
    pixels: pixels.digest,
    digest: hashJson({ pictures: pixels.digest, vae: vae.digest }),
    vae,
  };
}

/** A stream that always says the same, so that all pictures are mirrored, or none. */
function always(value: number): Random {
  return { ...createRandom(0), next: () => value };
}

function stored(
  data: DiffusionData,
  [plain, mirrored]: readonly [Float32Array, Float32Array],
  size: number,
): DiffusionData {
  return {
    count: data.count,
    labelsOf: data.labelsOf,
    ...(data.promptOf ? { promptOf: data.promptOf } : {}),
    batch: (indices, random) => {
      const out = new Float32Array(indices.length * size);
      indices.forEach((index, i) => {
        const from = random.next() < 0.5 ? mirrored : plain;
        out.set(from.subarray(index * size, (index + 1) * size), i * size);
      });
      return out;
    },
  };
}
