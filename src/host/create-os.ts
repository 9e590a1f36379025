/**
 * The composition root: the only place where concrete stores, drivers and studios are created and put together.
 *
 *   home folder ─▶ storage ─┐
 *   model folders ─▶ catalogue ─┼─▶ kernel ─▶ Os, which every door goes through
 *   studios ─▶ ops, formats ─┘
 */
import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createPictureReader } from '../drivers/pictures/index.ts';
import {
  ancestors,
  type BroughtFile,
  bringFile,
  type Clock,
  choose,
  descendants,
  type Ids,
  type InputWork,
  type JobRun,
  type JobStore,
  type Kernel,
  type Ledger,
  type LedgerEntry,
  type LineageNode,
  loadWork,
  type Measure,
  type ModelCatalogue,
  type Op,
  type Replay,
  type RunRequest,
  refuseDuplicates,
  replayWork,
  runOp,
  type Studio,
  type Work,
  type WorkStore,
} from '../kernel/index.ts';
import { openSqliteStorage } from '../storage/index.ts';
import { type ExportedFile, exportWork, formatsOf } from './export-work.ts';
import { findHome, SHIPPED_MODELS } from './home.ts';
import { createLateWorkshop } from './late-workshop.ts';
import { createModelCatalogue, houseDriver, type ModelDriver } from './model-catalogue.ts';
import { type RecordedChoices, recordedChoices } from './recorded-choices.ts';
import { STUDIOS } from './studios.ts';

/** What can be chosen; everything has a default. */
export interface OsConfig {
  /** Default: `LLMAGENTOS_HOME`, or `~/.llmagentos`. */
  readonly home?: string;
  /** Default: all of the house. */
  readonly studios?: readonly Studio[];
  /** Roots of model folders, the first one wins; default: `<home>/models`, then those that ship with the project. */
  readonly modelFolders?: readonly string[];
  readonly driver?: ModelDriver;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Reaches out to addresses that the artist names, and to no others. Default: the system's own. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The system, open for one process. Dispose of it at the end. */
export interface Os extends AsyncDisposable {
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
  export(id: string, format: string, settings?: object): Promise<ExportedFile>;
  /** Names of the formats a work's medium can be written in. */
  listFormats(medium: string): readonly string[];
  /** What the work's studio measures in it; empty for a medium of no studio. */
  critique(id: string): Promise<readonly Measure[]>;
  ancestors(id: string): Promise<LineageNode>;
  descendants(id: string): Promise<LineageNode>;
}

/** Opens the house. Throws what the storage throws for a home folder it cannot use, and `kernel/duplicate-name`. */
export async function createOs(config: OsConfig = {}): Promise<Os> {
  const home = config.home ?? findHome(process.env);
  const studios = config.studios ?? STUDIOS;
  const kernel = await createKernel(home, studios, config);
  const { storage, models, ops } = kernel;
  return {
    home,
    studios,
    models,
    works: storage.works,
    ledger: storage.ledger,
    jobs: storage.jobs,
    listOps: () => [...ops.values()],
    run: (request) => runOp(kernel, request),
    bring: (file) => bringFile(kernel, file),
    load: (id) => loadWork(kernel, id),
    choose: (choice) => choose(kernel, choice),
    recordedChoices: () => recordedChoices(kernel, studios),
    replay: (id, options) => replayWork(kernel, id, options),
    export: (id, format, settings = {}) => exportWork(kernel, studios, { id, format, settings }),
    listFormats: (medium) => formatsOf(studios, medium).map((format) => format.name),
    critique: (id) => critiqueWork(kernel, studios, id),
    ancestors: (id) => ancestors(storage.works, id),
    descendants: (id) => descendants(storage.works, id),
    [Symbol.asyncDispose]: async () => {
      await models[Symbol.asyncDispose]();
      await storage[Symbol.asyncDispose]();
    },
  };
}

async function createKernel(home: string, studios: readonly Studio[], config: OsConfig): Promise<Kernel> {
  const ops = studios.flatMap((studio) => studio.ops);
  refuseDuplicates(ops.map((op) => op.name));
  const clock = config.clock ?? { now: () => Date.now() };
  const ids = config.ids ?? { next: () => randomUUID(), seed: () => randomInt(2 ** 32) };
  const roots = config.modelFolders ?? [join(home, 'models'), SHIPPED_MODELS];
  const storage = await openSqliteStorage(home, clock);
  await storage.jobs.sweep();
  const models = createModelCatalogue(roots, config.driver ?? houseDriver);
  const workshop = createLateWorkshop(home, models, config.fetch ?? globalThis.fetch);
  const pictures = createPictureReader();
  return { ops: new Map(ops.map((op) => [op.name, op])), storage, models, workshop, pictures, clock, ids };
}

async function critiqueWork(kernel: Kernel, studios: readonly Studio[], id: string): Promise<readonly Measure[]> {
  const input = await loadWork(kernel, id);
  const { op } = input.work.record;
  const studio = studios.find((one) => one.ops.some((own) => own.name === op));
  return studio ? studio.critique(input) : [];
}
