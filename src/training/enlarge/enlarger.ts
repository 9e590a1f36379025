/**
 * Makes pictures of any size larger, piece by piece, so that memory does not grow with the picture:
 *
 *   picture ─▶ pieces of 128 with the neighbourhood that their edges depend on ─▶ network ─▶ their middles ─▶ + bicubic
 *
 * Every output pixel sees all it would see of the whole picture, so no seam can show. Edges of the picture are repeated.
 */
import { cancelled } from '../../core/index.ts';
import type { SessionOptions } from '../graph/index.ts';
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { enlargeBicubic } from './bicubic.ts';
import type { EnlargerConfig } from './config.ts';
import { loadEnlarger } from './model-folder.ts';
import { enlargerDetail, enlargerParameters, enlargerReach } from './network.ts';

/** What is asked besides the picture. */
export interface EnlargeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface Enlarger extends AsyncDisposable {
  readonly config: EnlargerConfig;
  /** (n, 3, H, W) in [−1, 1] ─▶ (n, 3, scale·H, scale·W). Throws `core/cancelled`. */
  enlarge(pictures: Pictures, options?: EnlargeOptions): Promise<Pictures>;
}

/** Small pixels of a piece that are kept, a side. */
const PIECE = 128;

/** Opens a model folder; throws as `loadEnlarger`. */
export async function createEnlarger(folder: string, options: SessionOptions = {}): Promise<Enlarger> {
  const { config, parameters } = await loadEnlarger(folder);
  const glass = createGlass(config, options);
  return {
    config,
    enlarge: (pictures, asked) => glass.enlarge(parameters, pictures, asked),
    [Symbol.asyncDispose]: () => glass[Symbol.asyncDispose](),
  };
}

/** As an enlarger, for weights that change, such as those in training. */
export interface Glass extends AsyncDisposable {
  enlarge(weights: Parameters, pictures: Pictures, options?: EnlargeOptions): Promise<Pictures>;
}

/** One session serves every size; it is made with the first picture. */
export function createGlass(config: EnlargerConfig, options: SessionOptions = {}): Glass {
  let session: Promise<Evaluation> | undefined;
  return {
    enlarge: async (weights, pictures, asked = {}) => {
      session ??= compile(config, options);
      const run = await session;
      const detail = (small: Float32Array): Promise<Float32Array> => detailOf(run, weights, config, small);
      return enlargeAll(pictures, config, detail, asked);
    },
    [Symbol.asyncDispose]: async () => {
      await (await session)?.[Symbol.asyncDispose]();
      session = undefined;
    },
  };
}

function compile(config: EnlargerConfig, options: SessionOptions): Promise<Evaluation> {
  const side = PIECE + 2 * enlargerReach(config);
  return createEvaluation(
    {
      name: 'enlarger',
      parameters: enlargerParameters(config),
      inputs: [{ name: 'small', type: 'f32', shape: [1, 3, side, side] }],
      build: ({ weight, input }) => ({ detail: enlargerDetail(config, weight, input('small')) }),
    },
    options,
  );
}

async function detailOf(run: Evaluation, weights: Parameters, config: EnlargerConfig, data: Float32Array) {
  const side = PIECE + 2 * enlargerReach(config);
  const { detail } = await run.run(weights, { small: { data, shape: [1, 3, side, side] } });
  return detail as Float32Array;
}

async function enlargeAll(
  pictures: Pictures,
  config: EnlargerConfig,
  detail: (small: Float32Array) => Promise<Float32Array>,
  { signal, onProgress }: EnlargeOptions,
): Promise<Pictures> {
  const { width, height } = pictures;
  const large = enlargeBicubic(pictures, config.scale);
  const [across, down] = [Math.ceil(width / PIECE), Math.ceil(height / PIECE)];
  const count = pictures.data.length / (3 * width * height);
  const all = count * across * down;
  for (let i = 0; i < all; i++) {
    if (signal?.aborted) throw cancelled(signal.reason);
    const place = {
      picture: Math.floor(i / (across * down)),
      left: PIECE * (i % across),
      top: PIECE * (Math.floor(i / across) % down),
    };
    addPiece(large, await detail(cutPiece(pictures, place, enlargerReach(config))), place, config);
    onProgress?.((i + 1) / all);
  }
  for (let i = 0; i < large.data.length; i++) large.data[i] = Math.max(-1, Math.min(1, large.data[i]!));
  return large;
}

interface Place {
  readonly picture: number;
  readonly left: number;
  readonly top: number;
}

/** (3, side, side) around a place, the picture's edges repeated. */
function cutPiece({ data, width, height }: Pictures, { picture, left, top }: Place, reach: number): Float32Array {
  const side = PIECE + 2 * reach;
  const out = new Float32Array(3 * side * side);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < side; y++) {
      const row = Math.max(0, Math.min(height - 1, top + y - reach));
      const line = ((picture * 3 + c) * height + row) * width;
      for (let x = 0; x < side; x++) {
        out[(c * side + y) * side + x] = data[line + Math.max(0, Math.min(width - 1, left + x - reach))]!;
      }
    }
  }
  return out;
}

function addPiece(large: Pictures, detail: Float32Array, { picture, left, top }: Place, config: EnlargerConfig): void {
  const { scale } = config;
  const reach = enlargerReach(config) * scale;
  const side = PIECE * scale + 2 * reach;
  const width = Math.min(PIECE * scale, large.width - left * scale);
  const height = Math.min(PIECE * scale, large.height - top * scale);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      const into = ((picture * 3 + c) * large.height + top * scale + y) * large.width + left * scale;
      const from = (c * side + reach + y) * side + reach;
      for (let x = 0; x < width; x++) large.data[into + x]! += detail[from + x]!;
    }
  }
}
