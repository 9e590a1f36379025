/** Where the training of a GPT starts: its data, its model, and what decides the run. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../core/index.ts';
import { type Dataset, loadDataset } from '../data/dataset.ts';
import { listWithdrawals } from '../data/forget-document.ts';
import type { TrainingSplit } from '../gpt/batch.ts';
import { gptConfig } from '../gpt/config.ts';
import { createWeights } from '../gpt/parameters.ts';
import type { ModelCard } from '../model/card.ts';
import { loadModelFolder, type Model } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { createCharacterTokenizer } from '../tokenizer/character-tokenizer.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import type { EarlierIdentity } from './course.ts';
import { type CompleteOptions, identityOf } from './options.ts';
import { prepareTexts } from './prepare-texts.ts';
import { planOrder, type SampleOrder } from './sample-order.ts';

/** Everything a run needs before its first step. */
export interface RunStart {
  readonly train: TrainingSplit;
  readonly validation: TrainingSplit | undefined;
  readonly model: Model;
  /** What a checkpoint must carry to be resumed by this run. */
  readonly identity: Json;
  /** What it must have carried before documents were withdrawn from the dataset. */
  readonly earlier: readonly EarlierIdentity[];
  readonly order: SampleOrder;
}

/** Reads data and model; throws the errors of each. */
export async function startRun(options: CompleteOptions): Promise<RunStart> {
  const { texts, out } = options;
  const folder = texts ? await prepareTexts(options.dataset, out, texts) : options.dataset;
  const dataset = await loadDataset(folder);
  const train = await dataset.loadText('train');
  const validation = dataset.splitNames.includes('validation') ? await dataset.loadText('validation') : undefined;
  const { model, digest } = await chooseModel(options, dataset);
  const { initFrom: _, ...deciding } = identityOf(options);
  const identity = (data: string): Json => ({
    options: deciding as unknown as Json,
    dataset: data,
    model: digest ?? null,
    config: { ...model.config },
  });
  const order = planOrder(options, train, dataset.shardRows);
  const withdrawals = await listWithdrawals(folder);
  const earlier = withdrawals.map(({ before }, i): EarlierIdentity => {
    const since = withdrawals.slice(i);
    const documents = since.flatMap((one) => one.documents.map(({ id, sha256 }) => ({ id, sha256, at: one.at })));
    const until = order.untouchedUntil(since.flatMap(({ shards }) => shards));
    return { identity: identity(before), until, withdrawn: { documents, before, after: dataset.digest } };
  });
  return { train, validation, model, identity: identity(dataset.digest), earlier, order };
}

async function chooseModel(
  options: CompleteOptions,
  dataset: Dataset,
): Promise<{ readonly model: Model; readonly digest?: string }> {
  if (options.initFrom !== undefined) {
    const model = await loadModelFolder(options.initFrom);
    checkFit(options.initFrom, model, dataset);
    const card = newCard(options, `${model.card.name} (${model.digest.slice(0, 12)})`);
    return { model: { ...model, card }, digest: model.digest };
  }
  if (!dataset.vocabulary) throw noVocabulary(dataset);
  const given = Object.fromEntries(Object.entries(options.model).filter(([, value]) => value !== undefined));
  const config = gptConfig({
    max_position_embeddings: dataset.contextLength,
    ...given,
    vocab_size: dataset.vocabSize,
  });
  const tokenizer = await tokenizerOf(dataset, dataset.vocabulary);
  const weights = createWeights(config, `${options.seed}/weights`);
  return { model: { config, tokenizer, weights, card: newCard(options) } };
}

/** The `tokenizer.json` that lies beside the rows, such as a BPE learned for them; else a token for every character. */
async function tokenizerOf(dataset: Dataset, vocabulary: readonly string[]): Promise<Tokenizer> {
  const path = join(dataset.folder, 'tokenizer.json');
  if (existsSync(path)) return parseTokenizer(await readFile(path, 'utf8'), path);
  return createCharacterTokenizer(vocabulary, join(dataset.folder, 'vocabulary.json'));
}

function newCard(options: CompleteOptions, from?: string): ModelCard {
  return {
    name: options.name,
    licence: options.licence,
    summary: {
      en: `A language model trained with LLMAgentOS for ${options.steps} steps${from ? `, from ${from}` : ''}.`,
      zh: `用 LLMAgentOS 训练 ${options.steps} 步的语言模型${from ? `，起点为 ${from}` : ''}。`,
    },
  };
}

/** A model can only go on with data written in its own tokens. */
function checkFit(folder: string, { config, tokenizer }: Model, dataset: Dataset): void {
  const differs = dataset.vocabulary?.findIndex((token, id) => token !== tokenizer.vocabulary[id]) ?? -1;
  const reason =
    config.vocab_size !== dataset.vocabSize
      ? {
          en: `${config.vocab_size} tokens against ${dataset.vocabSize}`,
          zh: `词元数 ${config.vocab_size} 对 ${dataset.vocabSize}`,
        }
      : differs >= 0
        ? { en: `token ${differs} differs`, zh: `第 ${differs} 号词元不同` }
        : config.max_position_embeddings < dataset.contextLength
          ? {
              en: `context ${config.max_position_embeddings} against rows of ${dataset.contextLength}`,
              zh: `上下文 ${config.max_position_embeddings} 对行长 ${dataset.contextLength}`,
            }
          : undefined;
  if (!reason) return;
  throw refusal(
    'input',
    'training/model-does-not-fit',
    {
      en: `The model '${folder}' cannot learn from '${dataset.folder}': ${reason.en}.`,
      zh: `模型“${folder}”无法用数据集“${dataset.folder}”训练：${reason.zh}。`,
    },
    {
      en: "Prepare the data with the model's own tokenizer.json and context.",
      zh: '请用该模型自己的 tokenizer.json 和上下文长度准备数据。',
    },
  );
}

function noVocabulary(dataset: Dataset): Error {
  return refusal(
    'missing',
    'training/dataset-missing',
    {
      en: `The dataset folder '${dataset.folder}' has no vocabulary.json.`,
      zh: `数据集文件夹“${dataset.folder}”缺少 vocabulary.json。`,
    },
    { en: "Add it, or start from a model with 'initFrom'.", zh: '请补上该文件，或用 initFrom 指定起始模型。' },
  );
}
