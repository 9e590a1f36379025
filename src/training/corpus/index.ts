/** Texts of one's own: collecting, cleaning, and reports of what was kept and why. */
export { type CleanDocument, type CleanOptions, type CleanReport, cleanDocuments } from './clean/clean-documents.ts';
export type { Language } from './clean/identify-language.ts';
export { RULES, type Rule } from './clean/rules.ts';
export { type ArchiveCollection, type ArchiveSource, collectArchive } from './collect-archive.ts';
export {
  type CollectedFile,
  type CollectFilesOptions,
  collectFiles,
  countKinds,
  type FileCollection,
} from './collect-files.ts';
export { type CollectOptions, collectFolder } from './collect-folder.ts';
export { collectRepository, type RepositorySource } from './collect-repository.ts';
export type {
  Collection,
  CollectReport,
  CorpusDocument,
  Licence,
  ListedWork,
  ReadLimits,
  Skip,
  SourceKind,
  SourceRecord,
} from './document.ts';
export type { Fetch } from './fetch-bytes.ts';
export type { JsonlFields } from './read/read-jsonl.ts';
export { formatCorpusPage } from './report/format-corpus-page.ts';
export { type Enough, ownWorkEnough, requireEnough } from './report/own-work-enough.ts';
export {
  archiveAddress,
  parseRepositoryAddress,
  REPOSITORY_HOSTS,
  type RepositoryPlace,
} from './repository-address.ts';
