/** Models that were trained a moment ago, or that are at hand: how well they foretell a split, and as models to write with. */
import { join } from 'node:path';
import type { Made, TokenModel, Workshop, WorkshopHooks } from '../../../kernel/index.ts';
import { evaluateModel } from '../../../training/index.ts';
import { createHouseTokenModel } from '../house-token-model.ts';
import type { Surroundings } from './surroundings.ts';

type MeasureRequest = Parameters<Workshop['measure']>[0];

export async function measure(
  { shelf, folderOfModel }: Surroundings,
  { model, dataset, split }: MeasureRequest,
  hooks: WorkshopHooks,
): Promise<{ readonly loss: number; readonly tokens: number }> {
  const folder = typeof model === 'string' ? await folderOfModel(model) : folderOfRun(model);
  const data = shelf.find('dataset', dataset.digest);
  const { loss, tokens } = (await evaluateModel(folder, data, { split, baseline: false, signal: hooks.signal })).model;
  return { loss, tokens };
}

/** In 8 bits, as models at hand are opened. */
export function openTrained(model: Made): Promise<TokenModel> {
  return createHouseTokenModel(folderOfRun(model), { arithmetic: 'I8' });
}

function folderOfRun(model: Made): string {
  return join(String(model.run), 'model');
}
