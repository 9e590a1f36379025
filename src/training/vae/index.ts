/** Convolutional autoencoders for pictures and spectrograms: a Gaussian latent (KL) or a list of codes (VQ). */
export {
  type KlConfig,
  latentShape,
  parseVaeConfig,
  VAE_CONFIG,
  type VaeConfig,
  type VqConfig,
  vaeConfig,
} from './config.ts';
export { type VaeCourseOptions, vaeCourseOptions } from './course-options.ts';
export { judge as judgeVae } from './judge.ts';
export { createVaeRunner, randomLatents, type VaeRunner } from './model.ts';
export { type LoadedVae, loadVaeFolder, type StoredVae, saveVaeFolder } from './model-folder.ts';
export { decoding, encoding, vaeObjective, vaeParameterCount, vaeParameters } from './objective.ts';
export { createCourse as createVaeCourse } from './vae-course.ts';
