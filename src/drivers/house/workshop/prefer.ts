/** Tuning to preferences in a child process, with checkpoints: the same request goes on where it stopped. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Made, PreferRequest, WorkshopHooks } from '../../../kernel/index.ts';
import { identifyModelFolder, parseTrainLog, trainInChild } from '../../../training/index.ts';
import type { Surroundings } from './surroundings.ts';
import { tell, thin } from './train.ts';

/** Pairs in a step: two rows each, so that a step is as long as one of training. */
const BATCH_PAIRS = 4;

export async function prefer(
  { shelf, folderOfModel }: Surroundings,
  request: PreferRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const { preferences, base, method, rank, beta, seed, learningRate } = request;
  const folder = await folderOfModel(base);
  const { digest: baseDigest, card } = await identifyModelFolder(folder);
  const steps = countSteps(request);
  const out = await shelf.attempt({
    kind: 'preference',
    ...request,
    preferences: preferences.digest,
    baseDigest,
    steps,
  });
  const result = await trainInChild(
    {
      kind: 'preference',
      pairs: join(shelf.find('preferences', preferences.digest), 'pairs.jsonl'),
      out,
      initFrom: folder,
      ...(method === 'lora' ? { adapter: { rank, alpha: 2 * rank } } : {}),
      name: base,
      licence: card.licence,
      seed,
      steps,
      beta,
      batchPairs: BATCH_PAIRS,
      learningRate,
      warmupSteps: Math.min(10, Math.ceil(steps / 10)),
      validateEvery: Math.max(1, Math.ceil(steps / 5)),
      saveEvery: Math.max(5, Math.ceil(steps / 10)),
    },
    { signal: hooks.signal, onEvent: tell(hooks) },
  );
  const { digest } = await identifyModelFolder(result.model);
  const log = parseTrainLog(await readFile(join(out, 'train.jsonl'), 'utf8'));
  return {
    digest,
    run: out,
    base,
    baseDigest,
    preferences: preferences.digest,
    method,
    beta,
    steps,
    ...(result.validation ?? {}),
    loss: result.loss,
    curve: thin(log.map(({ step, loss }) => [step, loss])),
  };
}

/** As many steps as the epochs ask of four fifths of the pairs, at least 10, at most the limit. */
function countSteps({ preferences, epochs, steps }: PreferRequest): number {
  const wanted = Math.max(10, Math.ceil((epochs * 0.8 * Number(preferences.pairs)) / BATCH_PAIRS));
  return steps > 0 ? Math.min(steps, wanted) : wanted;
}
