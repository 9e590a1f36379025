/** What a diffusion model begins with: fresh weights, or those of a model that was trained before. */
import type { Sha256 } from '../../core/index.ts';
import { createParameters, type Parameters } from '../learn/index.ts';
import { refusal } from '../refusal.ts';
import type { DiffusionConfig } from './config.ts';
import { loadDiffusionFolder } from './model-folder.ts';
import { diffusionParameters } from './network.ts';

/** Weights, and the digest of the folder that they are from. */
export interface DiffusionStart {
  readonly parameters: Parameters;
  readonly digest?: Sha256;
}

/**
 * The start of a course. A model that is gone on from must make the same pictures with the same network, and listen to the same;
 * else `training/bad-options` is thrown. Throws as `loadDiffusionFolder`.
 */
export async function diffusionStart(
  config: DiffusionConfig,
  { initFrom, seed }: { readonly initFrom?: string | undefined; readonly seed: string | number },
): Promise<DiffusionStart> {
  if (initFrom === undefined) return { parameters: createParameters(diffusionParameters(config), seed) };
  const { config: found, parameters, digest } = await loadDiffusionFolder(initFrom);
  const other = (Object.keys(config) as (keyof DiffusionConfig)[]).find(
    (name) => name !== 'scaling' && JSON.stringify(config[name]) !== JSON.stringify(found[name]),
  );
  if (other === undefined) return { parameters, digest };
  throw refusal(
    'input',
    'training/bad-options',
    {
      en: `The model in '${initFrom}' differs from the recipe in '${other}'.`,
      zh: `“${initFrom}”中的模型与配方的 ${other} 不同。`,
    },
    { en: 'Go on from a model of the same recipe, or start anew.', zh: '请从同一配方的模型继续，或重新开始。' },
  );
}
