/**
 * The models at hand: every folder with a `card.json` under the given roots, named after the folder. Where two roots hold the
 * same name, the earlier root wins. A model is opened when it is first asked for and stays open until the catalogue ends; when
 * its files have changed since (`train --replace`, also by another process) it is opened anew. What was open before may still
 * be writing, and is closed at the end with the others.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsError } from '../core/index.ts';
import type {
  ModelCatalogue,
  ModelEntry,
  ModelIdentity,
  PictureModel,
  SoundModel,
  TokenModel,
} from '../kernel/index.ts';

/** Opens model folders: one runtime's door. */
export interface ModelDriver {
  /** The identity alone, without the cost of loading. */
  identify(folder: string): Promise<ModelIdentity>;
  createTokenModel(folder: string): Promise<TokenModel>;
  /** Absent: a runtime without sound. */
  createSoundModel?(folder: string): Promise<SoundModel>;
  /** Absent: a runtime without pictures. */
  createPictureModel?(folder: string): Promise<PictureModel>;
}

/** Weights are held in 8 bits: three times as fast as fp32, for about a thousandth of a nat (bench/results/decoding.json). */
const ARITHMETIC = { arithmetic: 'I8' } as const;

/** The driver of our own models, loaded when first needed: its runtime is big. */
export const houseDriver: ModelDriver = {
  identify: async (folder) => {
    const house = await import('../drivers/house/index.ts');
    if (house.isSoundFolder(folder)) return house.identifySoundModel(folder);
    if (house.isPictureFolder(folder)) return house.identifyPictureModel(folder);
    return house.identifyHouseModel(folder, ARITHMETIC);
  },
  createTokenModel: async (folder) =>
    (await import('../drivers/house/index.ts')).createHouseTokenModel(folder, ARITHMETIC),
  createSoundModel: async (folder) => (await import('../drivers/house/index.ts')).createHouseSoundModel(folder),
  createPictureModel: async (folder) => (await import('../drivers/house/index.ts')).createHousePictureModel(folder),
};

/**
 * Creates the catalogue; roots that do not exist are empty. `off`: the folder that holds an empty file for every model that is
 * switched off. Throws `host/model-missing`, `host/model-off` where a model is asked for by name.
 */
