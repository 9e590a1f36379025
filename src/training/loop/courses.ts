/** The kinds of network that can be trained from a recipe. Each is loaded when it is asked for. */
import { refusal } from '../refusal.ts';
import type { CreateCourse, PlannedCourse } from './course.ts';
import type { TrainingHooks, TrainingResult } from './events.ts';
import { runCourse } from './run-course.ts';

/** What to train: the kind (default `gpt`) and the options of its `createCourse`. */
export interface Recipe {
  readonly kind?: string;
  readonly [option: string]: unknown;
}

const COURSES: Readonly<Record<string, () => Promise<{ readonly createCourse: CreateCourse }>>> = {
  diffusion: () => import('../diffusion/index.ts'),
  encoder: () => import('../encoder/index.ts').then(({ createEncoderCourse: createCourse }) => ({ createCourse })),
  enlarger: () => import('../enlarge/index.ts').then(({ createEnlargerCourse: createCourse }) => ({ createCourse })),
  gan: () => import('../gan/index.ts').then(({ createGanCourse: createCourse }) => ({ createCourse })),
  gpt: () => import('./gpt-course.ts'),
  preference: () => import('../gpt/preference-course.ts'),
  'sketch-painter': () => import('../gan/index.ts').then(({ createPainterCourse: createCourse }) => ({ createCourse })),
  vae: () => import('../vae/index.ts').then(({ createVaeCourse: createCourse }) => ({ createCourse })),
  words: () => import('../words/index.ts').then(({ createWordsCourse: createCourse }) => ({ createCourse })),
};

/** Loads the course of a recipe; throws `training/unknown-kind` and what the kind's own `createCourse` throws. */
export async function planCourse({ kind = 'gpt', ...options }: Recipe): Promise<PlannedCourse> {
  const load = Object.hasOwn(COURSES, kind) ? COURSES[kind] : undefined;
  if (!load) throw unknownKind(kind);
  return (await load()).createCourse(options);
}

/** Trains a recipe in this process: see `runCourse`. */
export async function runRecipe(recipe: Recipe, hooks: TrainingHooks = {}): Promise<TrainingResult> {
  const { course, run } = await planCourse(recipe);
  await using _ = course;
  return await runCourse(course, run, hooks);
}

function unknownKind(kind: string): Error {
  const known = Object.keys(COURSES).join(', ');
  return refusal(
    'input',
    'training/unknown-kind',
    { en: `There is no kind of network '${kind}'.`, zh: `没有名为“${kind}”的网络类型。` },
    { en: `The recipe's "kind" is one of: ${known}.`, zh: `配方中的 "kind" 可取：${known}。` },
  );
}
