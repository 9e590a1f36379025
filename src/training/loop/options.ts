/** What a training run is told, checked and completed. */
import { z } from 'zod';
import { refusal } from '../refusal.ts';
import type { Schedule } from './schedule.ts';

const share = z.number().min(0).max(1);
const count = z.int().positive();

/** The options of a run; everything but `dataset` and `out` has a default. */
export const TRAINING_OPTIONS = z.strictObject({
  /** Dataset folder. */
  dataset: z.string().min(1),
  /**
   * `dataset` is a folder of texts (txt, md, epub …): they are cleaned, a byte-level BPE of at most `vocabSize` tokens (261 are
   * special ones and bytes) is learned from them, and a new model begins with it. The dataset is kept in `out/data`.
   */
  texts: z
    .strictObject({
      vocabSize: z.int().min(300).max(65_536),
      contextLength: z.int().min(16).max(4096).default(256),
      /** Share of the documents held out. */
      validation: z.number().min(0).max(0.5).default(0.05),
      shards: z.int().min(1).max(1024).default(8),
      script: z.enum(['keep', 'simplified', 'traditional']).default('keep'),
    })
    .optional(),
  /** Folder of the run: checkpoints, train.jsonl, loss.svg, and the finished model in `model/`. */
  out: z.string().min(1),
  /** A model folder to go on from (fine-tuning); its sizes and tokeniser are taken over. */
  initFrom: z.string().min(1).optional(),
  /** Sizes of a new model; context and vocabulary come from the dataset. */
  model: z
    .strictObject({
      model_type: z.enum(['llama', 'gpt2']),
      bias: z.boolean(),
      num_key_value_heads: count,
      hidden_size: count,
      num_hidden_layers: count,
      num_attention_heads: count,
      intermediate_size: count,
      rms_norm_eps: z.number().positive(),
      rope_theta: z.number().positive(),
      tie_word_embeddings: z.boolean(),
      max_position_embeddings: count,
    })
    .partial()
    .default({}),
  /** Share of values dropped while learning: everywhere, or by kind of site. */
  dropout: z
    .union([share, z.strictObject({ embedding: share, residual: share, attention: share }).partial()])
    .default(0),
  /** Learn an adapter (LoRA) beside the model of `initFrom`, which stays as it is. */
  adapter: z
    .strictObject({
      rank: count,
      alpha: z.number().positive().optional(),
      dropout: share.optional(),
      targets: z.array(z.string().min(1)).min(1).optional(),
    })
    .optional(),
  /** Name, licence and summary of the finished model's card. */
  name: z.string().min(1).default('untitled'),
  licence: z.string().min(1).default('Apache-2.0'),
  seed: z.union([z.int(), z.string()]).default(1),
  steps: count,
  /** Rows in one pass, and passes in one step. */
  batchRows: count.default(16),
  accumulation: count.default(1),
  /**
   * `shuffled` (default): every epoch goes through all rows. `shards`: `epochs` times through each shard of the dataset in
   * its turn, then shuffled; checkpoints between shards are kept, so that a document can be forgotten from there.
   */
  order: z.enum(['shuffled', 'shards']).optional(),
  /** Times through a shard in its turn, for `"order": "shards"`; default 1. */
  epochs: count.optional(),
  /** Keep only each layer's input for the reverse pass and compute the rest again: less memory, more time. */
  checkpointing: z.boolean().optional(),
  learningRate: z.number().positive().default(1e-3),
  /** `muon` turns matrices and leaves the rest to AdamW. Default: `muon` when a `matrixLearningRate` is given. */
  optimiser: z.enum(['adamw', 'muon']).optional(),
  /** Peak learning rate of Muon's matrices; default five times `learningRate`. */
  matrixLearningRate: z.number().positive().optional(),
  /** Short for a schedule of kind `wsd` that falls to 0 over this share of the steps. */
  decayShare: share.optional(),
  schedule: z
    .strictObject({
      kind: z.enum(['cosine', 'wsd']).optional(),
      warmupSteps: z.int().nonnegative().default(100),
      finalShare: share.optional(),
      decayShare: share.optional(),
    })
    .prefault({}),
  adam: z
    .strictObject({
      beta1: share.default(0.9),
      beta2: share.default(0.95),
      epsilon: z.number().positive().default(1e-8),
      weightDecay: z.number().nonnegative().default(0.1),
      clip: z.number().positive().default(1),
    })
    .prefault({}),
  /** Steps between two measurements of the validation split, and rows measured (all when absent). */
  validateEvery: count.default(200),
  validationRows: count.optional(),
  /** Steps between two checkpoints. */
  saveEvery: count.default(100),
  /** Numbers of the finished model. */
  precision: z.enum(['F32', 'F16', 'I8']).default('F16'),
  threads: count.max(256).optional(),
});

/** Options as a caller gives them. */
export type TrainingOptions = z.input<typeof TRAINING_OPTIONS>;
/** Options with all defaults filled in. */
export interface CompleteOptions extends Omit<z.infer<typeof TRAINING_OPTIONS>, 'schedule' | 'decayShare'> {
  readonly schedule: Schedule;
}

/** Fills in defaults; throws `training/bad-options`. */
export function completeOptions(options: unknown): CompleteOptions {
  const parsed = TRAINING_OPTIONS.safeParse(options);
  if (parsed.success) return { ...parsed.data, schedule: completeSchedule(parsed.data) };
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw unusable(reason, reason);
}

/** `training/bad-options` with its reason. */
export function unusable(en: string, zh: string): Error {
  return refusal(
    'input',
    'training/bad-options',
    { en: `These training options cannot be used: ${en}`, zh: `训练选项无法使用：${zh}` },
    { en: 'Correct the options named here.', zh: '请修正上面列出的选项。' },
  );
}

function completeSchedule({ decayShare: short, schedule }: z.infer<typeof TRAINING_OPTIONS>): Schedule {
  const { warmupSteps, decayShare = short ?? 0.35 } = schedule;
  const { kind = short === undefined ? 'cosine' : 'wsd', finalShare = short === undefined ? 0.05 : 0 } = schedule;
  return { kind, warmupSteps, finalShare, decayShare };
}

/** The options that decide what is learned: a checkpoint may only be resumed with the same ones. */
export function identityOf(options: CompleteOptions): Omit<CompleteOptions, keyof typeof FREE> {
  const deciding = Object.entries(options).filter(([name, value]) => !(name in FREE) && value !== USUAL[name]);
  return Object.fromEntries(deciding) as Omit<CompleteOptions, keyof typeof FREE>;
}

/** Said or left out, these mean the same. */
const USUAL: Readonly<Record<string, unknown>> = { order: 'shuffled', checkpointing: false };

/** Options that may differ when a run goes on. */
const FREE = {
  dataset: true,
  out: true,
  name: true,
  licence: true,
  validateEvery: true,
  validationRows: true,
  saveEvery: true,
  precision: true,
  threads: true,
};
