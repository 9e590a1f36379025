/** Geometry of figures, in units; all chance from a given source. */
export {
  along,
  bow,
  type Line,
  lengthOf,
  offset,
  resample,
  ribbon,
  type SmoothOptions,
  smooth,
  wander,
} from './curve.ts';
export {
  areaOf,
  type BlobOptions,
  blob,
  boundsOf,
  ellipse,
  inside,
  lumps,
  type PetalOptions,
  petal,
} from './outline.ts';
export { clipOutline, ridge, wobble } from './ridge.ts';
export { type ScatterOptions, scatterIn, scatterInside } from './scatter.ts';
