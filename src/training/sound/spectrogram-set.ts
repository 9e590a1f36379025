/** A folder of WAV files as a set of mel spectrograms to learn from: pictures of one channel, a quarter decibel a step. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { createPictureSet, type PictureSet } from '../pictures/index.ts';
import { refusal } from '../refusal.ts';
import { type MelOptions, melPicture, melSpectrogram } from './mel.ts';
import { parseWav } from './wav.ts';

/** Where sound comes from and how it is looked at, as plain data in a recipe. */
export const SOUND_SOURCE = z.object({
  from: z.literal('sound'),
  folder: z.string().min(1),
  rate: z.int().positive(),
  /** Samples of a frame, a power of two, and from frame to frame. */
  size: z.union([z.literal(256), z.literal(512), z.literal(1024), z.literal(2048)]),
  hop: z.int().positive(),
  bands: z.int().positive().max(256),
  /** Frames of every recording: longer ones are cut, shorter ones end in silence. */
  frames: z.int().positive().max(4096),
  scale: z.enum(['slaney', 'htk']).default('slaney'),
  /** Decibels of white, and how far below it black lies. */
  ceiling: z.number().default(30),
  range: z.number().positive().default(80),
  /** Recordings go round: a frame sees across the ends, and a recording is frames · hop samples. */
  loop: z.boolean().optional(),
});
export type SoundSource = z.infer<typeof SOUND_SOURCE>;

/** Reads what a model's pictures are of, a source without its folder. Throws zod's error on another file. */
export function parseSoundSource(json: string, source: string): SoundSource {
  return SOUND_SOURCE.parse({ folder: source, ...(parseJson(json, source) as object) });
}

/** Where the bands of a source lie. */
export function melOptions({ rate, size, hop, bands, scale, loop }: SoundSource): MelOptions {
  return { rate, size, hop, bands, scale, loop };
}

/** A recording as a picture (bands, frames) in [−1, 1]. */
export function spectrogramOf(samples: Float32Array, source: SoundSource): Float32Array {
  const whole = new Float32Array((source.loop ? source.frames : source.frames - 1) * source.hop);
  whole.set(samples.subarray(0, whole.length));
  return melPicture(melSpectrogram(whole, melOptions(source)), source);
}

/**
 * Loads every .wav of a folder; the key is the file's name, its category what stands before the first `-`. A name such as
 * `+big-drum+dense-0001.wav` says its tags, the first of which is its category. Throws
 * `training/pictures-missing`, `training/no-pictures`, `training/bad-sound`, and refuses another sampling rate.
 */
export async function loadSpectrograms(source: SoundSource): Promise<PictureSet> {
  const size = { width: source.frames, height: source.bands, channels: 1 } as const;
  const files = (await list(source.folder)).filter((file) => file.endsWith('.wav')).sort();
  const entries = [];
  for (const file of files) {
    const { samples, rate } = parseWav(await readFile(join(source.folder, file)), file);
    if (rate !== source.rate) throw otherRate(file, rate, source.rate);
    const bytes = Uint8Array.from(spectrogramOf(samples, source), (value) => Math.round((value + 1) * 127.5));
    const name = file.slice(0, -4);
    const tags = tagsOf(name);
    const label = { name, tags, category: tags[0] ?? name.split('-')[0]!, source: file, key: name };
    entries.push({ label, bytes });
  }
  return createPictureSet(entries, size, { source: source.folder });
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch((cause: unknown) => {
    throw refusal(
      'missing',
      'training/pictures-missing',
      { en: `There is no folder '${folder}'.`, zh: `没有文件夹“${folder}”。` },
      { en: 'Name a folder of WAV files.', zh: '请指定存放 WAV 文件的文件夹。' },
      cause,
    );
  });
}

function otherRate(file: string, found: number, wanted: number): Error {
  return refusal(
    'input',
    'training/bad-sound',
    {
      en: `'${file}' has ${found} samples per second, not ${wanted}.`,
      zh: `“${file}”的采样率为 ${found}，而不是 ${wanted}。`,
    },
    { en: 'Convert all recordings to one sampling rate.', zh: '请把所有录音转换为同一采样率。' },
  );
}

/** The tags that a file's name says; none unless it begins with one. */
export function tagsOf(name: string): string[] {
  return name.startsWith('+') ? name.slice(1, name.lastIndexOf('-')).split('+') : [];
}
