/**
 * The models at hand: every folder with a `card.json` under the given roots, named after the folder. Where two roots hold the
 * same name, the earlier root wins. A model is opened by the driver that its card names, when it is first asked for, and stays
 * open until the catalogue ends; when its files have changed since (`train --replace`, also by another process) it is opened
 * anew. What was open before may still be writing, and is closed at the end with the others.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  ChatModel,
  GapFiller,
  ModelCatalogue,
  ModelDriver,
  ModelEntry,
  ModelIdentity,
  ModelRole,
  PictureEye,
  PictureModel,
  SoundModel,
  TextEmbedder,
  TokenModel,
} from '../../kernel/index.ts';
import { type Found, listRoot } from './folders.ts';
import { type Kept, keep } from './kept.ts';
import { modelMissing, modelOff, noDriver, wrongRole } from './refusals.ts';
import type { OpenedModel } from './residents.ts';

/** Drivers by the name that cards give them. */
export type Drivers = Readonly<Record<string, ModelDriver>>;

/** A catalogue that tells which models it has opened. */
export interface OpeningCatalogue extends ModelCatalogue {
  opened(): readonly OpenedModel[];
}

/**
 * Creates the catalogue; roots that do not exist are empty. `off`: the folder that holds an empty file for every model that is
 * switched off. Throws `host/model-missing`, `host/model-off`, `host/no-driver`, `host/wrong-role` where a model is asked for by name.
 */
export function createModelCatalogue(roots: readonly string[], drivers: Drivers, off?: string): OpeningCatalogue {
  const identities = new Map<string, Kept<ModelIdentity>>();
  const opened = new Map<string, Kept<AsyncDisposable>>();
  const openers = new Map<string, OpenedModel>();
  const replaced: Promise<AsyncDisposable>[] = [];
  const list = async (): Promise<ModelEntry[]> => {
    const found = new Map<string, ModelEntry>();
    const idle = new Set(off === undefined ? [] : await readdir(off).catch(() => []));
    for (const root of roots) {
      for (const entry of await listRoot(root)) {
        if (!found.has(entry.name)) {
          found.set(entry.name, { ...entry, roles: rolesOf(entry, drivers), enabled: !idle.has(entry.name) });
        }
      }
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const named = async (name: string): Promise<ModelEntry> => {
    const entries = await list();
    const entry = entries.find((one) => one.name === name) ?? entries.find((one) => nameWithDriver(one) === name);
    if (entry) return entry;
    throw modelMissing(
      name,
      entries.map((one) => one.name),
    );
  };
  const get = async (name: string): Promise<ModelEntry> => {
    const entry = await named(name);
    if (!entry.enabled) throw modelOff(entry.name);
    return entry;
  };
  const open = async <T extends AsyncDisposable>(name: string, role: ModelRole, maker: Maker<T>): Promise<T> => {
    const entry = await get(name);
    const driver = driverOf(entry, drivers);
    const create = maker(driver);
    if (!create) throw wrongRole(name, role, entry.roles);
    const { promise, before } = await keep(opened as Map<string, Kept<T>>, `${role} ${name}`, entry.folder, () =>
      create.call(driver, entry.folder),
    );
    if (before) replaced.push(before);
    // Put last again: what it was opened as last is what is wanted of it.
    openers.delete(`${role} ${name}`);
    openers.set(`${role} ${name}`, { model: name, driver: entry.driver, role });
    return promise;
  };
  return {
    list,
    get,
    // What could not be opened was forgotten.
    opened: () => [...openers].flatMap(([key, model]) => (opened.has(key) ? [model] : [])),
    find: async (name) =>
      (await list()).find((entry) => [entry.name, nameWithDriver(entry)].includes(name) && entry.enabled),
    setEnabled: async (name, enabled) => {
      const { name: file } = await named(name);
      if (off === undefined) throw modelMissing(name, []);
      await mkdir(off, { recursive: true });
      if (enabled) await rm(join(off, file), { force: true });
      else await writeFile(join(off, file), '');
    },
    identify: async (name) => {
      const entry = await get(name);
      const driver = driverOf(entry, drivers);
      return (await keep(identities, name, entry.folder, () => driver.identify(entry.folder))).promise;
    },
    ...openByRole(open),
    [Symbol.asyncDispose]: async () => {
      const models = [...replaced.splice(0), ...[...opened.values()].map(({ promise }) => promise)];
      opened.clear();
      for (const model of await Promise.allSettled(models)) {
        if (model.status === 'fulfilled') await model.value[Symbol.asyncDispose]();
      }
    },
  };
}

/** `comfy/my-flow`: how an artist may name a model that is told apart by its engine; models' own names have no stroke. */
const nameWithDriver = ({ driver, name }: ModelEntry): string => `${driver}/${name}`;

type Open = <T extends AsyncDisposable>(name: string, role: ModelRole, maker: Maker<T>) => Promise<T>;

/** One way of opening for each role. */
function openByRole(open: Open): Pick<ModelCatalogue, Extract<keyof ModelCatalogue, `open${string}`>> {
  return {
    openTokenModel: (name) => open<TokenModel>(name, 'token', (driver) => driver.createTokenModel),
    openChatModel: (name) => open<ChatModel>(name, 'chat', (driver) => driver.createChatModel),
    openSoundModel: (name) => open<SoundModel>(name, 'sound', (driver) => driver.createSoundModel),
    openPictureModel: (name) => open<PictureModel>(name, 'picture', (driver) => driver.createPictureModel),
    openPictureEye: (name) => open<PictureEye>(name, 'eye', (driver) => driver.createPictureEye),
    openTextEmbedder: (name) => open<TextEmbedder>(name, 'embedder', (driver) => driver.createTextEmbedder),
    openGapFiller: (name) => open<GapFiller>(name, 'gaps', (driver) => driver.createGapFiller),
  };
}

type Maker<T> = (driver: ModelDriver) => ((folder: string) => Promise<T>) | undefined;

function driverOf({ name, driver }: ModelEntry, drivers: Drivers): ModelDriver {
  const found = drivers[driver];
  if (!found) throw noDriver(name, driver, Object.keys(drivers));
  return found;
}

function rolesOf(entry: Found, drivers: Drivers): readonly ModelRole[] {
  const driver = drivers[entry.driver];
  if (!driver || entry.fault !== undefined) return [];
  if (driver.roles) return driver.roles(entry);
  const makers: Readonly<Record<ModelRole, unknown>> = {
    token: driver.createTokenModel,
    chat: driver.createChatModel,
    picture: driver.createPictureModel,
    sound: driver.createSoundModel,
    eye: driver.createPictureEye,
    embedder: driver.createTextEmbedder,
    gaps: driver.createGapFiller,
  };
  return (Object.keys(makers) as ModelRole[]).filter((role) => makers[role] !== undefined);
}
