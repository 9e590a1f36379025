/**
 * Checkpoints of a run: `checkpoint-<step>.safetensors` with everything its learners carry, as F32 under
 * `learner/part.name`, and the identity of the run in the metadata. A checkpoint is complete or absent (see durable.ts);
 * the newest two are kept, so that a disk error in one leaves the other, and those at the steps that the run names.
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LearnerState } from '../learn/index.ts';
import { writeDurably } from '../model/durable.ts';
import { formatSafetensors, readMetadata, readSafetensors, type StoredTensor } from '../model/safetensors.ts';
import { refusal } from '../refusal.ts';
import type { CourseState, EarlierIdentity, RunOptions } from './course.ts';
import { type ChangedRates, identityMetadata, judge, type Standing } from './standing.ts';

const KEPT = 2;
const PATTERN = /^checkpoint-(\d+)\.safetensors$/;

/** A course after some steps. */
export interface Checkpoint {
  readonly step: number;
  readonly state: CourseState;
}

/** Writes a checkpoint and removes all but the newest two and the ones to be kept. Returns its path. */
export async function saveCheckpoint(folder: string, { step, state }: Checkpoint, run: RunOptions): Promise<string> {
  const tensors = new Map<string, StoredTensor>();
  for (const [learner, { tensors: own }] of state) {
    for (const [name, tensor] of own) tensors.set(`${learner}/${name}`, tensor);
  }
  const learners = JSON.stringify(Object.fromEntries([...state].map(([learner, one]) => [learner, one.step])));
  const path = join(folder, `checkpoint-${String(step).padStart(8, '0')}.safetensors`);
  const metadata = { step: String(step), ...identityMetadata(run.identity), learners };
  await writeDurably(path, formatSafetensors(tensors, { metadata }));
  for (const old of (await listCheckpoints(folder)).slice(KEPT)) {
    if (!run.keep?.includes(old.step)) await rm(join(folder, old.file));
  }
  return path;
}

/** Where a run goes on. */
export interface FoundCheckpoint {
  readonly checkpoint: Checkpoint | undefined;
  /** Learning rates that are no longer those of the checkpoint. */
  readonly changed: ChangedRates | undefined;
  /** What is to be forgotten: the run had an earlier identity until now. */
  readonly earlier: EarlierIdentity | undefined;
  /** Paths of checkpoints that have read it. */
  readonly tainted: readonly string[];
}

/**
 * The newest checkpoint that can be read and may be gone on from. One that is damaged is passed over when an older one is
 * whole. Throws `training/other-run` when it belongs to a run with other options, or the damage when none is whole.
 */
export async function findCheckpoint(folder: string, run: RunOptions): Promise<FoundCheckpoint> {
  let damage: unknown;
  let earlier: EarlierIdentity | undefined;
  const tainted: string[] = [];
  for (const { file, step } of await listCheckpoints(folder)) {
    const path = join(folder, file);
    const bytes = await readFile(path);
    try {
      const metadata = readMetadata(bytes, path);
      const standing: Standing = judge(metadata, step, run);
      if (standing.kind === 'other') throw otherRun(folder);
      earlier ??= standing.earlier;
      if (standing.kind !== 'tainted') {
        const state = readLearners(metadata.learners, readSafetensors(bytes, path));
        return { checkpoint: { step, state }, changed: standing.changed, earlier, tainted };
      }
      tainted.push(path);
    } catch (error) {
      if ((error as { code?: string }).code !== 'training/bad-safetensors') throw error;
      damage ??= error;
    }
  }
  if (damage && tainted.length === 0) throw damage;
  return { checkpoint: undefined, changed: undefined, earlier, tainted };
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

/** The checkpoints in a folder, newest first. */
export async function listCheckpoints(folder: string): Promise<{ file: string; step: number }[]> {
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
      en: 'Give the same options to go on with it (only learning rates may change, while it is unfinished), or another folder to start anew.',
      zh: '要继续请使用相同选项（未完成时只可改学习率）；要重新开始请换一个文件夹。',
    },
  );
}
