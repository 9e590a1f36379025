/** Prompt syntax that people know from image generators. */
export { type ExpandOptions, expandPrompt, type Wildcards } from './expand-prompt.ts';
export { type ParsedPrompt, parsePrompt, type WeightedPiece } from './parse-prompt.ts';
export { type SceneWeights, weighScene } from './weigh-scene.ts';
