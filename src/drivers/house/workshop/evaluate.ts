/**
 * What training has changed, on chapters that neither saw: perplexity and bits per character of model and base, passages
 * of both from the same openings and seed, and whether the model completes training passages by heart.
 */
import { join } from 'node:path';
import type { Json } from '../../../core/index.ts';
import type { EvaluateRequest, Made, WorkshopHooks } from '../../../kernel/index.ts';
import {
  createGptRunner,
  evaluateModel,
  type LoadedModel,
  loadDataset,
  loadModelFolder,
  type PackedRows,
  type Perplexity,
  textMetrics,
} from '../../../training/index.ts';
import { type Findings, formatEvaluationPage } from './evaluation-page.ts';
import type { Surroundings } from './surroundings.ts';
import { writeSamples } from './write-sample.ts';

/** Tokens of an opening that both go on from, and tokens that each writes. */
const OPENING = 24;
const WRITTEN = 140;
const PROBED = 24;

export async function evaluate(
  { shelf, folderOfModel }: Surroundings,
  request: EvaluateRequest,
  hooks: WorkshopHooks,
): Promise<Made> {
  const data = shelf.find('dataset', request.dataset.digest);
  const folders = { own: join(String(request.model.run), 'model'), base: await folderOfModel(request.base) };
  const note = (done: number, en: string, zh: string): void => hooks.onProgress({ done, total: 4, note: { en, zh } });
  const measure = (folder: string) =>
    evaluateModel(folder, data, { split: 'test', baseline: false, signal: hooks.signal });
  note(0, 'measuring the base', '测量基础模型');
  const before = (await measure(folders.base)).model;
  note(1, 'measuring the new model', '测量新模型');
  const after = (await measure(folders.own)).model;
  note(2, 'writing samples', '写样例');
  const [own, base] = [await loadModelFolder(folders.own), await loadModelFolder(folders.base)];
  const dataset = await loadDataset(data);
  const test = documentsOf(await dataset.loadSplit('test'));
  const passages = await writePassages({ own, base }, test, request, hooks.signal);
  note(3, 'looking for verbatim recall', '检查逐字背诵');
  const training = documentsOf(await dataset.loadSplit('train'));
  const memorisation = await probe(own, training, test, hooks.signal);
  const findings: Findings = {
    base: request.base,
    basePerplexity: before.perplexity,
    perplexity: after.perplexity,
    ...bitsOf(own, test, { before, after }),
    memorised: {
      training: memorisation.training.exact,
      heldOut: memorisation.heldOut.exact,
      longest: memorisation.training.longestRun,
    },
    variety: describeTexts(passages.map((passage) => passage.after)),
    baseVariety: describeTexts(passages.map((passage) => passage.before)),
    passages,
  };
  return {
    digest: String(request.model.digest),
    dataset: request.dataset.digest,
    tokens: after.tokens,
    lower: 1 - after.perplexity / before.perplexity,
    ...(findings as unknown as Readonly<Record<string, Json>>),
    memorised: memorisation.training.exact,
    memorisation: memorisation as unknown as Json,
    page: formatEvaluationPage(findings, request.model),
  };
}

/** Losses per token as bits per character of the held-out text. */
function bitsOf(
  { tokenizer }: LoadedModel,
  documents: readonly (readonly number[])[],
  { before, after }: { readonly before: Perplexity; readonly after: Perplexity },
) {
  const written = (id: number): boolean => tokenizer.bytes(id).length > 0;
  const text = documents.reduce((sum, document) => sum + [...tokenizer.decode(document.filter(written))].length, 0);
  const tokens = documents.reduce((sum, document) => sum + document.length, 0);
  const bits = ({ loss }: Perplexity): number => (loss / Math.LN2) * (tokens / text);
  return { bitsPerCharacter: bits(after), baseBitsPerCharacter: bits(before) };
}

/** Openings come from different held-out documents, as long as there are some. */
async function writePassages(
  { own, base }: { readonly own: LoadedModel; readonly base: LoadedModel },
  documents: readonly (readonly number[])[],
  { samples, seed }: EvaluateRequest,
  signal: AbortSignal,
) {
  const long = documents.filter((document) => document.length > 2 * OPENING);
  const every = Math.max(1, Math.floor(long.length / samples));
  const prompts = Array.from({ length: Math.min(samples, long.length) }, (_, i) =>
    openingOf(long[(i * every) % long.length]!, own.tokenizer.find('<text>')),
  );
  const how = { count: WRITTEN, seed, signal };
  const [before, after] = [await writeSamples(base, prompts, how), await writeSamples(own, prompts, how)];
  return prompts.map((prompt, i) => ({
    opening: readable(own, prompt),
    before: before[i]!,
    after: after[i]!,
  }));
}

/** The control tokens and title, if any, and the first tokens of the text. */
function openingOf(document: readonly number[], text: number | undefined): readonly number[] {
  return document.slice(0, (text === undefined ? 0 : document.indexOf(text) + 1) + OPENING);
}

/** What of an opening is the author's text: the title before `<text>` and control tokens are left out. */
function readable({ tokenizer }: LoadedModel, ids: readonly number[]): string {
  const text = ids.slice(ids.lastIndexOf(tokenizer.find('<text>') ?? -1) + 1);
  return tokenizer.decode(text.filter((id) => tokenizer.bytes(id).length > 0)).replace(/^\uFFFD+|\uFFFD+$/g, '');
}

async function probe(
  { config, weights }: LoadedModel,
  training: readonly (readonly number[])[],
  heldOut: readonly (readonly number[])[],
  signal: AbortSignal,
) {
  await using runner = await createGptRunner(config, weights, { arithmetic: 'I8' });
  const complete = async (prompt: readonly number[], count: number): Promise<number[]> => {
    await using batch = await runner.open(prompt, 1, signal);
    const written: number[] = [];
    for (let i = 0; i < count; i++) {
      const logits = batch.logits(0);
      written.push(logits.indexOf(logits.reduce((most, x) => Math.max(most, x))));
      if (i + 1 < count) await batch.extend([written.at(-1)!]);
    }
    return written;
  };
  return await textMetrics.measureMemorisation(complete, training, heldOut, {
    passages: PROBED,
    prompt: 32,
    length: 32,
    signal,
  });
}

/** The segments of packed rows, one list of tokens each. */
function documentsOf({ rows, length, tokens, segments }: PackedRows): number[][] {
  const documents: number[][] = [];
  for (let row = 0; row < rows; row++) {
    let last = 0;
    for (let at = row * length; at < (row + 1) * length && segments[at] !== 0; at++) {
      if (segments[at] !== last) documents.push([]);
      last = segments[at]!;
      documents.at(-1)!.push(tokens[at]!);
    }
  }
  return documents;
}

/** How varied texts are: by characters, so that Chinese needs no words. */
function describeTexts(texts: readonly string[]) {
  const items = texts.map((text) => [...text]);
  const repetition = items.map((text) => textMetrics.repetitionN(text, 4));
  return {
    distinct2: textMetrics.distinctN(items, 2),
    repetition4: repetition.reduce((a, b) => a + b, 0) / Math.max(1, repetition.length),
    selfBleu: textMetrics.selfBleu(items),
  };
}
