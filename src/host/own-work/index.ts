/** From an artist's own work to a model: one way for every door. */
export { type BroughtFolder, layBroughtFiles } from './brought-folder.ts';
export { type Learned, learnOwnWork, USUAL_SEED } from './learn.ts';
export {
  createStep,
  type Facts,
  type OwnWork,
  type Step,
  type StepDone,
  type StepName,
  type StepRunner,
} from './steps.ts';
