export { createOs, type Os, type OsConfig } from './create-os.ts';
export type { ExportedFile } from './export-work.ts';
export { findHome, SHIPPED_MODELS } from './home.ts';
export type { ModelDriver } from './model-catalogue.ts';
export type { RecordedChoices } from './recorded-choices.ts';
