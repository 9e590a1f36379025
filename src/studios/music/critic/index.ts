/** The critic: checks of any score, with bar and beat, severity, explanation and mend. */
export { CADENCES, type Cadence, type CadenceKind, findCadences, isClosed } from './cadences.ts';
export { criticise, RULES } from './criticise.ts';
export { type Finding, type Rule, SEVERITIES, type Severity } from './finding.ts';
export type { CritiqueOptions, Tone } from './options.ts';
