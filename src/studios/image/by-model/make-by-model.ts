/**
 * A picture by an engine, with all that a picture of this house has: its request out of the plan, looks on the way, the size that was wished
 * for, what stays of a picture exactly as it was, and a record that says what was asked.
 *
 *   plan ─▶ words in the model's language ┐
 *   picture, mask ─▶ planes ──────────────┼─▶ request ─▶ model, once for each alternative ─▶ layers ─▶ picture, its record, its cost
 *   size ─▶ a size that it can make ──────┘
 */
import type {
  Bilingual,
  InputWork,
  OpContext,
  OpOutput,
  OpResult,
  PictureModel,
  PictureRequest,
  PixelPlanes,
  Plan,
} from '../../../kernel/index.ts';
import { paperOf } from '../composition/index.ts';
import type { Asked, Recipe } from '../metadata/index.ts';
import { BY_MODEL_VERSION, type ByModelOptions } from '../ops/by-model-options.ts';
import { OPEN_RASTER, PICTURE } from '../ops/medium.ts';
import { type Layer, mergedOf, writeOpenRaster } from '../picture/index.ts';
import { createPreviews } from '../previews.ts';
import type { Bitmap } from '../raster/index.ts';
import { bitmapOf, keptOf, planesOf, resized } from '../stickers/index.ts';
import { type AskedWords, askedWords } from './asked-words.ts';
import { type FittedSize, fitSize, type Size } from './fit-size.ts';

/** What shall be painted, and from what. */
export interface ByModelWish {
  readonly plan: Plan;
  readonly picture?: InputWork | undefined;
  /** White where it is made anew. */
  readonly mask?: InputWork | undefined;
  readonly options: ByModelOptions;
  readonly seed: number;
  /** Only the alternative of this place; all when absent. */
  readonly only?: number | undefined;
}

/** What goes to the engine, alike for all alternatives. */
interface Request {
  readonly words: AskedWords;
  readonly fitted: FittedSize;
  readonly settings: Pick<PictureRequest, 'steps' | 'guidance' | 'sampler' | 'strength'>;
  readonly begin?: Beginning | undefined;
  readonly notes: readonly Bilingual[];
}

/** What it begins from. */
interface Beginning {
  readonly own: Bitmap;
  readonly from: PixelPlanes;
  readonly keep?: PixelPlanes | undefined;
  /** The mask at the picture's own size. */
  readonly mask?: Bitmap | undefined;
}

/** Throws what the model throws. */
export async function makeByModel(context: OpContext, model: PictureModel, given: ByModelWish): Promise<OpResult> {
  const { options } = given;
  const { hour, season } = options;
  const plan = { ...given.plan, ...(hour && { hour }), ...(season && { season }) };
  const wish = { ...given, plan };
  const request = await requestOf(model, wish);
  const count = options.count ?? plan.scene?.count ?? 1;
  const works: OpOutput[] = [];
  const sizes: Bilingual[] = [];
  const places = Array.from({ length: count }, (_, place) => place).filter((place) => place === (wish.only ?? place));
  for (const [nth, place] of places.entries()) {
    // Engines take 32 bits; neighbours are alternatives, as is usual with them.
    const seed = (wish.seed + place) % 2 ** 32;
    const planes = await paintOne(context, model, request, { nth, of: places.length, seed });
    const { bitmap, note } = await finished(planes, request);
    if (note) sizes.push(note);
    const notes = [...request.notes, ...(note ? [note] : [])];
    works.push(await workOf(model, bitmap, request, { wish, seed, place, notes }));
  }
  return { works, report: { notes: [...request.notes, ...sizes.slice(0, 1)] } };
}

async function requestOf(model: PictureModel, { plan, picture, mask, options }: ByModelWish): Promise<Request> {
  const words = askedWords(plan, options, model);
  const own = picture && (await mergedOf(picture.bytes));
  const fitted = fitSize(model, wishedSize(plan, options, own, model));
  const { steps, guidance, sampler, strength } = options;
  const settings = definite({ steps, guidance, sampler, ...(own && { strength }) });
  const begin = own && (await beginningOf(model, own, mask && (await mergedOf(mask.bytes)), fitted.asked));
  const notes = [
    ...words.notes,
    ...fitted.notes,
    ...(mask && model.keeps === false ? [UNTOLD] : []),
    ...ignoredNote(model, { ...settings, seed: 0 }),
  ];
  return { words, fitted, settings, begin, notes };
}

