/**
 * An adapter is a folder in PEFT's layout:
 *
 *   adapter_config.json         rank, alpha, which matrices
 *   adapter_model.safetensors   A and B of each matrix; the digest of the base it was made for in the metadata
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Parameters } from '../learn/index.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, readMetadata, readSafetensors } from '../model/safetensors.ts';
import { type AdapterOptions, adapterParameters, badAdapter } from './adapter.ts';
import { type GptConfig, parseJson } from './config.ts';
import { shapeOf } from './shape.ts';

/** An adapter in memory. */
export interface Adapter {
  readonly options: AdapterOptions;
  /** A and B by PEFT's names. */
  readonly weights: Parameters;
  /** Digest of the base model's folder, when the file says which. */
  readonly base?: string;
}

const CONFIG = z.looseObject({
  peft_type: z.literal('LORA'),
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  lora_dropout: z.number().min(0).max(1).default(0),
  target_modules: z.array(z.string().min(1)).min(1),
  bias: z.literal('none').default('none'),
  use_rslora: z.literal(false).default(false),
  use_dora: z.literal(false).default(false),
  modules_to_save: z.null().optional(),
  rank_pattern: z.record(z.string(), z.never()).nullish(),
  alpha_pattern: z.record(z.string(), z.never()).nullish(),
});

/** Writes an adapter folder. */
export async function saveAdapter(folder: string, config: GptConfig, adapter: Adapter): Promise<void> {
  const { options, weights, base } = adapter;
  const tensors = new Map(
    adapterParameters(config, options).map(({ name, shape }) => [name, { shape, data: weights.get(name)! }]),
  );
  const metadata = base === undefined ? {} : { base };
  await writeDurably(join(folder, 'adapter_model.safetensors'), formatSafetensors(tensors, { metadata }));
  const description = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: null,
    r: options.rank,
    lora_alpha: options.alpha ?? 2 * options.rank,
    lora_dropout: options.dropout ?? 0,
    target_modules: options.targets ?? shapeOf(config).targets,
    fan_in_fan_out: shapeOf(config).turnedInFiles,
    bias: 'none',
    inference_mode: true,
  };
  await writeDurably(join(folder, 'adapter_config.json'), `${JSON.stringify(description, null, 2)}\n`);
}

/** Reads an adapter folder for a model; throws `training/bad-adapter` when it is not one for this model. */
export async function loadAdapter(folder: string, config: GptConfig): Promise<Adapter> {
  const read = (file: string): Promise<Uint8Array> =>
    readFile(join(folder, file)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
      throw badAdapter({ en: `it has no ${file}`, zh: `缺少 ${file}` }, folder);
    });
  const text = new TextDecoder().decode(await read('adapter_config.json'));
  const parsed = CONFIG.safeParse(parseJson(text, join(folder, 'adapter_config.json')));
  if (!parsed.success) {
    const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
    throw badAdapter({ en: reason, zh: reason }, folder);
  }
  const { r: rank, lora_alpha: alpha, lora_dropout: dropout, target_modules: targets } = parsed.data;
  const options = { rank, alpha, dropout, targets };
  const path = join(folder, 'adapter_model.safetensors');
  const bytes = await read('adapter_model.safetensors');
  const { base } = readMetadata(bytes, path);
  const weights = takeMatrices(config, options, readSafetensors(bytes, path), folder);
  return { options, weights, ...(base === undefined ? {} : { base }) };
}

function takeMatrices(
  config: GptConfig,
  options: AdapterOptions,
  stored: ReturnType<typeof readSafetensors>,
  folder: string,
): Parameters {
  return new Map(
    adapterParameters(config, options).map(({ name, shape }) => {
      const found = stored.get(name);
      if (found && found.shape.join() === shape.join()) return [name, found.data];
      const facts = found ? `[${found.shape}], [${shape}]` : '';
      throw badAdapter(
        found
          ? { en: `'${name}' has the wrong shape: ${facts}`, zh: `“${name}”形状不符：${facts}` }
          : { en: `it lacks '${name}'`, zh: `缺少“${name}”` },
        folder,
      );
    }),
  );
}
