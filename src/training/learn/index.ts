export * from './evaluation.ts';
export * from './learner.ts';
export * from './objective.ts';
export type { AdamW, Muon, Optimiser } from './optimiser.ts';
export * from './parameter.ts';
export { freshLearnerState, type LearnerState, parametersOf } from './state.ts';