/** What was wished for: by the artist, by the picture to begin from, by the brief, or a shape of the size that the model likes. */
function wishedSize(
  { scene }: Plan,
  { size }: ByModelOptions,
  own: Bitmap | undefined,
  model: PictureModel,
): Size | undefined {
  if (size) return size;
  if (own) return [own.width, own.height];
  if (scene?.size) return scene.size;
  if (!scene?.format || !model.size || !(model.sizeStep || model.sizes)) return undefined;
  const paper = paperOf(scene.format);
  const scale = Math.sqrt((model.size[0] * model.size[1]) / (paper.width * paper.height));
  const step = model.sizeStep ?? 1;
  const near = (side: number): number => Math.max(64, Math.round((side * scale) / step) * step);
  return [near(paper.width), near(paper.height)];
}

async function beginningOf(
  model: PictureModel,
  own: Bitmap,
  mask: Bitmap | undefined,
  asked: Size | undefined,
): Promise<Beginning> {
  const [width, height] = asked ?? [own.width, own.height];
  // Brought to the model's shape and back again in the same way, so that every place stays where it is.
  const from = await planesOf(isAlike(own, width / height) ? await resized(own, width, height) : own, width, height);
  const sized = mask && (await resized(mask, own.width, own.height));
  const shaped = sized && isAlike(own, width / height) ? await resized(sized, width, height) : sized;
  const keep = shaped && model.keeps !== false ? await keptOf(shaped, width, height) : undefined;
  return { own, from, keep, mask: sized };
}

async function paintOne(
  context: OpContext,
  model: PictureModel,
  { words, fitted, settings, begin }: Request,
  { nth, of, seed }: { readonly nth: number; readonly of: number; readonly seed: number },
): Promise<PixelPlanes> {
  const previews = createPreviews(context, nth);
  const note = { en: 'painting', zh: '正在作画' };
  const progress = (done: number): void =>
    context.progress({ done: Math.round((100 * (nth + done)) / of), total: 100, note });
  progress(0);
  const made = await model.make({
    seed,
    labels: words.labels,
    without: words.without,
    ...settings,
    ...(fitted.asked && { size: fitted.asked }),
    ...(begin && { from: begin.from }),
    ...(begin?.keep && { keep: begin.keep }),
    signal: context.signal,
    onProgress: (done, look) => {
      progress(done);
      // A look that cannot be shown costs nothing more than itself.
      if (look) previews.show(coloured(look)).catch(() => undefined);
    },
  });
  await previews.settled().catch(() => undefined);
  progress(1);
  return made;
}

/** Opaque pixels of planes of one channel or three. */
function coloured(planes: PixelPlanes): Bitmap {
  if (planes.channels !== 1) return bitmapOf(planes);
  const data = new Float32Array(3 * planes.data.length);
  for (let c = 0; c < 3; c++) data.set(planes.data, c * planes.data.length);
  return bitmapOf({ ...planes, channels: 3, data });
}

/** At the size that was wished for where that is its shape; what was to stay is laid over it at its own resolution. */
async function finished(
  planes: PixelPlanes,
  { fitted: { asked, wanted }, begin }: Request,
): Promise<{ readonly bitmap: Bitmap; readonly note?: Bilingual }> {
  const made = coloured(planes);
  const strange = asked !== undefined && (asked[0] !== made.width || asked[1] !== made.height);
  const keepsShape = wanted && isAlike(made, wanted[0] / wanted[1]);
  const sized = wanted && keepsShape ? await resized(made, wanted[0], wanted[1]) : made;
  const bitmap = begin?.mask ? await laidIn(sized, begin.own, begin.mask) : sized;
  return { bitmap, ...(strange && !(wanted && keepsShape) && { note: otherSize(asked, made) }) };
}

/** Whether a picture has about the shape of a ratio of sides. */
const isAlike = ({ width, height }: Bitmap, ratio: number): boolean => Math.abs(Math.log(width / height / ratio)) < 0.1;

/** The old picture, with what was made in the white of the mask. */
async function laidIn(made: Bitmap, own: Bitmap, mask: Bitmap): Promise<Bitmap> {
  const anew = await resized(made, own.width, own.height);
  const data = new Uint8ClampedArray(own.data);
  for (let i = 0; i < data.length; i += 4) {
    const share = ((mask.data[i]! + mask.data[i + 1]! + mask.data[i + 2]!) / 765) * (mask.data[i + 3]! / 255);
    for (let c = 0; c < 4; c++) data[i + c] = own.data[i + c]! * (1 - share) + anew.data[i + c]! * share;
  }
  return { width: own.width, height: own.height, data };
}

interface Made {
  readonly wish: ByModelWish;
  readonly seed: number;
  readonly place: number;
  readonly notes: readonly Bilingual[];
}

