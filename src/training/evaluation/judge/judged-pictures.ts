/**
 * The pictures a picture model is judged on:
 *
 *   card (or recipe): how pictures are loaded and parted ─┐
 *   --data ─────────────────────────────────────────────▶ training | kept back ─▶ held out
 *   --held-out, where given ───────────────────────────────────────────────────▶ held out instead
 */
import { z } from 'zod';
import { cancelled } from '../../../core/index.ts';
import { parseCourseOptions } from '../../loop/course-options.ts';
import { LEARNED_SOURCE, type LearnedSource, loadSource } from '../../loop/picture-course.ts';
import type { ModelCard } from '../../model/card.ts';
import {
  allPictures,
  formatContactSheet,
  type PictureSet,
  type Pictures,
  splitPictures,
} from '../../pictures/index.ts';
import { refusal } from '../../refusal.ts';
import { formatWav, melOptions, pictureMel, soundOf } from '../../sound/index.ts';
import type { Name, Report, Section } from '../report/index.ts';
import type { JudgeOptions } from './judgement.ts';

const LEARNING = z.object({
  validationShare: z.number().min(0).max(0.5).default(0.05),
  labels: z.enum(['none', 'category', 'tags']).default('none'),
});

const SAID = z.looseObject({ source: z.looseObject({}) });

/** Pictures the model learned from, and pictures it never saw. */
export interface JudgedPictures {
  readonly source: LearnedSource;
  readonly labels: 'none' | 'category' | 'tags';
  readonly train: PictureSet;
  readonly heldOutSet: PictureSet;
  readonly training: Pictures;
  readonly heldOut: Pictures;
  /** For the head of the report. */
  readonly facts: NonNullable<Report['facts']>;
}

interface Judged {
  readonly card: ModelCard;
  readonly digest: string;
}

/**
 * Loads and parts the pictures of a model. Throws `training/judge-needs`, `training/nothing-held-out`, `training/bad-options`
 * and as the loader of the source.
 */
export async function loadJudgedPictures({ card, digest }: Judged, options: JudgeOptions): Promise<JudgedPictures> {
  const { data, heldOut: elsewhere, signal } = options;
  if (data === undefined) throw needs('--data FOLDER', 'the folder of pictures it learned from', '它所学图片的文件夹');
  options.onStage?.({ en: 'loading pictures', zh: '读取图片' });
  const { source, labels, validationShare } = howToLoad(card, options);
  const set = await loadSource({ ...source, folder: data });
  const { train, validation } = splitPictures(set, { share: validationShare });
  const heldOutSet = elsewhere === undefined ? validation : await loadSource({ ...source, folder: elsewhere });
  if (heldOutSet === undefined) throw nothingHeldOut(data);
  checkStop(signal);
  const known = [card.pictures, z.looseObject({}).safeParse(card.learning).data?.pictures];
  const same = known.includes(train.digest) || known.includes(set.digest);
  return {
    source: { ...source, folder: data },
    labels,
    train,
    heldOutSet,
    training: allPictures(train),
    heldOut: allPictures(heldOutSet),
    facts: [
      { name: { en: 'digest', zh: '摘要' }, value: digest.slice(0, 16) },
      { name: { en: 'training pictures', zh: '训练图片' }, value: String(train.count) },
      { name: { en: 'held out', zh: '留出' }, value: String(heldOutSet.count) },
      { name: { en: 'skipped', zh: '跳过' }, value: String(set.skipped.length) },
      {
        name: { en: 'the pictures it learned from', zh: '即其所学图片' },
        value: same ? 'yes · 是' : 'not known · 无从得知',
      },
    ],
  };
}

/** A sheet of pictures as a part of the report. */
export async function sheet(
  title: Name,
  pictures: Pictures,
  columns: number,
  { scale = 1, note }: { readonly scale?: number; readonly note?: Name } = {},
): Promise<Section> {
  const png = await formatContactSheet(pictures, columns, { scale });
  return { kind: 'pictures', title, ...(note === undefined ? {} : { note }), pictures: [{ caption: '', png }] };
}

/** A name without what follows a colon or stands in brackets, for under a bar. */
export function brief(name: Name): Name {
  const cut = (text: string): string => text.replace(/\s*[:：(（].*$/, '');
  return typeof name === 'string' ? cut(name) : { en: cut(name.en), zh: cut(name.zh) };
}

/** Spectrograms in [−1, 1] as recordings to listen to. */
export function recordings(
  title: Name,
  list: readonly { readonly caption: Name; readonly picture: Float32Array }[],
  source: LearnedSource,
): Section[] {
  if (source.from !== 'sound') return [];
  const sounds = list.map(({ caption, picture }) => {
    const samples = soundOf(pictureMel(picture, source.bands, source), melOptions(source));
    return { caption, wav: formatWav({ samples, rate: source.rate }) };
  });
  return [{ kind: 'sounds', title, sounds }];
}

/** Throws `core/cancelled` when the caller has stopped. */
export function checkStop(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled(signal.reason);
}

/** The error for something that a judge cannot do without. */
export function needs(option: string, en: string, zh: string): Error {
  return refusal(
    'input',
    'training/judge-needs',
    { en: `To judge this model, ${option} is needed: ${en}.`, zh: `评估这个模型需要 ${option}：${zh}。` },
    { en: `Give ${option}; see docs/training.md.`, zh: `请给出 ${option}；见 docs/training.md。` },
  );
}

function howToLoad(card: ModelCard, { recipe, data }: JudgeOptions) {
  const said = recipe ? { ...recipe, source: recipe.pictures } : card.learning;
  if (said === undefined) {
    throw needs('--recipe FILE', 'its card does not say how its pictures are loaded', '它的卡片没有说明图片如何读取');
  }
  const { source, ...learning } = parseCourseOptions(SAID, said);
  const whole = { ...source, folder: data };
  return { source: parseCourseOptions(LEARNED_SOURCE, whole), ...parseCourseOptions(LEARNING, learning) };
}

function nothingHeldOut(folder: string): Error {
  return refusal(
    'input',
    'training/nothing-held-out',
    {
      en: `No picture of '${folder}' was kept back, so nothing shows what the model has learned.`,
      zh: `“${folder}”中没有留出的图片，无法看出模型学到了什么。`,
    },
    { en: 'Name a folder of other pictures: --held-out FOLDER.', zh: '请用 --held-out 指定另一个图片文件夹。' },
  );
}
