/**
 * Training an encoder as a course: `createCourse` for options of the kind `encoder`. Rows and what is hidden in them follow
 * from seed and step; validation hides the same tokens each time.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom, type Json } from '../../core/index.ts';
import { loadDataset } from '../data/dataset.ts';
import { createRowOrder } from '../data/row-order.ts';
import type { PackedRows } from '../gpt/batch.ts';
import { createLearner, createParameters, freshLearnerState, type Learner } from '../learn/index.ts';
import type { Course, PlannedCourse, Scores } from '../loop/course.ts';
import { scheduleAt } from '../loop/schedule.ts';
import { writeDurably } from '../model/durable.ts';
import { badTokenizer } from '../tokenizer/byte-pair-tokenizer.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { parseTokenizer } from '../tokenizer/tokenizer-file.ts';
import { type EncoderConfig, encoderConfig } from './config.ts';
import { type EncoderCourseOptions, encoderCourseOptions } from './course-options.ts';
import { createEncoder, type Encoder } from './encoder.ts';
import { hiddenOnce } from './hidden-once.ts';
import { type Masking, maskBatch, maskedFeeds } from './masking.ts';
import { saveEncoderFolder } from './model-folder.ts';
import { encoderParameterCount } from './network.ts';
import { encoderObjective } from './objective.ts';
import { ENCODER_TOKENS, MASK } from './tokens.ts';

const LEARNER = 'network';
/** Batches of a quick validation. */
const FEW = 8;
/** Rows whose mean vector is the centre. */
const CENTRED = 256;

interface Plan {
  readonly options: EncoderCourseOptions;
  readonly config: EncoderConfig;
  readonly tokenizer: Tokenizer;
  readonly train: PackedRows;
  readonly validation: PackedRows | undefined;
}

/** Loads the rows and plans the training; throws `training/bad-options`, `training/bad-config` and as `loadDataset`. */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const options = encoderCourseOptions(given);
  const dataset = await loadDataset(options.dataset);
  const path = join(options.dataset, 'tokenizer.json');
  const tokenizer = parseTokenizer(await readFile(path, 'utf8'), path);
  if (ENCODER_TOKENS.some((token, id) => tokenizer.find(token) !== id)) {
    throw badTokenizer(path, `its first tokens are not ${ENCODER_TOKENS.join(' ')}`);
  }
  const { contextLength, vocabSize, digest } = dataset;
  const sizes = { ...options.model, vocab_size: vocabSize, max_position_embeddings: contextLength };
  const config = encoderConfig(sizes, 'model');
  const train = await dataset.loadSplit('train');
  const validation = dataset.splitNames.includes('validation') ? await dataset.loadSplit('validation') : undefined;
  const { out, name, steps, saveEvery, validateEvery, sampleEvery, probes, data: _, ...deciding } = options;
  const identity = JSON.parse(JSON.stringify({ ...deciding, steps, dataset: digest })) as Json;
  return {
    course: await encoderCourse({ options, config, tokenizer, train, validation }),
    run: { out, steps, title: name, saveEvery, validateEvery, sampleEvery, identity },
  };
}

async function encoderCourse(plan: Plan): Promise<Course> {
  const { options, config, train, validation } = plan;
  const { batch, seed, steps, clip, weightDecay, warmupSteps, finalShare } = options;
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const objective = encoderObjective(config, { rows: batch, length: train.length });
  const start = freshLearnerState(objective, createParameters(objective.parameters, seed));
  const optimiser = { kind: 'adamw', beta1: 0.9, beta2: 0.98, epsilon: 1e-8, weightDecay } as const;
  const learner = await createLearner(objective, start, { optimiser, clip, ...threads });
  const order = createRowOrder(train.rows, seed);
  const masking: Masking = {
    mask: ENCODER_TOKENS.indexOf(MASK),
    firstWord: ENCODER_TOKENS.length,
    vocabSize: config.vocab_size,
    share: options.share,
  };
  const using = <T>(work: (encoder: Encoder) => Promise<T>): Promise<T> => withEncoder(plan, learner, work);
  return {
    unit: { en: 'tokens', zh: '个词元' },
    parameters: encoderParameterCount(config),
    items: train.rows,
    step: async (index) => {
      const schedule = { kind: 'cosine', warmupSteps, finalShare, decayShare: 0 } as const;
      const learningRate = options.learningRate * scheduleAt(schedule, index, steps);
      const masked = maskBatch(train, order(index * batch, batch), masking, createRandom(`${seed}/mask/${index}`));
      const { loss, gradientNorm } = await learner.step(maskedFeeds(masked, batch), learningRate);
      return { loss, gradientNorm, learningRate, amount: batch * train.length };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: async (extent) => {
      if (!validation) return undefined;
      const batches = hiddenOnce(validation, batch, masking, seed).slice(0, extent === 'part' ? FEW : undefined);
      const { loss, accuracy, perplexity } = await using((encoder) => encoder.measure(batches));
      return { loss, accuracy, perplexity };
    },
    sample: async (folder) => {
      const lines = await using((encoder) => Promise.all(options.probes.map((probe) => answer(encoder, probe))));
      await writeDurably(join(folder, 'guesses.txt'), `${lines.join('\n')}\n`);
    },
    finish: async ({ model, scores }) => {
      const centre = await using((encoder) => centreOf(encoder, train, config.hidden_size));
      const { tokenizer } = plan;
      const stored = { config, tokenizer, parameters: learner.parameters(), centre, card: cardOf(options, scores) };
      await saveEncoderFolder(model, stored, options.precision);
    },
    [Symbol.asyncDispose]: () => learner[Symbol.asyncDispose](),
  };
}

async function withEncoder<T>(plan: Plan, learner: Learner, work: (encoder: Encoder) => Promise<T>): Promise<T> {
  const { options, config, tokenizer, train } = plan;
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const centre = new Float32Array(config.hidden_size);
  const model = { config, tokenizer, parameters: learner.parameters(), centre };
  await using encoder = await createEncoder(model, { ...threads, length: train.length, rows: options.batch });
  return await work(encoder);
}

async function answer(encoder: Encoder, probe: string): Promise<string> {
  const guesses = await encoder.fillMask(probe);
  return `${probe}  ${guesses.map(({ token, probability }) => `${token} ${probability.toFixed(2)}`).join(', ')}`;
}

async function centreOf(encoder: Encoder, split: PackedRows, size: number): Promise<Float32Array> {
  const rows = Math.min(CENTRED, split.rows);
  const sum = new Float32Array(size);
  for (let i = 0; i < rows; i++) {
    const row = Math.floor((i * split.rows) / rows) * split.length;
    const used = split.segments.subarray(row, row + split.length).findLastIndex((segment) => segment > 0) + 1;
    const pooled = await encoder.pool([...split.tokens.subarray(row, row + used)]);
    for (let d = 0; d < size; d++) sum[d]! += pooled[d]! / rows;
  }
  return sum;
}

function cardOf({ name, licence, trainedOn }: EncoderCourseOptions, scores: Scores | undefined) {
  return {
    name,
    licence,
    summary: {
      en: 'A small encoder of Chinese and English: vectors of texts, relevance to a brief, guesses for hidden words.',
      zh: '中英文小编码器：文本向量、与创作要求的相关度、填补遮盖的词。',
    },
    trainedOn,
    ...(scores ? { scores: { validation: { ...scores } } } : {}),
  };
}
