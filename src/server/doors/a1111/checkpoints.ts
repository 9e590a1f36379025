/** What stands for a checkpoint: painters, and networks that make pictures. */
import { createHash } from 'node:crypto';
import type { Os } from '../../../host/index.ts';
import { listModels, type NamedModel } from '../openai/index.ts';
import { badParam } from './failure.ts';

/** Those that can be chosen, the first the default. */
export async function listCheckpoints(os: Os): Promise<readonly NamedModel[]> {
  const able = (await listModels(os)).filter(({ kind }) => ['painter', 'stickers', 'sketch'].includes(kind));
  return able.toSorted((a, b) => Number(b.kind === 'painter') - Number(a.kind === 'painter'));
}

/** Names nothing in particular is called by; the hash only tells names apart. */
export const hashOf = (id: string): string =>
  createHash('sha256').update(`llmagentos/${id}`).digest('hex').slice(0, 10);

/** As `/sd-models` lists it. */
export function publicCheckpoint({ id, entry }: NamedModel): object {
  return {
    title: `${id} [${hashOf(id)}]`,
    model_name: id,
    hash: hashOf(id),
    sha256: null,
    filename: entry === undefined ? id : `${id}/model.safetensors`,
    config: null,
  };
}

/** The checkpoint that a title, a name or a hash means. Throws `server/bad-parameter`. */
export async function findCheckpoint(os: Os, said: string): Promise<NamedModel> {
  const all = await listCheckpoints(os);
  const name = said.replace(/\s*\[[0-9a-f]+\]$/, '').replace(/\.(safetensors|ckpt)$/, '');
  const found = all.find(({ id }) => id === name || hashOf(id) === said);
  if (found) return found;
  throw badParam('sd_model_checkpoint', `there is no '${said}', but ${all.map(({ id }) => id).join(', ')}`);
}

/** A painter chosen as sampler, which is where the files of painters say who painted; undefined for names of samplers. */
export async function painterOf(os: Os, sampler: string | undefined): Promise<NamedModel | undefined> {
  return (await listCheckpoints(os)).find(({ id, kind }) => kind === 'painter' && id === sampler?.toLowerCase());
}
