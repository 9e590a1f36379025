/** Two pictures in one. */
export { type BlendOptions, blendPictures, WAYS, type Way } from './blend-pictures.ts';
export { maskOf, SHAPES, type Shape, shapedMask } from './mask.ts';
