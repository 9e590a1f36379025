/** Measures a model folder on a dataset folder, beside the 5-gram baseline on the same tokens. */
import { cancelled } from '../../core/index.ts';
import { loadDataset } from '../data/dataset.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { createEvaluator } from '../gpt/evaluator.ts';
import { loadModelFolder } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { distinctDocuments } from './distinct-documents.ts';
import { learnNgrams } from './ngram-model.ts';
import { createLossSums, forEachTarget, groupsByToken, measurePerplexity, type Perplexity } from './perplexity.ts';

/** A measurement over all predicted tokens, and by group when groups were asked for. */
export type GroupedPerplexity = Perplexity & { readonly groups: Readonly<Record<string, Perplexity>> };

export interface EvaluationOptions {
  /** Default `validation`. */
  readonly split?: string;
  /** Rows to measure; all by default. */
  readonly rows?: number;
  /** Groups tokens by the token so many places after the start of their document; 1 is the form of a poem. */
  readonly groupBy?: number;
  /** Whether a 5-gram model is learned from the training split and measured too. Default true. */
  readonly baseline?: boolean;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

export interface Evaluation {
  readonly model: GroupedPerplexity;
  readonly baseline: GroupedPerplexity | undefined;
}

/** Throws the errors of a broken model or dataset, and `training/model-does-not-fit` when their tokens differ. */
export async function evaluateModel(
  modelFolder: string,
  datasetFolder: string,
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { config, tokenizer, weights } = await loadModelFolder(modelFolder);
  const dataset = await loadDataset(datasetFolder);
  const differs = dataset.vocabulary?.some((token, id) => token !== tokenizer.vocabulary[id]) ?? false;
  if (differs || dataset.vocabSize !== config.vocab_size) throw otherTokens(modelFolder, datasetFolder);
  const split = await dataset.loadSplit(options.split ?? 'validation');
  const groups =
    options.groupBy === undefined ? undefined : groupsByToken(split, options.groupBy, tokenizer.vocabulary);
  const limits = {
    ...(options.rows === undefined ? {} : { rows: options.rows }),
    ...(groups ? { groups } : {}),
  };
  const shape = { rows: Math.min(8, split.rows), length: split.length };
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  await using evaluator = await createEvaluator(config, shape, threads);
  const model = await measurePerplexity(evaluator, weights, split, { ...limits, signal: options.signal });
  if (options.baseline === false) return { model, baseline: undefined };
  if (options.signal?.aborted) throw cancelled(options.signal.reason);
  const train = await dataset.loadSplit('train');
  return { model, baseline: measureBaseline(train, split, config.vocab_size, limits) };
}

/** Learns a 5-gram model from the distinct documents of one split and measures it on another. */
export function measureBaseline(
  train: PackedRows,
  split: PackedRows,
  vocabSize: number,
  options: { readonly rows?: number; readonly groups?: (at: number) => string | undefined } = {},
): GroupedPerplexity {
  const ngrams = learnNgrams(distinctDocuments(train), vocabSize);
  const sums = createLossSums();
  const visit = (at: number): void => sums.add(options.groups?.(at), -Math.log(ngrams.probability(split, at)));
  forEachTarget(split, visit, Math.min(split.rows, options.rows ?? split.rows));
  return sums.result();
}

function otherTokens(model: string, dataset: string): Error {
  return refusal(
    'input',
    'training/model-does-not-fit',
    {
      en: `The model '${model}' and the dataset '${dataset}' number their tokens differently.`,
      zh: `模型“${model}”与数据集“${dataset}”的词元编号不同。`,
    },
    { en: "Prepare the data with the model's own tokenizer.json.", zh: '请用该模型自己的 tokenizer.json 准备数据。' },
  );
}
