/**
 * The composition root: the only place where concrete stores, drivers and studios are created and put together.
 *
 *   home folder ─▶ storage ─┐
 *   model folders ─▶ catalogue ─┼─▶ kernel ─▶ Os, which every door goes through
 *   studios ─▶ ops, formats ─┘
 */
import { randomInt, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createPictureReader } from '../drivers/pictures/index.ts';
import {
  ancestors,
  askOp,
  bringFile,
  checkOptions,
  checkRun,
  choose,
  type Desk,
  descendants,
  type Kernel,
  loadWork,
  type Measure,
  refuseDuplicates,
  replayWork,
  runOp,
  type Studio,
  type TaskRunner,
} from '../kernel/index.ts';
import { openSqliteStorage } from '../storage/index.ts';
import { createAgents } from './agents/index.ts';
import { createDesk, createOtherJobs, createWorkers, runErrand, type Workers } from './desk/index.ts';
import { exportWork, formatsOf } from './export-work.ts';
import { findHome, SHIPPED_MODELS } from './home.ts';
import { createLateWorkshop } from './late-workshop.ts';
import { besideOf, createLibrary, keptThumbnail, thumbnailOf } from './library/index.ts';
import {
  createDrivers,
  createFitting,
  createModelCatalogue,
  createResidents,
  type Drivers,
  type Fitting,
  modelShelf,
} from './models/index.ts';
import type { Os, OsConfig } from './os.ts';
import { type OpenOutside, openOutside } from './outside.ts';
import { recordedChoices } from './recorded-choices.ts';
import { STUDIOS } from './studios.ts';

/** Opens the house. Throws what the storage throws for a home folder it cannot use, and `kernel/duplicate-name`. */
export async function createOs(config: OsConfig = {}): Promise<Os> {
  const home = config.home ?? findHome(process.env);
  const studios = config.studios ?? STUDIOS;
  const { kernel, drivers, outside, residents, fit } = await createHouse(home, studios, config);
  const { storage, models, ops } = kernel;
  let desk: Promise<Desk> | undefined;
  let runner: Runner | undefined;
  const os: Os = {
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
    critique: (id) => critiqueWork(kernel, studios, home, id),
    ...modelShelf(home, kernel, drivers, outside.control),
    ...outside.control,
    library: createLibrary(kernel, studios, (works) => void desk?.then((open) => open.worksChanged(works))),
    agents: createAgents(kernel, () => os),
    ask: (request) => askOp(kernel, request),
    thumbnail: (id, { width = 320, theme = 'light' } = {}) =>
      thumbnailOf({ kernel, home, studios }, id, { width, theme }),
    keptThumbnail: (id, look) => keptThumbnail({ kernel, home, studios }, id, look),
    ancestors: (id) => ancestors(storage.works, id),
    descendants: (id) => descendants(storage.works, id),
    desk: () => {
      runner ??= config.runner?.(os) ?? createWorkers({ home, modelFolders: config.modelFolders }, placesForTasks());
      desk ??= openDesk(kernel, os.agents, runner);
      return desk;
    },
    errands: async () => {
      await os.desk();
      const here = new AbortController().signal;
      return { send: runner?.send ?? ((errand, signal = here) => runErrand(os, errand, signal)) };
    },
    processes: () => runner?.processes?.() ?? [],
    residents,
    fit,
    [Symbol.asyncDispose]: async () => {
      await (await desk?.catch(() => undefined))?.[Symbol.asyncDispose]();
      await models[Symbol.asyncDispose]();
      await outside[Symbol.asyncDispose]();
      await storage[Symbol.asyncDispose]();
    },
  };
  return os;
}

/** Some runners can be sent on errands, too. */
type Runner = TaskRunner & Partial<Workers>;

function placesForTasks(): number {
  return Math.min(4, Math.max(2, availableParallelism() - 1));
}

function openDesk(kernel: Kernel, agents: Os['agents'], runner: Runner): Promise<Desk> {
  const { storage, clock, ids } = kernel;
  return createDesk({
    store: storage.desk,
    clock,
    ids,
    agents,
    runner,
    check: (submission) => checkRun(kernel, submission),
    checkOptions: (op, options) => checkOptions(kernel, op, options),
    changes: { ofOthers: () => storage.changesOfOthers(), news: (after) => storage.news(after) },
    others: createOtherJobs(kernel),
  });
}

/** All that the open system is made of. */
interface House {
  readonly kernel: Kernel;
  readonly drivers: Drivers;
  readonly outside: OpenOutside;
  readonly residents: Os['residents'];
  readonly fit: Os['fit'];
}

async function createHouse(home: string, studios: readonly Studio[], config: OsConfig): Promise<House> {
  const ops = studios.flatMap((studio) => studio.ops);
  refuseDuplicates(ops.map((op) => op.name));
  const clock = config.clock ?? { now: () => Date.now() };
  const ids = config.ids ?? { next: () => randomUUID(), seed: () => randomInt(2 ** 32) };
  const roots = config.modelFolders ?? [join(home, 'models'), SHIPPED_MODELS];
  const storage = await openSqliteStorage(home, clock);
  await storage.jobs.sweep();
  // Asked when something does not fit: then there is a catalogue.
  const instead: Fitting['instead'] = (name, room) => fitting.instead(name, room);
  const outside = openOutside({ home, storage, clock, ids, env: process.env, fetch: config.fetch, instead });
  const { surroundings } = outside;
  const drivers = createDrivers(surroundings, config.driver);
  const models = createModelCatalogue(roots, drivers, join(home, 'models-off'));
  const fitting = createFitting(models, drivers, surroundings.residency.room);
  const residents = createResidents(models.opened, surroundings.residency, clock);
  const workshop = createLateWorkshop(home, models, surroundings.wayOut.fetchFor({ purpose: 'fetch-text' }));
  const pictures = createPictureReader();
  const byName = new Map(ops.map((op) => [op.name, op]));
  const kernel = { ops: byName, storage, models, workshop, pictures, clock, ids };
  return { kernel, drivers, outside, residents, fit: fitting.fit };
}

async function critiqueWork(
  kernel: Kernel,
  studios: readonly Studio[],
  home: string,
  id: string,
): Promise<readonly Measure[]> {
  const input = await loadWork(kernel, id);
  const { op } = input.work.record;
  const studio = studios.find((one) => one.ops.some((own) => own.name === op));
  return studio ? studio.critique(input, besideOf(kernel, home, input.work)) : [];
}
