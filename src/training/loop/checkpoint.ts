/**
 * Checkpoints of a run: `checkpoint-<step>.safetensors` with everything its learners carry, as F32 under
 * `learner/part.name`, and the identity of the run in the metadata. A checkpoint is complete or absent (see durable.ts);
 * the newest two are kept, so that a disk error in one leaves the other.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LearnerState } from '../learn/index.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, readMetadata, readSafetensors, type StoredTensor } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import type { CourseState } from './course.ts';

const KEPT = 2;
const PATTERN = /^checkpoint-(\d+)\.safetensors$/;

/** A course after some steps. */
export interface Checkpoint {
  readonly step: number;
  readonly state: CourseState;
}

/** Writes a checkpoint and removes all but the newest two. Returns its path. */
export async function saveCheckpoint(folder: string, { step, state }: Checkpoint, identity: string): Promise<string> {
  const tensors = new Map<string, StoredTensor>();
  for (const [learner, { tensors: own }] of state) {
    for (const [name, tensor] of own) tensors.set(`${learner}/${name}`, tensor);
  }
  const learners = JSON.stringify(Object.fromEntries([...state].map(([learner, one]) => [learner, one.step])));
  const path = join(folder, `checkpoint-${String(step).padStart(8, '0')}.safetensors`);
  await writeDurably(path, formatSafetensors(tensors, { metadata: { step: String(step), identity, learners } }));
  for (const old of (await listCheckpoints(folder)).slice(KEPT)) await rm(join(folder, old.file));
  return path;
}

/**
 * The newest checkpoint that can be read, or undefined. One that is damaged is passed over when an older one is whole.
 * Throws `training/other-run` when it belongs to a run with other options, or the damage when none is whole.
 */
export async function loadCheckpoint(folder: string, identity: string): Promise<Checkpoint | undefined> {
  let damage: unknown;
  for (const { file, step } of await listCheckpoints(folder)) {
    const path = join(folder, file);
    const bytes = await readFile(path);
    try {
      const metadata = readMetadata(bytes, path);
      if (metadata.identity !== identity) throw otherRun(folder);
      return { step, state: readLearners(metadata.learners, readSafetensors(bytes, path)) };
    } catch (error) {
      if ((error as { code?: string }).code !== 'training/bad-safetensors') throw error;
      damage ??= error;
    }
  }
  if (damage) throw damage;
  return undefined;
}

function readLearners(text: string | undefined, tensors: ReadonlyMap<string, StoredTensor>): CourseState {
  const steps = z.record(z.string(), z.int()).parse(JSON.parse(text ?? '{}'));
  const own = (learner: string) =>
    [...tensors]
      .filter(([name]) => name.startsWith(`${learner}/`))
      .map(([name, tensor]): [string, StoredTensor] => [name.slice(learner.length + 1), tensor]);
  return new Map(
    Object.entries(steps).map(([learner, step]): [string, LearnerState] => [
      learner,
      { step, tensors: new Map(own(learner)) },
    ]),
  );
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
