/** Textures and loops: from words, or from another sound. */
export { makeTexture, type Texture, type TextureOptions } from './make-texture.ts';
export { critiqueTexture, SOUND, textureFormats } from './outputs.ts';
export { spectrogramPng } from './spectrogram.ts';
export {
  type Layer,
  TEXTURE_ATTRIBUTES,
  TEXTURE_KINDS,
  type Understood,
  understand,
  understandTexture,
} from './understand.ts';
export { readWav, seamOf } from './wave.ts';
