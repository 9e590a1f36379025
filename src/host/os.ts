/** The open system, as doors know it. */

import type { Json } from '../core/index.ts';
import type {
  BroughtFile,
  Clock,
  Desk,
  Ids,
  InputWork,
  JobRun,
  JobStore,
  Ledger,
  LedgerEntry,
  LineageNode,
  Measure,
  ModelCatalogue,
  ModelDriver,
  Op,
  Replay,
  RunRequest,
  Studio,
  TaskRunner,
  ThumbnailLook,
  Work,
  WorkStore,
} from '../kernel/index.ts';
import type { Agents } from './agents/index.ts';
import type { ErrandRunner } from './errand.ts';
import type { ExportedFile } from './export-work.ts';
import type { Library } from './library/index.ts';
import type { Fit, ModelShelf, ResidentModel } from './models/index.ts';
import type { Outside } from './outside.ts';
import type { ProcessView } from './process-view.ts';
import type { RecordedChoices } from './recorded-choices.ts';

/** What can be chosen; everything has a default. */
export interface OsConfig {
  /** Default: `LLMAGENTOS_HOME`, or `~/.llmagentos`. */
  readonly home?: string;
  /** Default: all of the house. */
  readonly studios?: readonly Studio[];
  /** Roots of model folders, the first one wins; default: `<home>/models`, then those that ship with the project. */
  readonly modelFolders?: readonly string[];
  /** Takes the place of our own engine. */
  readonly driver?: ModelDriver;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Reaches out to addresses that the artist names, and to no others. Default: the system's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** Does the tasks of the desk. Default: worker processes, one for every core but one, at least two and at most four. */
  readonly runner?: (os: Os) => TaskRunner;
}

/** The system, open for one process. Dispose of it at the end. */
export interface Os extends ModelShelf, Outside, AsyncDisposable {
  /** Absolute path of the home folder. */
  readonly home: string;
  readonly works: WorkStore;
  readonly ledger: Ledger;
  readonly jobs: JobStore;
  readonly models: ModelCatalogue;
  readonly studios: readonly Studio[];
  listOps(): readonly Op[];
  /** Starts an op; iterate for events, await `result` for the works. */
  run(request: RunRequest): JobRun;
  /** Keeps a file of the artist's as a work of the medium `file`, for an op to read. */
  bring(file: BroughtFile): Promise<Work>;
  /** A work with its content. Throws `storage/work-missing`, `storage/blob-damaged`. */
  load(id: string): Promise<InputWork>;
  /** Notes which candidate the artist picked; null when none would do. */
  choose(choice: { readonly shown: readonly string[]; readonly picked: string | null }): Promise<LedgerEntry>;
  /** The artist's choices so far, as pairs that a language model can learn from. */
  recordedChoices(): Promise<RecordedChoices>;
  /** Makes a work again and compares. */
  replay(id: string, options?: { readonly signal?: AbortSignal }): Promise<Replay>;
  /** Writes a work as a file of a format that its medium has. Throws `host/no-format`, `host/bad-settings`. */
  export(
    id: string,
    format: string,
    settings?: object,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<ExportedFile>;
  /** Names of the formats a work's medium can be written in. */
  listFormats(medium: string): readonly string[];
  /** What the work's studio measures in it; empty for a medium of no studio. */
  critique(id: string): Promise<readonly Measure[]>;
  readonly library: Library;
  readonly agents: Agents;
  /** Runs an op that only reports, at once, and keeps nothing. Throws `kernel/makes-works`, and what running throws. */
  ask(request: RunRequest): Promise<Json>;
  /** A small picture of a work, as WebP; 320 pixels wide and light unless said otherwise. Throws `host/no-thumbnail`. */
  thumbnail(id: string, look?: Partial<ThumbnailLook>): Promise<Uint8Array>;
  /** The same when it was drawn before; undefined when it was not. */
  keptThumbnail(id: string, look: ThumbnailLook): Promise<Uint8Array | undefined>;
  ancestors(id: string): Promise<LineageNode>;
  descendants(id: string): Promise<LineageNode>;
  /** Where doors that do not wait hand in what they want done; opened by the first call, which goes on with what was left. */
  desk(): Promise<Desk>;
  /** Who does what a door wants answered at once, in another process where the desk has such; opens the desk. */
  errands(): Promise<ErrandRunner>;
  /** The processes of the open desk; empty where it has none. */
  processes(): readonly ProcessView[];
  /** Models in the memory of this process. */
  residents(): readonly ResidentModel[];
  /** What memory a model will need and whether it fits, before it is loaded; undefined for one that runs elsewhere. */
  fit(name: string): Promise<Fit | undefined>;
}
