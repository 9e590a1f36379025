/** Fine-tuning in a child process, with checkpoints: the same request goes on where it stopped. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Made, TrainRequest, WorkshopHooks } from '../../../kernel/index.ts';
import { loadModelFolder, parseTrainLog, type TrainingEvent, trainInChild } from '../../../training/index.ts';
import type { Surroundings } from './surroundings.ts';

/** Rows in a step; small, because an artist's own work gives few. */
const BATCH_ROWS = 8;

export async function train(
  { shelf, folderOfModel }: Surroundings,
  request: TrainRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const base = await folderOfModel(request.base);
  const steps = countSteps(request);
  const { digest: baseDigest } = await loadModelFolder(base);
  const out = await shelf.attempt({ ...request, dataset: request.dataset.digest, baseDigest, steps });
  const result = await trainInChild(
    {
      dataset: shelf.find('dataset', request.dataset.digest),
      out,
      initFrom: base,
      ...(request.method === 'lora' ? { adapter: { rank: request.rank, alpha: 2 * request.rank } } : {}),
      name: request.base,
      seed: request.seed,
      steps,
      batchRows: BATCH_ROWS,
      learningRate: request.learningRate,
      schedule: { kind: 'cosine', warmupSteps: Math.min(20, Math.ceil(steps / 10)) },
      validateEvery: Math.max(1, Math.ceil(steps / 8)),
      saveEvery: Math.max(10, Math.ceil(steps / 10)),
    },
    { signal: hooks.signal, onEvent: tell(hooks) },
  );
  const { digest } = await loadModelFolder(result.model);
  const log = parseTrainLog(await readFile(join(out, 'train.jsonl'), 'utf8'));
  return {
    digest,
    run: out,
    base: request.base,
    baseDigest,
    dataset: request.dataset.digest,
    method: request.method,
    steps,
    loss: result.loss,
    validation: result.validation ? { ...result.validation } : null,
    curve: thin(log.map(({ step, loss }) => [step, loss])),
  };
}

/** As many steps as the epochs ask, at least 10, at most the limit. */
function countSteps({ dataset, epochs, steps }: TrainRequest): number {
  const wanted = Math.max(10, Math.ceil((epochs * Number(dataset.rows)) / BATCH_ROWS));
  return steps > 0 ? Math.min(steps, wanted) : wanted;
}

/** Passes on what the page of a run shows. */
function tell(hooks: WorkshopHooks): (event: TrainingEvent) => void {
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
function thin(points: readonly (readonly [number, number])[]): number[][] {
  const every = Math.ceil(points.length / 200);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1).map(([step, loss]) => [step, loss]);
}
