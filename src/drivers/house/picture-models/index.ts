/** Our own models that make pictures, told apart by their configuration. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PictureModel } from '../../../kernel/ports/picture-model.ts';
import type { ModelIdentity } from '../../../kernel/ports/token-model.ts';
import { createEnlargeModel, identifyEnlargeModel } from './enlarge-model.ts';
import { createSketchModel, identifySketchModel } from './sketch-model.ts';
import { createWordsModel, identifyWordsModel } from './words-model.ts';

/** One kind of network as a picture model. */
interface PictureMaker {
  identify(folder: string): Promise<ModelIdentity>;
  create(folder: string, options: PictureModelOptions): Promise<PictureModel>;
}

export interface PictureModelOptions {
  readonly threads?: number;
}

const MAKERS: Readonly<Record<string, PictureMaker>> = {
  diffusion: { identify: identifyWordsModel, create: createWordsModel },
  enlarger: { identify: identifyEnlargeModel, create: createEnlargeModel },
  'sketch-painter': { identify: identifySketchModel, create: createSketchModel },
};

/** Whether a folder holds a model that makes pictures. */
export function isPictureFolder(folder: string): boolean {
  return makerOf(folder) !== undefined;
}

/** Without making the network ready. Throws the `training/…` error of a broken or missing file. */
export async function identifyPictureModel(folder: string): Promise<ModelIdentity> {
  return (makerOf(folder) ?? MAKERS['sketch-painter']!).identify(folder);
}

/** Loads a folder; throws the `training/…` error of a broken or missing file. */
export async function createHousePictureModel(
  folder: string,
  options: PictureModelOptions = {},
): Promise<PictureModel> {
  return (makerOf(folder) ?? MAKERS['sketch-painter']!).create(folder, options);
}

function makerOf(folder: string): PictureMaker | undefined {
  try {
    const { kind, model_type: type } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    return MAKERS[kind ?? type];
  } catch {
    return undefined;
  }
}
