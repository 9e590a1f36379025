export { createOs, type Os, type OsConfig } from './create-os.ts';
export type { ExportedFile } from './export-work.ts';
export { findHome, SHIPPED_MODELS } from './home.ts';
export type { ModelDriver } from './model-catalogue.ts';
export {
  type BroughtFolder,
  createStep,
  type Facts,
  type Learned,
  layBroughtFiles,
  learnOwnWork,
  type OwnWork,
  type Step,
  type StepDone,
  type StepName,
  USUAL_SEED,
} from './own-work/index.ts';
export type { RecordedChoices } from './recorded-choices.ts';
