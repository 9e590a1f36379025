/** Sound: instruments, performance and what leaves the house as audio. */
export { type BankOptions, buildBank } from './bank/index.ts';
export { encodeWav, type StereoSound, type WavOptions } from './encode/wav.ts';
export {
  FAMILIES,
  type Family,
  findInstrument,
  INSTRUMENTS,
  type Instrument,
  instrumentOfProgramme,
} from './instruments.ts';
export { truePeak } from './mix/limit.ts';
export { loudnessOf } from './mix/loudness.ts';
export { type Performance, type PerformOptions, perform } from './performance/index.ts';
export {
  LONGEST_SOUND,
  type RenderOptions,
  renderPerformance,
  renderSound,
  type Sound,
  type Stem,
} from './render-sound.ts';
