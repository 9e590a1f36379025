/** Fine-tuning in a child process, with checkpoints: the same request goes on where it stopped. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../../core/index.ts';
import type { Made, TrainRequest, WorkshopHooks } from '../../../kernel/index.ts';
import {
  loadModelFolder,
  parseTrainLog,
  readForgotten,
  type TrainingEvent,
  trainInChild,
} from '../../../training/index.ts';
import { BATCH_ROWS, type KeptRun, keepRun } from './kept-run.ts';
import type { Surroundings } from './surroundings.ts';

export async function train(surroundings: Surroundings, request: TrainRequest, hooks: WorkshopHooks): Promise<Made> {
  const { shelf, folderOfModel } = surroundings;
  const { digest: baseDigest } = await loadModelFolder(await folderOfModel(request.base));
  const { dataset, order, epochs: _, ...rest } = request;
  const steps = countSteps(request);
  const epochs = Math.max(1, Math.floor((steps * BATCH_ROWS) / Number(dataset.rows)));
  const run: KeptRun = { ...rest, dataset: dataset.digest, baseDigest, steps, order, epochs };
  const { order: __, ...usual } = request;
  const said = { ...usual, dataset: dataset.digest, baseDigest, steps };
  const out = await shelf.attempt(order === 'shards' ? { ...said, order } : said);
  await keepRun(out, run);
  return learn(surroundings, { out, run, dataset: dataset.digest }, hooks);
}

/** Trains a run, or goes on with it, on a dataset on the shelf: the one it began with, or what is left of that. */
export async function learn(
  { shelf, folderOfModel }: Surroundings,
  { out, run, dataset }: { readonly out: string; readonly run: KeptRun; readonly dataset: string },
  hooks: WorkshopHooks,
): Promise<Made> {
  const { base, steps, rank, order, epochs } = run;
  const result = await trainInChild(
    {
      dataset: shelf.find('dataset', dataset),
      out,
      initFrom: await folderOfModel(base),
      ...(run.method === 'lora' ? { adapter: { rank, alpha: 2 * rank } } : {}),
      ...(order === 'shards' ? { order, epochs } : {}),
      name: base,
      seed: run.seed,
      steps,
      batchRows: BATCH_ROWS,
      learningRate: run.learningRate,
      schedule: { kind: 'cosine', warmupSteps: Math.min(20, Math.ceil(steps / 10)) },
      validateEvery: Math.max(1, Math.ceil(steps / 8)),
      saveEvery: Math.max(10, Math.ceil(steps / 10)),
    },
    { signal: hooks.signal, onEvent: tell(hooks) },
  );
  const { digest } = await loadModelFolder(result.model);
  const log = parseTrainLog(await readFile(join(out, 'train.jsonl'), 'utf8'));
  const forgotten = await readForgotten(out);
  return {
    digest,
    run: out,
    base,
    baseDigest: run.baseDigest,
    dataset,
    method: run.method,
    order,
    steps,
    loss: result.loss,
    validation: result.validation ? { ...result.validation } : null,
    curve: thin(log.map(({ step, loss }) => [step, loss])),
    ...(forgotten.length > 0 ? { withdrawn: forgotten as unknown as Json } : {}),
  };
}

/** As many steps as the epochs ask, at least 10, at most the limit. */
function countSteps({ dataset, epochs, steps }: TrainRequest): number {
  const wanted = Math.max(10, Math.ceil((epochs * Number(dataset.rows)) / BATCH_ROWS));
  return steps > 0 ? Math.min(steps, wanted) : wanted;
}

/** Passes on what the page of a run shows. */
export function tell(hooks: WorkshopHooks): (event: TrainingEvent) => void {
  return (event) => {
    if (event.type === 'training-step') {
      const { type: _, reports: __, ...facts } = event;
      hooks.onFacts({ ...facts, unit: { ...event.unit } });
      hooks.onProgress({ done: event.step, total: event.steps, note: { en: 'steps', zh: '步' } });
    }
    if (event.type === 'validation-end') hooks.onFacts({ held: { step: event.step, scores: { ...event.scores } } });
  };
}

/** At most 200 points of a curve. */
export function thin(points: readonly (readonly [number, number])[]): number[][] {
  const every = Math.ceil(points.length / 200);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1).map(([step, loss]) => [step, loss]);
}
