/**
 * Training on one author's own work, for three authors the base has never read:
 *
 *   chapters of one author as files ─▶ `train --on` (all ops) ─▶ perplexity on held-out chapters, before and after
 *                                                             └▶ passages ─▶ an independent classifier names their author
 *
 *   node bench/own-novel.ts DATA_FOLDER WORK_FOLDER [--epochs N] [--passages N] [--method full|lora]
 *
 * Asked: perplexity at least 25 % below the base; at least 80 % of 100 passages named right. The classifier chooses among
 * the three and five more authors of the same languages; beside it stand the passages of the base (what prompt and base
 * give away) and real held-out chapters (how good the classifier is). Needs some minutes an author.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Chapter, readChapters } from '../recipes/prose/chapters.ts';
import { createOs, type Os } from '../src/host/index.ts';
import { learnAuthors } from './nearest-author.ts';
import { machineFacts } from './training-machine.ts';

const AUTHORS = ['曹雪芹、高鹗', '蒲松龄', 'L. Frank Baum'];
const OTHERS = ['施耐庵', '袁枚', '石玉昆', 'Edith Nesbit', 'Mark Twain'];
const SEED = 7;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: 'string', default: '3' },
    passages: { type: 'string', default: '34' },
    method: { type: 'string', default: 'full' },
  },
});
const [data, work] = positionals;
if (data === undefined || work === undefined) throw new Error('usage: own-novel.ts DATA_FOLDER WORK_FOLDER');

type Facts = Readonly<Record<string, unknown>>;
const chapters = readChapters(data);
const home = join(work, 'home');
await using os = await createOs({ home });
const rows = [];
for (const author of AUTHORS) rows.push({ author, ...(await trainOn(os, author)) });
const classifier = learnAuthors(
  new Map(
    [...AUTHORS, ...OTHERS].map((author) => [author, chapters.filter((c) => c.author === author).map((c) => c.text)]),
  ),
);
const judged = rows.map(({ author, passages }) => ({
  author,
  own: passages.filter(({ after }) => classifier.nearest(after) === author).length,
  base: passages.filter(({ before }) => classifier.nearest(before) === author).length,
  of: passages.length,
}));
const heldOut = readChapters(join(data, '_heldout')).filter(({ author }) => classifier.authors.includes(author));
const sum = (name: 'own' | 'base' | 'of'): number => judged.reduce((total, each) => total + each[name], 0);
const result = {
  ...machineFacts(),
  options: values,
  authors: rows.map(({ passages: _, ...facts }) => facts),
  nearestAuthor: {
    candidates: classifier.authors,
    byAuthor: judged,
    shareOfOwn: sum('own') / sum('of'),
    shareOfBase: sum('base') / sum('of'),
    shareOfRealHeldOut:
      heldOut.filter((c) => classifier.nearest(c.text.slice(0, 300)) === c.author).length / heldOut.length,
    heldOutChapters: heldOut.length,
  },
  passages: rows.map(({ author, passages }) => ({ author, first: passages.slice(0, 3) })),
};
writeFileSync(join(import.meta.dirname, 'results', 'own-novel.json'), `${JSON.stringify(result, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(result.nearestAuthor)}\n`);

async function trainOn(house: Os, author: string) {
  const folder = join(work!, 'texts', author.replace(/[^\p{L}]+/gu, '-'));
  writeBooks(
    folder,
    chapters.filter((chapter) => chapter.author === author),
  );
  const step = async (
    op: string,
    inputs: readonly string[],
    options: object,
  ): Promise<Facts & { readonly id: string }> => {
    process.stderr.write(`${author} · ${op}\n`);
    const run = house.run({ op, inputs, options, seed: SEED });
    for await (const event of run) {
      const held = event.type === 'job-preview' ? (event.data as { held?: unknown } | undefined)?.held : undefined;
      if (held) process.stderr.write(`  ${JSON.stringify(held)}\n`);
    }
    const { works } = await run.result;
    return { ...((await house.load(works[0]!.id)).document as Facts), id: works[0]!.id };
  };
  const raw = await step('corpus/collect', [], { folder });
  const corpus = await step('corpus/clean', [raw.id], {});
  const dataset = await step('dataset/tokenise', [corpus.id], { base: 'prose' });
  const training = { base: 'prose', method: values.method, epochs: Number(values.epochs) };
  const model = await step('model/train', [dataset.id], training);
  const evaluation = await step('model/evaluate', [model.id, dataset.id], {
    base: 'prose',
    samples: Number(values.passages),
  });
  const name = `voice-${AUTHORS.indexOf(author) + 1}`;
  await step('model/publish', [model.id, evaluation.id], { name, replace: true });
  const { perplexity, basePerplexity, memorised } = evaluation as unknown as Record<string, number>;
  return {
    characters: corpus.characters,
    rows: dataset.rows,
    steps: model.steps,
    seconds: model.seconds,
    basePerplexity,
    perplexity,
    lower: 1 - perplexity! / basePerplexity!,
    memorised,
    passages: evaluation.passages as readonly { readonly before: string; readonly after: string }[],
  };
}

/** One file a book, chapters under their titles, as an author would keep them. */
function writeBooks(folder: string, of: readonly Chapter[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const chapter of of) {
    const name = `${chapter.book} ${String(chapter.n).padStart(3, '0')}.txt`.replace(/[/\\:]/g, ' ');
    writeFileSync(join(folder, name), `${chapter.title}\n\n${chapter.text.split('\n').join('\n\n')}\n`);
  }
}
