/** Sound as pictures of its bands of hearing, and back. */
export { type FrameOptions, fourier, inverseShortTimeFourier, type Spectrum, shortTimeFourier } from './fourier.ts';
export {
  type LevelOptions,
  type MelOptions,
  type MelSpectrogram,
  melFilters,
  melPicture,
  melSpectrogram,
  pictureMel,
  type SoundingOptions,
  soundOf,
  spreadBands,
} from './mel.ts';
export * from './mel-inverse.ts';
export {
  loadSpectrograms,
  melOptions,
  parseSoundSource,
  SOUND_SOURCE,
  type SoundSource,
  spectrogramOf,
  tagsOf,
} from './spectrogram-set.ts';
export { formatWav, parseWav, type Sound } from './wav.ts';
