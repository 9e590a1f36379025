/**
 * Measures the tune model on pieces it never saw, per style, beside an interpolated Kneser–Ney 5-gram on the same events, and
 * writes what came out into its card:
 *
 *   node recipes/tunes/score-model.ts DATASET_FOLDER MODEL_FOLDER [--split test] [--threads N]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateModel, type GroupedPerplexity, parseCard } from '../../src/training/index.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { split: { type: 'string', default: 'test' }, threads: { type: 'string' } },
});
const [dataset, model] = positionals;
if (dataset === undefined || model === undefined) throw new Error('usage: score-model.ts DATASET_FOLDER MODEL_FOLDER');
const { model: own, baseline } = await evaluateModel(model, dataset, {
  split: values.split,
  groupBy: 1,
  ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
});
const scores = { split: values.split, tunes: nats(own), ngram5: nats(baseline!) };
const path = join(model, 'card.json');
const card = parseCard(readFileSync(path, 'utf8'));
const written = { ...card, scores: { ...(card.scores as object | undefined), heldOut: scores } };
writeFileSync(path, `${JSON.stringify(parseCard(JSON.stringify(written)), null, 2)}\n`);
process.stdout.write(`${JSON.stringify(scores, null, 2)}\n`);

/** Mean −ln P of an event, over all and per style. */
function nats({ loss, tokens, groups }: GroupedPerplexity): object {
  const round = (value: number): number => Number(value.toFixed(4));
  const byStyle = Object.entries(groups).map(([style, one]) => [
    style.replace(/^<style:|>$/g, ''),
    { natsPerEvent: round(one.loss), events: one.tokens },
  ]);
  return { natsPerEvent: round(loss), events: tokens, byStyle: Object.fromEntries(byStyle) };
}