export function createModelCatalogue(roots: readonly string[], driver: ModelDriver, off?: string): ModelCatalogue {
  const identities = new Map<string, Kept<ModelIdentity>>();
  const opened = new Map<string, Kept<TokenModel>>();
  const sounding = new Map<string, Kept<SoundModel>>();
  const painting = new Map<string, Kept<PictureModel>>();
  const replaced: Promise<AsyncDisposable>[] = [];
  const list = async (): Promise<ModelEntry[]> => {
    const found = new Map<string, ModelEntry>();
    const idle = new Set(off === undefined ? [] : await readdir(off).catch(() => []));
    for (const root of roots) {
      for (const entry of await listRoot(root)) {
        if (!found.has(entry.name)) found.set(entry.name, { ...entry, enabled: !idle.has(entry.name) });
      }
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const get = async (name: string): Promise<ModelEntry> => {
    const entries = await list();
    const entry = entries.find((one) => one.name === name);
    if (entry?.enabled === false) throw modelOff(name);
    if (entry) return entry;
    throw modelMissing(
      name,
      entries.map((one) => one.name),
    );
  };
  const open = async <T extends AsyncDisposable>(
    kept: Map<string, Kept<T>>,
    name: string,
    create: (folder: string) => Promise<T>,
  ): Promise<T> => {
    const { promise, before } = await keep(kept, await get(name), create);
    if (before) replaced.push(before);
    return promise;
  };
  return {
    list,
    get,
    find: async (name) => (await list()).find((entry) => entry.name === name && entry.enabled),
    setEnabled: async (name, enabled) => {
      const entries = await list();
      const entry = entries.find((one) => one.name === name);
      if (!entry || off === undefined) {
        throw modelMissing(
          name,
          entries.map((one) => one.name),
        );
      }
      await mkdir(off, { recursive: true });
      if (enabled) await rm(join(off, entry.name), { force: true });
      else await writeFile(join(off, entry.name), '');
    },
    identify: async (name) => (await keep(identities, await get(name), driver.identify)).promise,
    openTokenModel: (name) => open(opened, name, driver.createTokenModel),
    openSoundModel: (name) => open(sounding, name, driver.createSoundModel ?? noSound),
    openPictureModel: (name) => open(painting, name, driver.createPictureModel ?? noPictures),
    [Symbol.asyncDispose]: async () => {
      const all = [...opened.values(), ...sounding.values(), ...painting.values()];
      const models = [...replaced.splice(0), ...all.map(({ promise }) => promise)];
      for (const kept of [opened, sounding, painting]) kept.clear();
      for (const model of await Promise.allSettled(models)) {
        if (model.status === 'fulfilled') await model.value[Symbol.asyncDispose]();
      }
    },
  };
}

async function listRoot(root: string): Promise<ModelEntry[]> {
  const names = await readdir(root).catch(() => []);
  const entries = await Promise.all(names.map((name) => readEntry(name, join(root, name))));
  return entries.filter((entry) => entry !== undefined);
}

async function readEntry(name: string, folder: string): Promise<ModelEntry | undefined> {
  const text = await readFile(join(folder, 'card.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return { name, folder, enabled: true, card: JSON.parse(text) as ModelEntry['card'] };
  } catch (thrown) {
    // Shown in the list, refused by the driver when somebody wants to use it.
    return { name, folder, enabled: true, card: {}, fault: `card.json: ${(thrown as Error).message}` };
  }
}

/** Something of a model, and of which state of its files. */
interface Kept<T> {
  readonly stamp: string;
  readonly promise: Promise<T>;
}

/**
 * Starts once for each state of a model's files; a failure may be tried again. `before`: what this start takes the place of.
 */
async function keep<T>(
  kept: Map<string, Kept<T>>,
  { name, folder }: ModelEntry,
  start: (folder: string) => Promise<T>,
): Promise<{ readonly promise: Promise<T>; readonly before?: Promise<T> }> {
  const stamp = await stampOf(folder);
  const known = kept.get(name);
  if (known?.stamp === stamp) return { promise: known.promise };
  const promise = start(folder);
  kept.set(name, { stamp, promise });
  promise.catch(() => {
    if (kept.get(name)?.promise === promise) kept.delete(name);
  });
  return known ? { promise, before: known.promise } : { promise };
}

/** Which files a folder holds, each with its place on the disk, size and time: cheap, and different after a replacement. */
async function stampOf(folder: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name), { bigint: true }).catch(() => undefined);
      return found ? `${name} ${found.ino} ${found.size} ${found.mtimeNs}` : name;
    }),
  );
  return `${folder}\n${files.join('\n')}`;
}

async function noSound(folder: string): Promise<SoundModel> {
  throw new OsError({
    kind: 'unavailable',
    code: 'host/no-sound-model',
    message: `The runtime of '${folder}' makes no sound.`,
    hint: 'Use the runtime of the house.',
    zh: { message: `“${folder}”所用的运行环境不能生成声音。`, hint: '请使用自带的运行环境。' },
  });
}

async function noPictures(folder: string): Promise<PictureModel> {
  throw new OsError({
    kind: 'unavailable',
    code: 'host/no-picture-model',
    message: `The runtime of '${folder}' makes no pictures.`,
    hint: 'Use the runtime of the house.',
    zh: { message: `“${folder}”所用的运行环境不能生成图片。`, hint: '请使用自带的运行环境。' },
  });
}

function modelOff(name: string): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/model-off',
    message: `The model '${name}' is switched off.`,
    hint: 'Switch it on on the page of models, or choose another.',
    zh: { message: `模型“${name}”已被关闭。`, hint: '请在“模型”页打开它，或选用别的模型。' },
  });
}

function modelMissing(name: string, known: readonly string[]): OsError {
  const en = known.length > 0 ? `Models at hand: ${known.join(', ')}.` : 'No model is at hand.';
  const zh = known.length > 0 ? `现有模型：${known.join('、')}。` : '目前没有任何模型。';
  return new OsError({
    kind: 'unavailable',
    code: 'host/model-missing',
    message: `There is no model '${name}'.`,
    hint: `${en} Put its folder into models/ of the project or of the home folder.`,
    zh: { message: `没有模型“${name}”。`, hint: `${zh}请把它的文件夹放进项目或主文件夹的 models/ 中。` },
  });
}
