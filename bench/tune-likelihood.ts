/**
 * The tune model on music it never saw, style by style, beside an interpolated Kneser–Ney 5-gram on the same events.
 *
 *   node bench/tune-likelihood.ts [MODEL_FOLDER=models/tunes]
 *
 * Reads what recipes/tunes/score-model.ts measured and wrote into the model's card; prints the table and keeps it in
 * bench/results/tune-likelihood.json. Fails where the card holds no measurement.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Loss {
  readonly natsPerEvent: number;
  readonly events: number;
}
interface Scores extends Loss {
  readonly byStyle: Readonly<Record<string, Loss>>;
}

const folder = process.argv[2] ?? join(import.meta.dirname, '../models/tunes');
const card = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')) as {
  readonly scores?: { readonly heldOut?: { readonly split: string; readonly tunes: Scores; readonly ngram5: Scores } };
};
const heldOut = card.scores?.heldOut;
if (heldOut === undefined)
  throw new Error(`${folder}/card.json holds no held-out scores: run recipes/tunes/score-model.ts`);

const { tunes, ngram5, split } = heldOut;
const rows = [
  rowOf('all', tunes, ngram5),
  ...Object.keys(tunes.byStyle).map((style) => rowOf(style, tunes.byStyle[style]!, ngram5.byStyle[style])),
];
const out = join(import.meta.dirname, 'results/tune-likelihood.json');
writeFileSync(out, `${JSON.stringify({ split, rows }, null, 2)}\n`);
process.stdout.write(
  '| style | events | model, nats an event | 5-gram | ratio of perplexities |\n| --- | --- | --- | --- | --- |\n',
);
for (const { style, events, model, fiveGram, ratio } of rows)
  process.stdout.write(`| ${style} | ${events} | ${model} | ${fiveGram ?? '—'} | ${ratio ?? '—'} |\n`);

function rowOf(style: string, model: Loss, fiveGram: Loss | undefined) {
  return {
    style,
    events: model.events,
    model: model.natsPerEvent,
    ...(fiveGram && {
      fiveGram: fiveGram.natsPerEvent,
      ratio: Number(Math.exp(model.natsPerEvent - fiveGram.natsPerEvent).toFixed(3)),
    }),
  };
}