async function workOf(model: PictureModel, bitmap: Bitmap, request: Request, made: Made): Promise<OpOutput> {
  const { wish, seed, place, notes } = made;
  const { width, height } = bitmap;
  const { identity, price } = model;
  const asked = askedOf(model, request, seed, wish);
  const recipe: Recipe = {
    op: 'image/paint-by-model',
    version: BY_MODEL_VERSION,
    seed: wish.seed,
    place,
    options: definite({ ...wish.options }),
    title: titleOf(wish),
    plan: wish.plan,
    asked,
  };
  const layers: Layer[] = [...before(request.begin, bitmap), layer('picture', PAINTED, bitmap, true)];
  const bytes = await writeOpenRaster({ width, height, layers, about: { made: recipe } });
  const nearest = model.nearest?.(await planesOf(bitmap, ...(model.size ?? [width, height])));
  const measures = {
    painter: identity.name,
    engine: identity.engine,
    repeatable: identity.reproducible,
    asked,
    notes,
    ...(price && { cost: price }),
    ...(nearest && { nearest: { ...nearest, copy: nearest.distance < nearest.suspect } }),
  };
  return { medium: PICTURE, title: recipe.title!, bytes, mime: OPEN_RASTER, measures };
}

const PAINTED: Bilingual = { en: 'picture', zh: '画' };
const BEGUN_FROM: Bilingual = { en: 'begun from', zh: '起点' };

const layer = (id: string, names: Bilingual, bitmap: Bitmap, visible: boolean): Layer => ({
  id,
  names,
  bitmap,
  x: 0,
  y: 0,
  visible,
});

/** What it began from stays in the file, out of sight, where it fits. */
function before(begin: Beginning | undefined, { width, height }: Bitmap): Layer[] {
  const fits = begin && begin.own.width === width && begin.own.height === height;
  return fits ? [layer('before', BEGUN_FROM, begin.own, false)] : [];
}

function askedOf(
  { identity }: PictureModel,
  { words, fitted, settings }: Request,
  seed: number,
  { picture, mask, options }: ByModelWish,
): Asked {
  return {
    prompt: lineOf(words.labels),
    negative: lineOf(words.without),
    seed,
    model: options.model,
    engine: identity.engine,
    ...definite({ ...settings, size: fitted.asked && ([...fitted.asked] as [number, number]) }),
    ...(picture && { picture: picture.work.id }),
    ...(mask && { mask: mask.work.id }),
  } as Asked;
}

/** Labels as prompts are written. */
const lineOf = (labels: AskedWords['labels']): string =>
  labels.reduce((line, { label, weight, joined }) => {
    const said = weight === 1 ? label : `(${label}:${Number(weight.toFixed(2))})`;
    return line === '' ? said : `${line}${joined ? ' ' : ', '}${said}`;
  }, '');

function titleOf({ plan, picture }: ByModelWish): string {
  // Themes are kept in Chinese; who wrote in English finds the own words again.
  const named = plan.title ?? (plan.language === 'zh' ? plan.themes[0]?.word : undefined);
  return named || [...plan.brief.trim()].slice(0, 40).join('') || picture?.work.title || '—';
}

const UNTOLD: Bilingual = {
  en: 'The model cannot be told what stays: it made the whole anew, and only the masked part was taken of it.',
  zh: '该模型无法指定保留之处：它重画了整幅，只取用蒙版之内的部分。',
};

function ignoredNote({ ignores = [] }: PictureModel, settings: object): Bilingual[] {
  const passed = ignores.filter((name) => name in settings);
  if (passed.length === 0) return [];
  const names = passed.map((name) => SETTINGS[name]);
  return [
    {
      en: `The model takes no ${names.map(({ en }) => en).join(', ')}: left out.`,
      zh: `该模型不接受${names.map(({ zh }) => zh).join('、')}，未采用。`,
    },
  ];
}

const SETTINGS = {
  seed: { en: 'seed', zh: '种子' },
  steps: { en: 'steps', zh: '步数' },
  guidance: { en: 'guidance', zh: '引导强度' },
  sampler: { en: 'sampler', zh: '采样方法' },
  strength: { en: 'strength', zh: '改变幅度' },
} as const;

const otherSize = ([width, height]: Size, made: Bitmap): Bilingual => ({
  en: `${width} × ${height} was asked for; the engine made ${made.width} × ${made.height}.`,
  zh: `请求的是 ${width} × ${height}，引擎给出了 ${made.width} × ${made.height}。`,
});

function definite<T extends object>(parts: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}
