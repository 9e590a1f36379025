/**
 * Serves a diffusion model that makes pictures of words: of any words where it listens to words, of its labels otherwise;
 * from noise, or from a picture, all of it or a part.
 */
import { OsError } from '../../../core/index.ts';
import type {
  NearestSeen,
  PictureModel,
  PictureRequest,
  PixelPlanes,
  WeightedLabel,
} from '../../../kernel/ports/picture-model.ts';
import type { ModelIdentity } from '../../../kernel/ports/token-model.ts';
import { diffusion } from '../../../training/index.ts';
import { houseIdentity } from './identity.ts';

const STEPS = 20;
const GUIDANCE = 3;
const STRENGTH = 0.6;

type Model = diffusion.DiffusionModel;
type Size = readonly [width: number, height: number];

/** Without making the network ready. Throws as `createWordsModel`. */
export async function identifyWordsModel(folder: string): Promise<ModelIdentity> {
  const { card, digest } = await diffusion.loadDiffusionFolder(folder);
  return houseIdentity(card, digest);
}

/** Loads a folder; throws the `training/…` error of a broken or missing file. */
export async function createWordsModel(
  folder: string,
  options: { readonly threads?: number } = {},
): Promise<PictureModel> {
  const model = await diffusion.createDiffusionModel(folder, options);
  const { config, card, digest, words } = model;
  const size = sizeOf(model);
  const seen = diffusion.loadSeen(folder);
  return {
    identity: houseIdentity(card, digest),
    source: 'words',
    channels: 3,
    scale: 1,
    size,
    labels: config.labels,
    ...(words ? { open: true, strange: (text: string) => diffusion.strangeWords(words, text) } : {}),
    styles: config.words?.styles ?? [],
    ...(seen ? { nearest: (picture: PixelPlanes): NearestSeen => seen.nearest(picture) } : {}),
    make: (request) => make(model, size, request),
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

function sizeOf({ pictures: { width, height } }: Model): Size {
  return [width, height];
}

async function make(model: Model, size: Size, request: PictureRequest): Promise<PixelPlanes> {
  const { seed, from, strength = STRENGTH, keep, signal, onProgress } = request;
  if (from) checkSize(from, size);
  if (keep) checkSize(keep, size);
  const made = await model.sample({
    count: 1,
    seed,
    ...askedOf(model, request),
    steps: request.steps ?? STEPS,
    guidance: request.guidance ?? GUIDANCE,
    start: from && { data: from.data, strength: keep ? 1 : strength },
    keep: keep?.data.map((value) => (value > 0 ? 1 : 0)),
    signal,
    onPreview: onProgress && (({ done, pictures }) => onProgress(done, pictures)),
  });
  return from && keep ? laidOver(made, from, keep) : made;
}

/** Words as prompts, or labels as lists. */
function askedOf(model: Model, { labels = [], without = [], style, between }: PictureRequest) {
  if (!model.config.words) {
    const plain = (all: readonly WeightedLabel[]): string[] => all.map(({ label }) => label);
    return { labels: [plain(labels)], without: { labels: plain(without) } };
  }
  const texts = (all: readonly WeightedLabel[]) => all.map(({ label, weight }) => ({ text: label, weight }));
  const way = between && { words: texts(between.labels), share: between.share };
  return {
    prompts: [{ words: texts(labels), style, between: way }],
    without: { prompt: { words: texts(without) } },
  };
}

/** What is kept, as it was to the pixel. */
function laidOver(made: PixelPlanes, from: PixelPlanes, keep: PixelPlanes): PixelPlanes {
  const area = made.width * made.height;
  return { ...made, data: made.data.map((value, i) => (keep.data[i % area]! > 0 ? from.data[i]! : value)) };
}

function checkSize({ width, height }: PixelPlanes, [wanted, high]: Size): void {
  if (width === wanted && height === high) return;
  throw new OsError({
    kind: 'input',
    code: 'house/picture-size',
    message: `This model takes pictures of ${wanted}×${high}, not ${width}×${height}.`,
    hint: 'Bring the picture to that size first.',
    zh: {
      message: `该模型只接受 ${wanted}×${high} 的图片，而不是 ${width}×${height}。`,
      hint: '请先把图片缩放到该尺寸。',
    },
  });
}
