/**
 * `txt2img` and `img2img`. Each picture of a batch has a seed of its own, one after the other, so that any of them can be made
 * again alone.
 *
 *   txt2img   prompt ─▶ plan ─▶ painter                                     `stickers`: the network makes it of the words
 *   img2img   prompt ─▶ a painting, whose manner the init image takes by denoising_strength; within the mask where there is one
 *             mask and inpainting_fill 0 ─▶ what is masked is filled from the rest of the picture
 */
import { randomInt, randomUUID } from 'node:crypto';
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';
import { pictureTexts } from '../../../studios/image/index.ts';
import { bringPicture } from '../bring-picture.ts';
import type { NamedModel } from '../openai/index.ts';
import { paintWords } from '../paint-words.ts';
import { type Listener, type Made, runJob } from '../run-job.ts';
import { findCheckpoint, hashOf, painterOf } from './checkpoints.ts';
import type { PaintDesk } from './desk.ts';
import { bytesOf } from './failure.ts';
import { invertMask } from './invert-mask.ts';
import type { ImageToImage, TextToImage } from './schemas.ts';

/** What a request needs besides its body. */
export interface PaintContext {
  readonly os: Os;
  readonly desk: PaintDesk;
  /** The checkpoint that was chosen in the options. */
  readonly checkpoint: string;
  readonly signal: AbortSignal;
}

export async function textToImage(context: PaintContext, given: TextToImage): Promise<object> {
  const { os } = context;
  const model = await modelOf(context, given);
  return paintBatch(context, given, model, async (seed, listener) => paintOne(os, given, model, seed, listener));
}

export async function imageToImage(context: PaintContext, given: ImageToImage): Promise<object> {
  const { os } = context;
  const model = await modelOf(context, given);
  return paintBatch(context, given, model, async (seed, listener) => {
    const init = bytesOf(given.init_images[0]!, 'init_images.0');
    const picture = await bringPicture(os, { bytes: init, name: 'init.png' }, listener);
    const mask = given.mask === undefined ? undefined : await bringMask(os, given, listener);
    return changeOne(os, given, { model, picture, mask, seed }, listener);
  });
}

/** A painter named as sampler, else the checkpoint of this request, else the one chosen before. */
async function modelOf({ os, checkpoint }: PaintContext, given: TextToImage): Promise<NamedModel> {
  const wanted = given.override_settings?.sd_model_checkpoint;
  if (typeof wanted === 'string') return findCheckpoint(os, wanted);
  return (await painterOf(os, given.sampler_name ?? given.sampler_index)) ?? findCheckpoint(os, checkpoint);
}

const sizeOf = ({ width = 512, height = 512 }: TextToImage): readonly [number, number] => [width, height];

function paintOne(os: Os, given: TextToImage, model: NamedModel, seed: number, listener: Listener): Promise<Made> {
  const { prompt, negative_prompt: negative } = given;
  const size = sizeOf(given);
  if (model.kind === 'stickers') {
    return runJob(os, { op: 'image/sticker', options: stickerOptions(given, model), seed }, listener);
  }
  const painter = model.kind === 'painter' ? model.id : 'line';
  return paintWords(os, { typed: prompt, negative, seed, options: { painter, size, count: 1 } }, listener);
}

function stickerOptions(given: TextToImage, { entry }: NamedModel): object {
  const { prompt: words, negative_prompt: without, steps, cfg_scale: guidance } = given;
  return {
    words,
    without,
    model: entry!.name,
    size: Math.min(1024, Math.max(...sizeOf(given))),
    ...(steps !== undefined && { steps: Math.min(100, Math.max(2, steps)) }),
    ...(guidance !== undefined && { guidance: Math.min(12, Math.max(0, guidance)) }),
  };
}

interface Change {
  readonly model: NamedModel;
  readonly picture: Work;
  readonly mask: Work | undefined;
  readonly seed: number;
}

