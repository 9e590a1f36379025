/** For tests and benches: the likeliest continuation, by which the same weights are compared between runtimes. */
import type { Arithmetic } from '../gpt/inference-graph.ts';
import { createGptRunner } from '../gpt/runner.ts';
import type { Model } from '../model/model-folder.ts';

/** The prompt and `count` tokens, each the likeliest after those before it (the first of equals). */
export async function continueGreedily(
  model: Pick<Model, 'config' | 'weights'>,
  prompt: readonly number[],
  count: number,
  arithmetic: Arithmetic = 'F32',
): Promise<number[]> {
  await using runner = await createGptRunner(model.config, model.weights, { threads: 1, arithmetic });
  await using batch = await runner.open(prompt, 1);
  const ids = [...prompt];
  for (let i = 0; i < count; i++) {
    const logits = batch.logits(0);
    const next = logits.indexOf(logits.reduce((most, x) => Math.max(most, x)));
    ids.push(next);
    if (i + 1 < count) await batch.extend([next]);
  }
  return ids;
}
