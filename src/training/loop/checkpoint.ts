/**
 * Checkpoints of a run: `checkpoint-<step>.safetensors` with parameters and both moments, as F32, and the identity of the
 * run in the metadata. A checkpoint is complete or absent (see durable.ts); the newest two are kept, so that a disk error
 * in one leaves the other.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { GptConfig } from '../gpt/config.ts';
import { checkWeights, parameterShapes, type Weights } from '../gpt/parameters.ts';
import type { TrainerState } from '../gpt/trainer.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, readMetadata, readSafetensors, type StoredTensor } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';

const KEPT = 2;
const PATTERN = /^checkpoint-(\d+)\.safetensors$/;
const KINDS = { p: 'weights', m: 'firstMoments', v: 'secondMoments' } as const;

/** Writes a checkpoint and removes all but the newest two. Returns its path. */
export async function saveCheckpoint(
  folder: string,
  config: GptConfig,
  state: TrainerState,
  identity: string,
): Promise<string> {
  const tensors = new Map<string, StoredTensor>();
  for (const [kind, field] of Object.entries(KINDS)) {
    for (const { name, shape } of parameterShapes(config)) {
      tensors.set(`${kind}.${name}`, { shape, data: state[field].get(name)! });
    }
  }
  const path = join(folder, `checkpoint-${String(state.step).padStart(8, '0')}.safetensors`);
  await writeDurably(path, formatSafetensors(tensors, { metadata: { step: String(state.step), identity } }));
  for (const old of (await listCheckpoints(folder)).slice(KEPT)) await rm(join(folder, old.file));
  return path;
}

/**
 * The newest checkpoint that can be read, or undefined. One that is damaged is passed over when an older one is whole.
 * Throws `training/other-run` when it belongs to a run with other options, or the damage when none is whole.
 */
export async function loadCheckpoint(
  folder: string,
  config: GptConfig,
  identity: string,
): Promise<TrainerState | undefined> {
  let damage: unknown;
  for (const { file, step } of await listCheckpoints(folder)) {
    const path = join(folder, file);
    const bytes = await readFile(path);
    try {
      const found = readMetadata(bytes, path).identity;
      if (found !== identity) throw otherRun(folder);
      return { step, ...readState(config, readSafetensors(bytes, path), path) };
    } catch (error) {
      if ((error as { code?: string }).code !== 'training/bad-safetensors') throw error;
      damage ??= error;
    }
  }
  if (damage) throw damage;
  return undefined;
}

function readState(config: GptConfig, tensors: ReadonlyMap<string, StoredTensor>, path: string) {
  const part = (kind: string): Weights => {
    const entries = [...tensors].filter(([name]) => name.startsWith(`${kind}.`));
    const own = new Map(entries.map(([name, tensor]) => [name.slice(2), tensor]));
    checkWeights(config, own, path);
    return new Map(parameterShapes(config).map(({ name }) => [name, own.get(name)!.data]));
  };
  return { weights: part('p'), firstMoments: part('m'), secondMoments: part('v') };
}

/** Newest first. */
async function listCheckpoints(folder: string): Promise<{ file: string; step: number }[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files
    .flatMap((file) => {
      const step = PATTERN.exec(file)?.[1];
      return step === undefined ? [] : [{ file, step: Number(step) }];
    })
    .sort((a, b) => b.step - a.step);
}

function otherRun(folder: string): Error {
  return refusal(
    'conflict',
    'training/other-run',
    {
      en: `'${folder}' holds checkpoints of a run with other options or data.`,
      zh: `“${folder}”中的检查点属于选项或数据不同的另一次训练。`,
    },
    {
      en: 'Give the same options to go on with it, or another folder to start anew.',
      zh: '要继续请使用相同选项；要重新开始请换一个文件夹。',
    },
  );
}
