/** A finished autoencoder at work: pictures to latents and back, and new pictures. */
import { createRandom } from '../../core/index.ts';
import type { SessionOptions } from '../graph/index.ts';
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import { latentShape, type VaeConfig } from './config.ts';
import { decoding, encoding } from './objective.ts';

export interface VaeRunner extends AsyncDisposable {
  /** Pictures (n, C, H, W) in [−1, 1] ─▶ latents (n, latent, h, w): the means of KL, the chosen codes of VQ. */
  encode(pictures: Float32Array): Promise<Float32Array>;
  /** Latents ─▶ pictures, held to [−1, 1]. */
  decode(latents: Float32Array): Promise<Float32Array>;
  /** The indices of the codes chosen for every place, (n, h, w); for VQ only. */
  codes(pictures: Float32Array): Promise<BigInt64Array>;
  /** Code indices (n, h, w) ─▶ pictures; for VQ only. */
  decodeCodes(indices: BigInt64Array): Promise<Float32Array>;
}

const LARGEST = 32;

/** Sessions are made when first needed and kept by batch size, at most 32 pictures at once. `parameters` is asked anew on each call. */
export function createVaeRunner(
  config: VaeConfig,
  parameters: () => Parameters,
  options: SessionOptions = {},
): VaeRunner {
  const { channels, height, width } = config.picture;
  const area = channels * height * width;
  const [latent, h, w] = latentShape(config);
  const places = h * w;
  const made = new Map<string, Promise<Evaluation>>();
  const session = (kind: string, batch: number): Promise<Evaluation> => {
    const key = `${kind}/${batch}`;
    const known = made.get(key);
    if (known) return known;
    const computation =
      kind === 'encode' ? encoding(config, batch) : decoding(config, batch, kind === 'indices' ? 'indices' : 'latents');
    const fresh = createEvaluation(computation, options);
    made.set(key, fresh);
    return fresh;
  };
  const encode = async (pictures: Float32Array, n: number) => {
    const shape = [n, channels, height, width];
    return (await session('encode', n)).run(parameters(), { pictures: { data: pictures, shape } });
  };
  const held = (values: Float32Array): Float32Array => values.map((value) => Math.max(-1, Math.min(1, value)));
  return {
    encode: (pictures) =>
      inParts(pictures, area, latent * places, async (part, n) => {
        const results = await encode(part, n);
        return (results.mean ?? results.latents) as Float32Array;
      }),
    decode: (latents) =>
      inParts(latents, latent * places, area, async (part, n) => {
        const feeds = { latents: { data: part, shape: [n, latent, h, w] } };
        return held((await (await session('latents', n)).run(parameters(), feeds)).pictures as Float32Array);
      }),
    codes: async (pictures) => {
      const parts: BigInt64Array[] = [];
      await inParts(pictures, area, 0, async (part, n) => {
        parts.push((await encode(part, n)).indices as BigInt64Array);
        return new Float32Array(0);
      });
      return BigInt64Array.from(parts.flatMap((part) => [...part]));
    },
    decodeCodes: async (indices) => {
      const n = indices.length / places;
      const feeds = { indices: { data: indices, shape: [indices.length] } };
      return held((await (await session('indices', n)).run(parameters(), feeds)).pictures as Float32Array);
    },
    [Symbol.asyncDispose]: async () => {
      for (const one of made.values()) await (await one)[Symbol.asyncDispose]();
    },
  };
}

/** Latents of n pictures that never were: N(0, 1) for each number. Meaningful for KL. */
export function randomLatents(config: VaeConfig, n: number, seed: string | number): Float32Array {
  const random = createRandom(seed);
  const size = latentShape(config).reduce((a, b) => a * b, n);
  return Float32Array.from({ length: size }, () => random.normal());
}

async function inParts(
  values: Float32Array,
  from: number,
  to: number,
  work: (part: Float32Array, n: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const n = values.length / from;
  const out = new Float32Array(n * to);
  for (let at = 0; at < n; at += LARGEST) {
    const count = Math.min(LARGEST, n - at);
    out.set(await work(values.slice(at * from, (at + count) * from), count), at * to);
  }
  return out;
}
