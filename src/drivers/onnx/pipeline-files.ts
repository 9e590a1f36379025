/**
 * A diffusion pipeline in the ONNX layout of diffusers, as its files describe it:
 *
 *   model_index.json
 *   text_encoder/model.onnx   tokenizer/…   unet/ or transformer/   vae_decoder/   vae_encoder/ (to begin from a picture)
 *   scheduler/scheduler_config.json
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkOnnxFile } from '../../isolation/index.ts';
import { engineFault } from '../../kernel/index.ts';
import { SCHEDULER, type Scheduler } from './sampling/noise-levels.ts';

const NETWORK = z.object({
  in_channels: z.int().min(1).default(4),
  /** Of a U-Net: each level but the last halves the sides. */
  block_out_channels: z.array(z.int()).min(1).default([1, 1, 1, 1]),
  /** Of a transformer: latents a side that are read as one. */
  patch_size: z.int().min(1).default(2),
  sample_size: z.union([z.int().min(1), z.array(z.int().min(1)).length(2)]).optional(),
});

const VAE = z.object({
  latent_channels: z.int().min(1).default(4),
  block_out_channels: z.array(z.int()).min(1).default([1, 1, 1, 1]),
  scaling_factor: z.number().positive().default(0.18215),
  shift_factor: z.number().nullish(),
});

export interface PipelineFiles {
  /** `unet` or `transformer`. */
  readonly painter: string;
  readonly scheduler: Scheduler;
  readonly latentChannels: number;
  /** Pixels a side for each latent. */
  readonly patch: number;
  /** Width and height in pixels. */
  readonly size: readonly [number, number];
  /** Sides in pixels are multiples of this. */
  readonly step: number;
  readonly scaling: number;
  readonly shift: number;
  /** It can begin from a picture. */
  readonly encodes: boolean;
  /** Paths of what its identity rests on. */
  readonly files: readonly string[];
  readonly weights: number;
}

/** Reads a folder; undefined: not of this layout. Throws `engine/broken-model` and `engine/cannot`. */
export function readPipelineFiles(folder: string, name: string): PipelineFiles | undefined {
  const index = read(folder, 'model_index.json', name, z.record(z.string(), z.unknown()));
  const painter = ['unet', 'transformer'].find((part) => exists(folder, `${part}/model.onnx`));
  if (!index || !painter || !exists(folder, 'vae_decoder/model.onnx')) return undefined;
  if (exists(folder, 'text_encoder_2/model.onnx')) {
    throw engineFault('cannot', name, { en: 'it reads words with two encoders', zh: '它使用两个文字编码器' });
  }
  const network = read(folder, `${painter}/config.json`, name, NETWORK) ?? NETWORK.parse({});
  const vae = read(folder, 'vae_decoder/config.json', name, VAE) ?? VAE.parse({});
  const patch = 2 ** (vae.block_out_channels.length - 1);
  if (network.in_channels !== vae.latent_channels) {
    throw engineFault('cannot', name, {
      en: `its network takes ${network.in_channels} channels, not the ${vae.latent_channels} of its pictures`,
      zh: `网络输入 ${network.in_channels} 个通道，与图像的 ${vae.latent_channels} 个不符`,
    });
  }
  const [high, wide] = [network.sample_size ?? 64]
    .flat()
    .flatMap((side, _, all) => (all.length === 1 ? [side, side] : [side]));
  const networks = ['text_encoder', painter, 'vae_decoder', 'vae_encoder'].map((part) => `${part}/model.onnx`);
  const there = networks.filter((file) => exists(folder, file));
  const heads = there.map((file) => checkOnnxFile(join(folder, file), name));
  const others = [
    'model_index.json',
    'scheduler/scheduler_config.json',
    ...TOKENIZER.map((file) => `tokenizer/${file}`),
  ];
  return {
    painter,
    scheduler: read(folder, 'scheduler/scheduler_config.json', name, SCHEDULER) ?? SCHEDULER.parse({}),
    latentChannels: vae.latent_channels,
    patch,
    size: [wide! * patch, high! * patch],
    step: patch * (painter === 'unet' ? 2 ** (network.block_out_channels.length - 1) : network.patch_size),
    scaling: vae.scaling_factor,
    shift: vae.shift_factor ?? 0,
    encodes: there.includes('vae_encoder/model.onnx'),
    files: [
      ...there,
      ...others.filter((file) => exists(folder, file)),
      ...there.flatMap((file, i) => [...heads[i]!.external.keys()].map((one) => join(file, '..', one))),
    ],
    weights: heads.reduce((sum, { weights }) => sum + weights, 0),
  };
}

const TOKENIZER = ['tokenizer.json', 'tokenizer_config.json', 'vocab.json', 'merges.txt'];

const exists = (folder: string, file: string): boolean =>
  statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ?? false;

function read<S extends z.ZodType>(folder: string, file: string, name: string, schema: S): z.infer<S> | undefined {
  if (!exists(folder, file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw engineFault('broken-model', name, `${file}: ${why}`, cause);
  }
}
