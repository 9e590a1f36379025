/** The driver of our own models, loaded when first needed: its runtime is big. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelDriver, ModelRole, Recognised } from '../../kernel/index.ts';

/** Weights are held in 8 bits: three times as fast as fp32, for about a thousandth of a nat (bench/results/decoding.json). */
const ARITHMETIC = { arithmetic: 'I8' } as const;

export const houseDriver: ModelDriver = {
  recognise: async (source) => (source.kind === 'folder' ? recogniseFolder(source) : undefined),
  roles: ({ folder }) => rolesOf(folder),
  memory: async (folder) => memoryOf(folder),
  identify: async (folder) => {
    const house = await import('../../drivers/house/index.ts');
    if (house.isSoundFolder(folder)) return house.identifySoundModel(folder);
    if (house.isPictureFolder(folder)) return house.identifyPictureModel(folder);
    if (house.isWordFolder(folder)) return house.identifyWordVectors(folder);
    return house.identifyHouseModel(folder, ARITHMETIC);
  },
  createTokenModel: async (folder) =>
    (await import('../../drivers/house/index.ts')).createHouseTokenModel(folder, ARITHMETIC),
  createSoundModel: async (folder) => (await import('../../drivers/house/index.ts')).createHouseSoundModel(folder),
  createPictureModel: async (folder) => (await import('../../drivers/house/index.ts')).createHousePictureModel(folder),
};

/** A folder of ours has a card; what it lacks besides is said by whoever opens it. */
function recogniseFolder({
  path,
  files,
}: {
  readonly path: string;
  readonly files: readonly string[];
}): Recognised | undefined {
  if (!files.includes('card.json') || rolesOf(path).length === 0) return undefined;
  const { driver, ...card } = JSON.parse(readFileSync(join(path, 'card.json'), 'utf8'));
  return driver === undefined || driver === 'house' ? { card, whole: true } : undefined;
}

/**
 * Bytes of memory, rather too many than too few: opening what ships took 8 to 11 times the weights (verse-zh, 24 MiB: 214 MiB;
 * prose, 13 MiB: 158; tunes, 8 MiB: 91; textures and ink, 5 MiB: 39).
 */
function memoryOf(folder: string): number {
  const weights = readdirSync(folder).filter((file) => file.endsWith('.safetensors'));
  return 2 ** 25 + 10 * weights.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/** Told from the files, without loading the runtime. Word vectors have no role: they are read, not opened. */
function rolesOf(folder: string): readonly ModelRole[] {
  if (existsSync(join(folder, 'sound.json'))) return ['sound'];
  if (existsSync(join(folder, 'tokenizer.json'))) return ['token'];
  return existsSync(join(folder, 'config.json')) && /"kind"|diffusion/.test(configOf(folder)) ? ['picture'] : [];
}

function configOf(folder: string): string {
  return readFileSync(join(folder, 'config.json'), 'utf8');
}
