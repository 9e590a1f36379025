/** Diffusion models: the forward process, networks, samplers, training, and finished models. */
export { type BatchOptions as DiffusionBatchOptions, createDiffusionBatches, type DiffusionData } from './batches.ts';
export { type Collection, pictureCollection } from './collection.ts';
export { type DiffusionConfig, diffusionConfig, parseDiffusionConfig, widthStep } from './config.ts';
export { createCourse } from './course.ts';
export { type DiffusionCourse, diffusionCourseOptions } from './course-options.ts';
export { judge as judgeDiffusion } from './judge.ts';
export { loadLatents } from './latents.ts';
export { createDiffusionSampler, type DiffusionSampler, type SamplerOptions } from './model.ts';
export {
  createDiffusionModel,
  type DiffusionModel,
  type LoadedDiffusion,
  loadDecoderFolder,
  loadDiffusionFolder,
  type StoredDiffusion,
  saveDiffusionFolder,
} from './model-folder.ts';
export {
  diffusionComputation,
  diffusionObjective,
  diffusionParameterCount,
  diffusionParameters,
} from './network.ts';
export { convert, minSnrWeight, noised, type Prediction, partsOf, targetOf } from './prediction.ts';
export { createProcess, type Level, type Process, type ProcessOptions } from './process.ts';
export {
  createPromptRow,
  type PromptRow,
  promptWidth,
  strangeWords,
  type WeightedText,
  type WordCondition,
  type WordPrompt,
} from './prompt.ts';
export type { Preview, SampleRequest, Samples } from './request.ts';
export { createNoise, type Denoise, type SampleOptions, type SampleStep, sample } from './sample.ts';
export { SAMPLERS, type SamplerName } from './sampler.ts';
export {
  cosineSchedule,
  forwardStep,
  forwardTo,
  linearSchedule,
  type NoiseSchedule,
  posterior,
} from './schedule.ts';
export { loadSeen, nearestSmall, type Seen, saveSeen, smallPicture } from './seen.ts';
