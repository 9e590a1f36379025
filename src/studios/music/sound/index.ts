/** Sound: instruments, performance and what leaves the house as audio. */
export { type BankOptions, buildBank, CHINESE_DRUM_KEYS } from './bank/index.ts';
export {
  type CompressOptions,
  encodeFlac,
  encodeMp3,
  type Mp3Options,
} from './encode/compressed.ts';
export type { SoundTags } from './encode/tags.ts';
export { encodeWav, type StereoSound, type WavOptions } from './encode/wav.ts';
export { truePeak } from './mix/limit.ts';
export { loudnessOf } from './mix/loudness.ts';
export { finish, TARGET_LOUDNESS } from './mix/stage.ts';
export { clockOf, type Performance, type PerformOptions, perform } from './performance/index.ts';
export {
  LONGEST_SOUND,
  type RenderOptions,
  renderPerformance,
  renderSound,
  type Sound,
  type Stem,
} from './render-sound.ts';
