/** Which model to go on from: the one that finds a sample of the corpus least surprising, measured in bits per character. */
import { join } from 'node:path';
import { OsError } from '../../../core/index.ts';
import type { Made, ModelEntry, WorkshopHooks } from '../../../kernel/index.ts';
import { type CorpusDocument, createGptRunner, loadModelFolder } from '../../../training/index.ts';
import { readLines } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';

/** Characters of each sample, and samples. */
const SAMPLE = 160;
const SAMPLES = 6;

export async function chooseBase(
  { shelf, listModels }: Surroundings,
  corpus: Made,
  hooks: WorkshopHooks,
): Promise<string> {
  const models = (await listModels()).filter(({ card, fault }) => fault === undefined && mayBeBase(card));
  if (models.length === 0) throw noBase();
  if (models.length === 1) return models[0]!.name;
  const documents = await readLines<CorpusDocument>(join(shelf.find('corpus', corpus.digest), 'documents.jsonl'));
  const samples = takeSamples(documents);
  const measured: { name: string; bits: number }[] = [];
  for (const { name, folder } of models) {
    hooks.onProgress({
      done: measured.length,
      total: models.length,
      note: { en: 'bases tried', zh: '个基础模型已试' },
    });
    measured.push({ name, bits: await bitsPerCharacter(folder, samples, hooks.signal) });
  }
  return measured.sort((a, b) => a.bits - b.bits)[0]!.name;
}

/** A model made from own work has read chapters that would now be held out: it is a base only when it is named. */
function mayBeBase({ writes, trainedOn }: ModelEntry['card']): boolean {
  const own =
    Array.isArray(trainedOn) && trainedOn.some((one) => typeof one === 'object' && one !== null && 'base' in one);
  return writes === 'prose' && !own;
}

/** Stretches from evenly spaced documents, from their middle. */
function takeSamples(documents: readonly CorpusDocument[]): string[] {
  const every = Math.max(1, Math.floor(documents.length / SAMPLES));
  return documents
    .filter((_, i) => i % every === 0)
    .slice(0, SAMPLES)
    .map(({ text }) => {
      const from = Math.floor(Math.max(0, text.length - SAMPLE) / 2);
      return text.slice(from, from + SAMPLE);
    });
}

async function bitsPerCharacter(folder: string, samples: readonly string[], signal: AbortSignal): Promise<number> {
  const { config, tokenizer, weights } = await loadModelFolder(folder);
  await using runner = await createGptRunner(config, weights, { arithmetic: 'I8' });
  const start = tokenizer.find('<s>');
  const rows = samples.map((text) =>
    [...(start === undefined ? [] : [start]), ...tokenizer.encode(text)].slice(0, config.max_position_embeddings),
  );
  const scores = await runner.score(rows, signal);
  const nats = scores.reduce((sum, row) => sum - row.reduce((a, b) => a + b, 0), 0);
  const characters = rows.reduce((sum, row) => sum + [...tokenizer.decode(row.slice(1))].length, 0);
  return nats / Math.LN2 / characters;
}

function noBase(): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'house/no-base',
    message: 'There is no prose model to go on from.',
    hint: 'Put a model whose card says "writes": "prose" into models/ of the home folder, or name one with --base.',
    zh: {
      message: '没有可用作起点的散文模型。',
      hint: '请把卡片中写有 "writes": "prose" 的模型放进主文件夹的 models/，或用 --base 指明。',
    },
  });
}
