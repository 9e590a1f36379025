export type { ModelDriver } from '../kernel/index.ts';
export { type AgentRun, type Agents, ROLE_NAMES } from './agents/index.ts';
export { createOs } from './create-os.ts';
export { createTogether, type Role, type TogetherStep } from './create-together.ts';
export { byWorkers, createInProcessRunner, createWorkers } from './desk/index.ts';
export type { ExportedFile } from './export-work.ts';
export { findHome, SHIPPED_MODELS } from './home.ts';
export type { FindQuery, GraphNode, Library } from './library/index.ts';
export type { Added, AddRequest, Defaults, Fit, ResidentModel } from './models/index.ts';
export type { Os, OsConfig } from './os.ts';
export type { Outside } from './outside.ts';
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
export type { ProcessView } from './process-view.ts';
export type { RecordedChoices } from './recorded-choices.ts';
export type { Grant, GrantWish, Sent } from './way-out/index.ts';
