/** What a painter begins with: its shape, and the weights of one that was trained before. */
import type { Parameters } from '../learn/index.ts';
import { badModel, type PainterConfig, painterConfig } from './config.ts';
import type { PainterCourseOptions } from './course-options.ts';
import { loadPictureModel } from './picture-model.ts';

export interface PainterStart {
  readonly config: PainterConfig;
  /** Absent: fresh ones. */
  readonly weights?: Parameters;
  /** Of the folder that they are from. */
  readonly digest?: string;
}

/**
 * A recipe that says no shape takes that of the painter it begins with. Throws as `loadPictureModel`, and
 * `training/bad-picture-model` for a painter of another shape than the recipe's.
 */
export async function painterStart({ model, initFrom }: PainterCourseOptions): Promise<PainterStart> {
  if (initFrom === undefined) return { config: painterConfig(model) };
  const { config, weights, digest } = await loadPictureModel(initFrom);
  if (config.kind !== 'sketch-painter') throw badModel(initFrom, `a ${config.kind} is not a sketch painter`);
  const wanted = Object.keys(model).length === 0 ? config : painterConfig(model);
  if (shapeOf(config) !== shapeOf(wanted)) throw badModel(initFrom, 'its shape is not that of the recipe');
  return { config: wanted, weights, digest };
}

function shapeOf({ generator, groups, channels, sketchChannels }: PainterConfig): string {
  return JSON.stringify([generator, groups, channels, sketchChannels]);
}
