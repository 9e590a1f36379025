/**
 * Serves a folder of our own spectrogram diffusion through the kernel's port to sound models:
 *
 *   labels, noise ─▶ diffusion ─▶ mel spectrogram ─ vocoder/ ─▶ magnitudes ─ phases ─▶ sound
 *
 * The folder is that of a diffusion model, with `sound.json`, which says what its pictures are of, and the vocoder.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashJson } from '../../core/index.ts';
import { checkSoundLength } from '../../kernel/index.ts';
import type { SoundModel, SoundRequest } from '../../kernel/ports/sound-model.ts';
import type { ModelIdentity } from '../../kernel/ports/token-model.ts';
import { diffusion, sound } from '../../training/index.ts';

const [SOUND, VOCODER] = ['sound.json', 'vocoder'];
const ROUNDS = 40;

/** Whether a folder holds a sound model. */
export function isSoundFolder(folder: string): boolean {
  return existsSync(join(folder, SOUND));
}

/** Without making the network ready. Throws as `createHouseSoundModel`. */
export async function identifySoundModel(folder: string): Promise<ModelIdentity> {
  const [{ card, digest }, vocoder, source] = await Promise.all([
    diffusion.loadDiffusionFolder(folder),
    loadVocoder(folder),
    readFile(join(folder, SOUND), 'utf8'),
  ]);
  return identity(card, [digest, vocoder?.digest ?? '', source]);
}

/** Loads a folder; throws the `training/…` error of a broken or missing file. */
export async function createHouseSoundModel(
  folder: string,
  options: { readonly threads?: number } = {},
): Promise<SoundModel> {
  const text = await readFile(join(folder, SOUND), 'utf8');
  const source = sound.parseSoundSource(text, join(folder, SOUND));
  const model = await diffusion.createDiffusionModel(folder, { batch: 1, ...options });
  const stored = await loadVocoder(folder);
  const inverse = stored && (await sound.createMelInverse(stored.config, stored.parameters, options));
  const multiple = diffusion.widthStep(model.config);
  const make = async (request: SoundRequest): Promise<Float32Array> => {
    const { seed, length, steps = 30 } = request;
    checkSoundLength({ name: model.card.name, step: multiple * source.hop }, length);
    const made = await model.sample({ ...asked(request, source), steps, width: length / source.hop });
    const mel = sound.pictureMel(made.data, source.bands, source);
    const likely = await inverse?.powers(made.data);
    return sound.soundOf(mel, sound.melOptions(source), { rounds: ROUNDS, seed, ...(likely && { likely }) });
  };
  return {
    identity: identity(model.card, [model.digest, stored?.digest ?? '', text]),
    rate: source.rate,
    labels: model.config.labels,
    step: multiple * source.hop,
    loop: source.frames * source.hop,
    make,
    [Symbol.asyncDispose]: async () => {
      await model[Symbol.asyncDispose]();
      await inverse?.[Symbol.asyncDispose]();
    },
  };
}

function asked(
  { labels, seed, guidance = 2, from, signal, onProgress, length }: SoundRequest,
  source: sound.SoundSource,
) {
  const own = { ...source, frames: length / source.hop };
  return {
    count: 1,
    seed,
    guidance,
    labels: [labels],
    ...(from && { start: { data: sound.spectrogramOf(from.samples, own), strength: from.strength } }),
    ...(signal && { signal }),
    ...(onProgress && { onPreview: ({ done }: { readonly done: number }) => onProgress(done) }),
  };
}

async function loadVocoder(folder: string) {
  return existsSync(join(folder, VOCODER)) ? sound.loadMelInverse(join(folder, VOCODER)) : undefined;
}

function identity(card: { readonly name: string; readonly licence: string }, parts: readonly string[]): ModelIdentity {
  const { name, licence } = card;
  return { name, digest: hashJson(parts as string[]), engine: 'house/onnxruntime', licence, reproducible: true };
}
