/**
 * Preference tuning as a course: `createCourse` for options of the kind `preference`.
 *
 *   pairs ─ split ─▶ rows ─ gaps of the model as it was ─▶ DPO (dpo.ts), by adapters or in full ─▶ a model folder
 *                      └─ held-out pairs: which answer is likelier, before and after; perplexity, before and after
 *
 * Everything follows from the files, the seed and the index of the step, so that an interrupted run ends where an unbroken
 * one does.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cancelled, type Json, sha256 } from '../../core/index.ts';
import { createRowOrder } from '../data/row-order.ts';
import { measurePerplexity } from '../evaluation/perplexity.ts';
import { createLearner, createParameters, freshLearnerState, type Parameters } from '../learn/index.ts';
import type { Course, Finished, PlannedCourse, Scores } from '../loop/course.ts';
import { TRAINING_OPTIONS } from '../loop/options.ts';
import { scheduleAt } from '../loop/schedule.ts';
import { type LoadedModel, loadModelFolder, saveModelFolder } from '../model/model-folder.ts';
import { refusal } from '../refusal.ts';
import { type AdapterOptions, mergeAdapter } from './adapter.ts';
import { saveAdapter } from './adapter-folder.ts';
import { createBatch, type PackedRows } from './batch.ts';
import { createGapMeter, dpoFeeds, dpoObjective, type GapMeter } from './dpo.ts';
import { createEvaluator } from './evaluator.ts';
import { parameterCount } from './parameters.ts';
import { parsePreferences, splitPreferences } from './preference-pairs.ts';
import { chosenText, packPreferences } from './preference-rows.ts';

const LEARNER = 'network';

const OPTIONS = TRAINING_OPTIONS.pick({
  out: true,
  name: true,
  licence: true,
  seed: true,
  steps: true,
  adapter: true,
  validateEvery: true,
  saveEvery: true,
  precision: true,
  threads: true,
}).extend({
  /** File of pairs, one a line. */
  pairs: z.string().min(1),
  /** Model folder to go on from. */
  initFrom: z.string().min(1),
  /** Larger holds the model closer to where it started. */
  beta: z.number().positive().default(0.1),
  /** Pairs in a step. */
  batchPairs: z.int().positive().max(256).default(4),
  learningRate: z.number().positive().default(1e-3),
  warmupSteps: z.int().nonnegative().default(5),
});

type PreferenceOptions = z.output<typeof OPTIONS>;

interface Plan {
  readonly options: PreferenceOptions;
  readonly model: LoadedModel;
  readonly train: PackedRows;
  readonly heldOut: PackedRows;
}

/**
 * Plans preference tuning. Throws `training/bad-options`, `training/bad-preferences`, `training/too-few-preferences` and
 * the errors of the model folder.
 */
export async function createCourse(given: unknown): Promise<PlannedCourse> {
  const parsed = OPTIONS.safeParse(given);
  if (!parsed.success) throw badOptions(parsed.error);
  const options = parsed.data;
  const text = await readFile(options.pairs, 'utf8');
  const model = await loadModelFolder(options.initFrom);
  const { train, heldOut } = splitPreferences(parsePreferences(text, options.pairs), options.seed);
  const context = model.config.max_position_embeddings;
  const pack = (length?: number): PackedRows[] =>
    [train, heldOut].map((pairs) => packPreferences(pairs, model.tokenizer, context, length).rows);
  const length = Math.max(...pack().map((rows) => rows.length));
  const [learned, measured] = pack(length) as [PackedRows, PackedRows];
  const {
    out,
    steps,
    name,
    saveEvery,
    validateEvery,
    pairs: _,
    initFrom: __,
    precision: ___,
    licence,
    ...deciding
  } = options;
  const identity = JSON.parse(
    JSON.stringify({ ...deciding, steps, pairs: sha256(text), model: model.digest, kind: 'preference' }),
  ) as Json;
  return {
    course: await preferenceCourse({ options, model, train: learned, heldOut: measured }),
    run: { out, steps, title: name, saveEvery, validateEvery, identity },
  };
}