async function changeOne(os: Os, given: ImageToImage, change: Change, listener: Listener): Promise<Made> {
  const { model, picture, mask, seed } = change;
  const { denoising_strength: strength = 0.75, inpainting_fill: fill = 0 } = given;
  const masks = mask === undefined ? [] : [mask.id];
  const longest = Math.min(2048, Math.max(...sizeOf(given)));
  const make = (op: string, inputs: readonly string[], options: object): Promise<Made> =>
    runJob(os, { op, inputs, options, seed }, listener);
  if (model.kind === 'stickers') {
    return make('image/sticker', [picture.id, ...masks], { ...stickerOptions(given, model), strength });
  }
  if (mask !== undefined && fill === 0) return make('image/inpaint', [picture.id, mask.id], {});
  if (model.kind === 'sketch') {
    return make('image/paint-sketch', [picture.id], { longest, model: model.entry!.name });
  }
  const manner = await paintOne(os, given, model, seed, listener);
  return make('image/restyle', [picture.id, manner.works[0]!.id, ...masks], { strength, longest });
}

async function bringMask(os: Os, given: ImageToImage, listener: Listener): Promise<Work> {
  const mask = await bringPicture(os, { bytes: bytesOf(given.mask!, 'mask'), name: 'mask.png' }, listener);
  return given.inpainting_mask_invert === 1 ? invertMask(os, mask, listener) : mask;
}

/** Paints `n_iter` × `batch_size` pictures and says how, in the shape of their server. */
async function paintBatch(
  { os, desk, signal }: PaintContext,
  given: TextToImage,
  model: NamedModel,
  paint: (seed: number, listener: Listener) => Promise<Made>,
): Promise<object> {
  const first = given.seed === undefined || given.seed < 0 ? randomInt(2 ** 32) : given.seed;
  const count = (given.batch_size ?? 1) * (given.n_iter ?? 1);
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  const works = await desk.run({ job: randomUUID(), pictures: count, signal }, async (listener, next) => {
    const made: string[] = [];
    for (const seed of seeds) {
      made.push((await paint(seed, listener)).works[0]!.id);
      next();
    }
    return made;
  });
  const files = await Promise.all(works.map(async (id) => (await os.export(id, 'png')).bytes));
  const texts = await Promise.all(files.map((bytes) => infotextOf(bytes, given)));
  return {
    images: given.send_images === false ? [] : files.map((bytes) => Buffer.from(bytes).toString('base64')),
    parameters: { ...given, init_images: undefined, mask: undefined },
    info: JSON.stringify(infoOf(given, model, { seeds, texts, works })),
  };
}

/** What the file says of its making; of a picture that was changed, with the words of the request, which the file does not have. */
async function infotextOf(bytes: Uint8Array, given: TextToImage): Promise<string> {
  const { parameters = '' } = await pictureTexts(bytes);
  if (!parameters.startsWith('\n')) return parameters;
  const { prompt, negative_prompt: negative } = given;
  const { denoising_strength: strength } = given as Partial<ImageToImage>;
  const words = negative === '' ? prompt : `${prompt}\nNegative prompt: ${negative}`;
  return `${words}${parameters}${strength === undefined ? '' : `, Denoising strength: ${strength}`}`;
}

function infoOf(
  given: TextToImage,
  { id }: NamedModel,
  {
    seeds,
    texts,
    works,
  }: { readonly seeds: readonly number[]; readonly texts: readonly string[]; readonly works: readonly string[] },
): object {
  const [width, height] = sizeOf(given);
  const same = <Value>(value: Value): Value[] => seeds.map(() => value);
  return {
    prompt: given.prompt,
    all_prompts: same(given.prompt),
    negative_prompt: given.negative_prompt,
    all_negative_prompts: same(given.negative_prompt),
    seed: seeds[0],
    all_seeds: seeds,
    subseed: -1,
    all_subseeds: same(-1),
    subseed_strength: 0,
    width,
    height,
    sampler_name: given.sampler_name ?? id,
    cfg_scale: given.cfg_scale ?? 0,
    steps: given.steps ?? 0,
    batch_size: given.batch_size ?? 1,
    restore_faces: false,
    face_restoration_model: null,
    sd_model_name: id,
    sd_model_hash: hashOf(id),
    sd_vae_name: null,
    sd_vae_hash: null,
    seed_resize_from_w: -1,
    seed_resize_from_h: -1,
    denoising_strength: (given as Partial<ImageToImage>).denoising_strength ?? null,
    extra_generation_params: {},
    index_of_first_image: 0,
    infotexts: texts,
    styles: [],
    job_timestamp: '0',
    clip_skip: 1,
    is_using_inpainting_conditioning: false,
    version: 'LLMAgentOS',
    llmagentos: { works },
  };
}
