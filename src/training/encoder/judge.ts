/**
 * Judges an encoder: how well it guesses hidden tokens of held-out rows, beside the same network untrained and beside
 * guessing by how frequent tokens are; and its guesses for sentences.
 */

import { loadDataset } from '../data/dataset.ts';
import { checkStop, needs } from '../evaluation/judge/judged-pictures.ts';
import type { Judge } from '../evaluation/judge/judgement.ts';
import type { Section } from '../evaluation/report/index.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { createParameters } from '../learn/index.ts';
import { threadsOf } from '../loop/picture-course.ts';
import { refusal } from '../refusal.ts';
import { createEncoder, type Encoder, type GuessScore } from './encoder.ts';
import { hiddenOnce } from './hidden-once.ts';
import type { MaskedBatch } from './masking.ts';
import { loadEncoderFolder } from './model-folder.ts';
import { encoderParameters } from './network.ts';
import { ENCODER_TOKENS, MASK } from './tokens.ts';

const ROWS = 16;
const GUESSED = [`春江潮水连海平，海上明${MASK}共潮生。`, `猫和${MASK}都是宠物。`, `The cat sat on the ${MASK}.`];
const COMPARED = [
  { brief: '一首关于猫的诗', texts: ['小猫在窗台上睡着了。', '火车驶进了车站。'] },
  { brief: 'a poem about the sea', texts: ['The waves broke on the shore.', 'She closed the account at the bank.'] },
];

/** Throws `training/judge-needs`, `training/model-does-not-fit`, and as `loadEncoderFolder` and `loadDataset`. */
export const judge: Judge = async (folder, options) => {
  const { data, signal } = options;
  if (data === undefined) throw needs('--data FOLDER', 'the folder of prepared rows', '准备好的数据集文件夹');
  const model = await loadEncoderFolder(folder);
  const dataset = await loadDataset(data);
  if (dataset.vocabSize !== model.config.vocab_size) throw otherTokens(folder, data);
  const held = await dataset.loadSplit(options.split ?? 'validation');
  const train = await dataset.loadSplit('train');
  const masking = {
    mask: ENCODER_TOKENS.indexOf(MASK),
    firstWord: ENCODER_TOKENS.length,
    vocabSize: dataset.vocabSize,
  };
  const most = options.rows === undefined ? undefined : Math.ceil(options.rows / ROWS);
  const batches = hiddenOnce(held, ROWS, masking, 'page').slice(0, most);
  const sessions = { ...threadsOf(options), length: held.length, rows: ROWS };
  options.onStage?.({ en: 'guessing hidden words', zh: '猜测被遮盖的词' });
  await using encoder = await createEncoder(model, sessions);
  const trained = await encoder.measure(batches);
  checkStop(signal);
  const blank = createParameters(encoderParameters(model.config), 'untrained');
  await using untrained = await createEncoder({ ...model, parameters: blank }, sessions);
  const scores = {
    trained,
    untrained: await untrained.measure(batches),
    frequent: guessByCount(train, batches, masking),
  };
  const { name, summary } = model.card;
  return {
    card: model.card,
    report: {
      title: { en: `Encoder ${name}`, zh: `编码器 ${name}` },
      summary,
      facts: [{ name: { en: 'hidden tokens', zh: '遮盖的词元' }, value: String(trained.tokens) }],
      sections: [...comparison(scores), await guesses(encoder), await relevance(encoder)],
    },
  };
};

type Scores = Readonly<Record<'trained' | 'untrained' | 'frequent', Pick<GuessScore, 'accuracy' | 'perplexity'>>>;

function comparison({ trained, untrained, frequent }: Scores): Section[] {
  const rows = [
    { name: { en: 'this model', zh: '本模型' }, score: trained },
    { name: { en: 'untrained network', zh: '未训练的网络' }, score: untrained },
    { name: { en: 'how frequent tokens are', zh: '只按词频猜' }, score: frequent },
  ];
  return [
    {
      kind: 'table',
      title: { en: 'Hidden tokens of held-out text', zh: '留出文本中被遮盖的词元' },
      columns: [
        { en: 'guessed right, % ↑', zh: '猜中（%）↑' },
        { en: 'perplexity ↓', zh: '困惑度 ↓' },
      ],
      rows: rows.map(({ name, score }) => ({ name, values: [100 * score.accuracy, score.perplexity] })),
    },
    {
      kind: 'bars',
      title: { en: 'Guessed right', zh: '猜中' },
      y: '%',
      series: [{ en: 'guessed right', zh: '猜中' }],
      bars: rows.map(({ name, score }) => ({ name, values: [100 * score.accuracy] })),
    },
  ];
}

async function guesses(encoder: Encoder): Promise<Section> {
  const samples = [];
  for (const sentence of GUESSED) {
    const found = await encoder.fillMask(sentence);
    const text = found.map(({ token, probability }) => `${token} ${(100 * probability).toFixed(0)} %`).join('\n');
    samples.push({ prompt: sentence, texts: [text] });
  }
  const columns = [{ en: 'likeliest', zh: '最可能的' }];
  return { kind: 'samples', title: { en: 'Its guesses', zh: '它的猜测' }, columns, samples };
}

async function relevance(encoder: Encoder): Promise<Section> {
  const rows = [];
  for (const { brief, texts } of COMPARED) {
    for (const text of texts) rows.push({ name: `${brief} — ${text}`, values: [await encoder.relevance(brief, text)] });
  }
  return {
    kind: 'table',
    title: { en: 'How well a text answers a brief', zh: '文本与创作要求的相关度' },
    columns: [{ en: 'cosine, −1 to 1', zh: '余弦（−1 到 1）' }],
    rows,
  };
}

/** Always the most frequent token of the training text; the perplexity of its counts plus one. */
function guessByCount(
  train: PackedRows,
  batches: readonly MaskedBatch[],
  masking: { readonly firstWord: number; readonly vocabSize: number },
) {
  const counts = new Float64Array(masking.vocabSize).fill(1, masking.firstWord);
  train.tokens.forEach((id, i) => {
    if (train.segments[i] !== 0 && id >= masking.firstWord) counts[id]! += 1;
  });
  const total = counts.reduce((a, b) => a + b, 0);
  const likeliest = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0));
  const targets = batches.flatMap((batch) => [...batch.targets]);
  const loss = targets.reduce((sum, id) => sum - Math.log(counts[id]! / total), 0) / targets.length;
  return { accuracy: targets.filter((id) => id === likeliest).length / targets.length, perplexity: Math.exp(loss) };
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