async function preferenceCourse(plan: Plan): Promise<Course> {
  const { options, model, train } = plan;
  const { config, weights } = model;
  const adapter = adapterOf(options);
  const shape = { rows: 2 * Math.min(options.batchPairs, train.rows / 2), length: train.length };
  const threads = options.threads === undefined ? {} : { threads: options.threads };
  const objective = dpoObjective(config, shape, { beta: options.beta, ...(adapter ? { adapter } : {}) });
  const own = adapter ? createParameters(objective.parameters, `${options.seed}/adapter`) : weights;
  const optimiser = { kind: 'adamw', beta2: 0.99, weightDecay: 0 } as const;
  const learner = await createLearner(objective, freshLearnerState(objective, own), { optimiser, clip: 1, ...threads });
  const learned = (): Parameters =>
    adapter ? mergeAdapter(config, weights, learner.parameters(), adapter) : learner.parameters();
  const meter = await createGapMeter(config, shape, threads);
  const reference = await measureRows(meter, weights, train, shape.rows);
  const measure = await createMeasure(plan, meter, shape.rows, threads);
  const order = createRowOrder(train.rows / 2, `${options.seed}/pairs`);
  const perStep = shape.rows / 2;
  return {
    unit: { en: 'pairs', zh: '对' },
    parameters: parameterCount(config),
    items: train.rows / 2,
    step: async (index) => {
      const pairs = order(index * perStep, perStep);
      const feeds = dpoFeeds(
        createBatch(train, rowsOf(pairs)),
        Float32Array.from(pairs, (pair) => reference[pair]!),
      );
      const schedule = { kind: 'cosine', warmupSteps: options.warmupSteps, finalShare: 0.05, decayShare: 0 } as const;
      const learningRate = options.learningRate * scheduleAt(schedule, index, options.steps);
      const { loss, gradientNorm, reports } = await learner.step(feeds, learningRate, adapter ? weights : undefined);
      return { loss, gradientNorm, learningRate, amount: perStep, reports };
    },
    state: () => new Map([[LEARNER, learner.state()]]),
    restore: (state) => learner.restore(state.get(LEARNER)!),
    validate: (_, signal) => measure.run(learned(), signal),
    finish: async (finished) => {
      await saveModel(plan, learned(), finished);
      if (!adapter) return;
      const made = { options: adapter, weights: learner.parameters(), base: model.digest };
      await saveAdapter(join(finished.model, 'adapter'), config, made);
    },
    [Symbol.asyncDispose]: async () => {
      await learner[Symbol.asyncDispose]();
      await meter[Symbol.asyncDispose]();
      await measure[Symbol.asyncDispose]();
    },
  };
}

interface PreferenceMeasure extends AsyncDisposable {
  /**
   * On held-out pairs: `accuracy`, the share in which the chosen answer is the likelier one; `moved`, the share that moved
   * towards it from the model as it was; `margin` in nats; `perplexity` of prompts and chosen answers; and the same of the
   * model as it was.
   */
  run(weights: Parameters, signal: AbortSignal | undefined): Promise<Scores>;
}

async function createMeasure(
  { options, model, heldOut }: Plan,
  meter: GapMeter,
  rows: number,
  threads: { readonly threads?: number },
): Promise<PreferenceMeasure> {
  const text = chosenText(heldOut);
  const evaluator = await createEvaluator(model.config, { rows: Math.min(8, text.rows), length: text.length }, threads);
  const measure = async (weights: Parameters, signal: AbortSignal | undefined) => ({
    gaps: await measureRows(meter, weights, heldOut, rows, signal),
    perplexity: (await measurePerplexity(evaluator, weights, text, { signal })).perplexity,
  });
  const before = await measure(model.weights, undefined);
  const share = (values: readonly number[]): number => values.filter((value) => value > 0).length / values.length;
  return {
    run: async (weights, signal) => {
      const after = await measure(weights, signal);
      const margins = after.gaps.map((gap, i) => gap - before.gaps[i]!);
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
      return {
        loss: mean(margins.map((margin) => Math.log1p(Math.exp(-options.beta * margin)))),
        accuracyBefore: share(before.gaps),
        accuracy: share(after.gaps),
        moved: share(margins),
        margin: mean(margins),
        perplexityBefore: before.perplexity,
        perplexity: after.perplexity,
        pairs: margins.length,
      };
    },
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

/** The gap of every pair of the rows. The last batch is filled up with the first pair. */
async function measureRows(
  meter: GapMeter,
  weights: Parameters,
  split: PackedRows,
  rows: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const [pairs, size] = [split.rows / 2, rows / 2];
  const gaps: number[] = [];
  for (let from = 0; from < pairs; from += size) {
    if (signal?.aborted) throw cancelled(signal.reason);
    const chosen = Array.from({ length: size }, (_, i) => (from + i < pairs ? from + i : 0));
    gaps.push(...(await meter.measure(weights, createBatch(split, rowsOf(chosen)))));
  }
  return gaps.slice(0, pairs);
}

const rowsOf = (pairs: readonly number[]): number[] => pairs.flatMap((pair) => [2 * pair, 2 * pair + 1]);

function adapterOf({ adapter }: PreferenceOptions): AdapterOptions | undefined {
  if (!adapter) return undefined;
  const { rank, alpha = 2 * rank, targets } = adapter;
  return { rank, alpha, ...(targets ? { targets } : {}) };
}

async function saveModel(
  { options, model }: Plan,
  weights: Parameters,
  { model: folder, scores }: Finished,
): Promise<void> {
  const { name, licence, steps, precision } = options;
  const { writes, name: base } = model.card;
  const card = {
    name,
    licence,
    ...(writes === undefined ? {} : { writes }),
    summary: {
      en: `${base} (${model.digest.slice(0, 12)}) tuned to preferences in pairs with LLMAgentOS for ${steps} steps.`,
      zh: `${base}（${model.digest.slice(0, 12)}）用 LLMAgentOS 按成对偏好调整 ${steps} 步。`,
    },
    ...(scores ? { scores: { preferences: { ...scores } } } : {}),
  };
  await saveModelFolder(folder, { ...model, weights, card }, { precision });
}

function badOptions(error: z.ZodError): Error {
  const reason = z.prettifyError(error).replace(/\s*\n\s*/g, ' ');
  return refusal(
    'input',
    'training/bad-options',
    { en: `These training options cannot be used: ${reason}`, zh: `训练选项无法使用：${reason}` },
    { en: 'Correct the options named here.', zh: '请修正上面列出的选项。' },
  );
}
