/** Anatomy: living things as flesh over bones, on a stage, written as code or as data. */
export { type Bone, bone, chain, flesh } from './flesh.ts';
export { type CreatureSheet, creaturesOf, drawCreature, type Parts } from './sheet.ts';
export {
  type Coat,
  coat,
  createStage,
  type Drawn,
  type Frame,
  type PartOptions,
  type Stage,
  type StageSize,
  toned,
  toneOf,
} from './stage.ts';
