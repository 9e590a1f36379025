/**
 * A learned way from bands of hearing back to the bins of a spectrum: a small network looks at a frame of a mel picture and
 * its neighbours and says how loud each bin will have been.
 *
 *   picture (bands, frames) ─▶ frames with neighbours (T, bands·(2·reach + 1)) ─▶ [ linear ─▶ SiLU ] × 2 ─▶ linear ─┐
 *                                                          └──────────────── linear ──────────────────────────────┴▶ levels (T, bins)
 *
 * What it says is where the exact search of `soundOf` begins, so that bands stay as they were asked for.
 */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { add, gemm, mul, reduceMean, reshape, silu, sub, type Tensor } from '../graph/index.ts';
import {
  type Computation,
  createEvaluation,
  type Objective,
  type Parameter,
  type Parameters,
  type Parts,
} from '../learn/index.ts';
import {
  type LoadedNetwork,
  loadNetworkFolder,
  type StoredNetwork,
  saveNetworkFolder,
} from '../model/network-folder.ts';
import type { Spectrum } from './fourier.ts';

const count = z.int().positive().max(8192);

const MEL_INVERSE = z.strictObject({
  model_type: z.literal('mel-inverse').default('mel-inverse'),
  bands: count,
  bins: count,
  /** Frames seen before and after. */
  reach: z.int().nonnegative().max(16),
  width: count,
  /** Hertz from bin to bin: a level is of power over this, so that bands and bins are of one scale. */
  spacing: z.number().positive(),
  /** Decibels of level 1, and how far below it −1 lies; as in the picture. */
  ceiling: z.number(),
  range: z.number().positive(),
});
export type MelInverseConfig = z.output<typeof MEL_INVERSE>;

/** Makes powers of bins out of pictures. */
export interface MelInverse extends AsyncDisposable {
  /** Power of each bin, (frames, bins), of a picture (bands, frames) that goes round. */
  powers(picture: Float32Array): Promise<Float32Array>;
}

export function melInverseParameters({ bands, bins, reach, width }: MelInverseConfig): Parameter[] {
  const inputs = bands * (2 * reach + 1);
  const layer = (name: string, from: number, to: number): Parameter[] => [
    {
      name: `${name}.weight`,
      shape: [to, from],
      start: { kind: 'uniform', bound: Math.sqrt(3 / from) },
      kind: 'matrix',
    },
    { name: `${name}.bias`, shape: [to], start: { kind: 'constant', value: 0 }, kind: 'vector' },
  ];
  return [
    ...layer('first', inputs, width),
    ...layer('second', width, width),
    ...layer('last', width, bins),
    ...layer('direct', inputs, bins),
  ];
}

/** Mean squared error of levels. Inputs: `frames` (batch, bands·(2·reach + 1)) and `levels` (batch, bins). */
export function melInverseObjective(config: MelInverseConfig, batch: number): Objective {
  return {
    name: 'mel-inverse',
    parameters: melInverseParameters(config),
    inputs: [...inputsOf(config, batch), { name: 'levels', type: 'f32', shape: [batch, config.bins] }],
    build: (parts) => {
      const off = sub(answer(parts), parts.input('levels'));
      return { loss: reshape(reduceMean(mul(off, off), [0, 1]), []) };
    },
  };
}

/** Frames of a picture (bands, frames) with their neighbours, round the ends; row by row. */
export function framesOf(picture: Float32Array, { bands, reach }: MelInverseConfig): Float32Array {
  const frames = picture.length / bands;
  const width = bands * (2 * reach + 1);
  const out = new Float32Array(frames * width);
  for (let t = 0; t < frames; t++) {
    for (let off = -reach; off <= reach; off++) {
      const seen = (((t + off) % frames) + frames) % frames;
      const at = t * width + (off + reach) * bands;
      for (let band = 0; band < bands; band++) out[at + band] = picture[band * frames + seen]!;
    }
  }
  return out;
}

/** Levels (frames, bins) of a spectrum, −1 to 1. */
export function levelsOf({ real, imaginary }: Spectrum, { spacing, ceiling, range }: MelInverseConfig): Float32Array {
  return real.map((value, i) => {
    const decibels = 10 * Math.log10(Math.max((value * value + imaginary[i]! ** 2) / spacing, 1e-12));
    return Math.max(-1, Math.min(1, 1 + (2 * (decibels - ceiling)) / range));
  });
}

/** Frames computed at once. */
const ROWS = 64;

/** A network with weights, ready to run. */
export async function createMelInverse(
  config: MelInverseConfig,
  parameters: Parameters,
  { threads }: { readonly threads?: number | undefined } = {},
): Promise<MelInverse> {
  const network = await createEvaluation(computation(config, ROWS), threads ? { threads } : {});
  const { bins, spacing, ceiling, range } = config;
  const width = config.bands * (2 * config.reach + 1);
  return {
    powers: async (picture) => {
      const rows = framesOf(picture, config);
      const frames = rows.length / width;
      const out = new Float32Array(frames * bins);
      for (let t = 0; t < frames; t += ROWS) {
        const data = new Float32Array(ROWS * width);
        data.set(rows.subarray(t * width, (t + ROWS) * width));
        const { levels } = await network.run(parameters, { frames: { data, shape: [ROWS, width] } });
        out.set((levels as Float32Array).subarray(0, Math.min(ROWS, frames - t) * bins), t * bins);
      }
      return out.map((level) => spacing * 10 ** ((ceiling + ((level - 1) * range) / 2) / 10));
    },
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

/** Writes a folder, weights in 16 bits. */
export function saveMelInverse(folder: string, stored: StoredNetwork<MelInverseConfig>): Promise<void> {
  return saveNetworkFolder(folder, stored, { declared: melInverseParameters(stored.config), precision: 'F16' });
}

/** Reads a folder; throws as `loadNetworkFolder`. */
export function loadMelInverse(folder: string): Promise<LoadedNetwork<MelInverseConfig>> {
  return loadNetworkFolder(folder, (json, source) => MEL_INVERSE.parse(parseJson(json, source)), melInverseParameters);
}

function computation(config: MelInverseConfig, rows: number): Computation {
  return {
    name: 'mel-inverse',
    parameters: melInverseParameters(config),
    inputs: inputsOf(config, rows),
    build: (parts) => ({ levels: answer(parts) }),
  };
}

function inputsOf({ bands, reach }: MelInverseConfig, batch: number) {
  return [{ name: 'frames', type: 'f32', shape: [batch, bands * (2 * reach + 1)] } as const];
}

/** (B, inputs) to levels (B, bins). */
function answer(parts: Parts): Tensor {
  const x = parts.input('frames');
  const linear = (name: string, h: Tensor): Tensor =>
    add(gemm(h, parts.weight(`${name}.weight`), { transB: true }), parts.weight(`${name}.bias`));
  const hidden = silu(linear('second', silu(linear('first', x))));
  return add(linear('last', hidden), linear('direct', x));
}
