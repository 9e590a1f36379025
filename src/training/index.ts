/** The door of the training engine: models, tokenisers, and running them. A pure library. */
/** Texts of one's own: collect, clean, report. */
export * as corpus from './corpus/index.ts';
export * from './corpus/index.ts';
export { type Dataset, loadDataset } from './data/dataset.ts';
export {
  type ForgetOptions,
  forgetDocument,
  listWithdrawals,
  type TrainedRun,
  type Withdrawal,
} from './data/forget-document.ts';
export { createShardOrder, shardSamples, untaintedCheckpoints } from './data/shard-order.ts';
export { type TokeniseOptions, type TokeniseReport, tokeniseDocuments } from './data/tokenise-documents.ts';
/** Pictures and sounds out of noise. */
export * as diffusion from './diffusion/index.ts';
/** Encoders of Chinese and English: vectors of texts, guesses for hidden words. */
export * as encoders from './encoder/index.ts';
export * from './enlarge/index.ts';
export {
  type Evaluation,
  type EvaluationOptions,
  evaluateModel,
  type GroupedPerplexity,
  measureBaseline,
} from './evaluation/evaluate-model.ts';
export { judgeModel, kindOfModel, writeReport } from './evaluation/judge/judge-model.ts';
export type { Judgement, JudgeOptions } from './evaluation/judge/judgement.ts';
export { learnNgrams, type NgramModel } from './evaluation/ngram-model.ts';
export type { Perplexity } from './evaluation/perplexity.ts';
/** How good made pictures and sounds are. */
export * as pictureMetrics from './evaluation/pictures/index.ts';
/** Reports of evaluations: JSON and one page of HTML. */
export * as reports from './evaluation/report/index.ts';
/** How good made texts are. */
export * as textMetrics from './evaluation/text/index.ts';
export { exportGguf, type GgufPrecision } from './export/gguf-model.ts';
export { continueGreedily } from './export/greedy.ts';
export { exportOnnx, type OnnxExportOptions } from './export/onnx-folder.ts';
export * from './gan/index.ts';
export {
  type AdapterOptions,
  adapterParameters,
  mergeAdapter,
} from './gpt/adapter.ts';
export { type Adapter, loadAdapter, saveAdapter } from './gpt/adapter-folder.ts';
export type { PackedRows } from './gpt/batch.ts';
export { formatConfig, type GptConfig, type GptSizes, gptConfig, parseConfig } from './gpt/config.ts';
export { type DpoOptions, dpoFeeds, dpoObjective, measureGaps } from './gpt/dpo.ts';
export { type DropoutRates, dropoutRates } from './gpt/dropout.ts';
export type { Arithmetic } from './gpt/inference-graph.ts';
export { type GptObjectiveOptions, gptFeeds, gptNoise, gptObjective } from './gpt/objective.ts';
export { createWeights, parameterCount, parameterShapes, type Weights } from './gpt/parameters.ts';
export {
  type PreferencePair,
  parsePreferences,
  type SplitPairs,
  splitPreferences,
} from './gpt/preference-pairs.ts';
export { createGptRunner, type GptBatch, type GptRunner, type RunnerOptions } from './gpt/runner.ts';
/** Tensor operations, gradients and sessions, for networks of other shapes. */
export * as graph from './graph/index.ts';
export { type Probe, probeWebGpu } from './graph/providers.ts';
export { defaultThreads } from './graph/session.ts';
export { type ImportedModel, type ImportOptions, importModel } from './import/import-model.ts';
export { createOnnxModel, type OnnxManifest, type OnnxModel } from './import/onnx-model.ts';
export * from './learn/index.ts';
export { listCheckpoints } from './loop/checkpoint.ts';
export type {
  Course,
  CourseState,
  CreateCourse,
  PlannedCourse,
  RunOptions,
  Scores,
  StepNumbers,
} from './loop/course.ts';
export { planCourse, type Recipe, runRecipe } from './loop/courses.ts';
export type { TrainingEvent, TrainingHooks, TrainingResult } from './loop/events.ts';
export { readForgotten } from './loop/forgetting.ts';
export { formatLossPlot } from './loop/loss-plot.ts';
export { type CompleteOptions, completeOptions, TRAINING_OPTIONS, type TrainingOptions } from './loop/options.ts';
export { runCourse } from './loop/run-course.ts';
export { runTraining } from './loop/run-training.ts';
export { rowOrderOf } from './loop/sample-order.ts';
export { type ChildHooks, trainInChild } from './loop/train-in-child.ts';
export { type LogLine, parseTrainLog } from './loop/train-log.ts';
export { CARD, type ModelCard, parseCard } from './model/card.ts';
export { writeDurably } from './model/durable.ts';
export {
  createRandomModelFolder,
  identifyModelFolder,
  type LoadedModel,
  loadModelFolder,
  type Model,
  type RandomModelOptions,
  saveModelFolder,
} from './model/model-folder.ts';
export { formatSafetensors, type Precision, readSafetensors, type StoredTensor } from './model/safetensors.ts';
export * from './pictures/index.ts';
/** Sounds: short-time Fourier and mel spectrograms, back to sound, WAV, and spectrograms of a folder for training. */
export * as sound from './sound/index.ts';
export {
  type BytePairOptions,
  type BytePairTokenizer,
  createBytePairTokenizer,
  learnBytePairs,
  OWN_SPECIAL,
} from './tokenizer/byte-pair-tokenizer.ts';
export { type CharacterTokenizer, createCharacterTokenizer } from './tokenizer/character-tokenizer.ts';
export { isSpecial, type Tokenizer } from './tokenizer/tokenizer.ts';
export { formatTokenizer, formatTokenizerConfig, isBytePair, parseTokenizer } from './tokenizer/tokenizer-file.ts';
export { createVaeRunner, type LoadedVae, loadVaeFolder, type VaeConfig, type VaeRunner } from './vae/index.ts';
/** Word vectors in Chinese and English. */
export * as words from './words/index.ts';
