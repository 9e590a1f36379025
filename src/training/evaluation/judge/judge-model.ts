/**
 * The evaluation of a finished model of any kind: a report as JSON and as one page.
 *
 *   folder ─▶ kind (config.json, or words.safetensors) ─▶ judge of that kind ─▶ report, with the curves of its run
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type LogLine, parseTrainLog } from '../../loop/train-log.ts';
import { writeDurably } from '../../model/durable.ts';
import { refusal } from '../../refusal.ts';
import { formatReportJson, formatReportPage, type PageOptions, type Report, type Section } from '../report/index.ts';
import type { Judge, Judgement, JudgeOptions } from './judgement.ts';

const JUDGES: Readonly<Record<string, () => Promise<Judge>>> = {
  diffusion: () => import('../../diffusion/index.ts').then(({ judgeDiffusion }) => judgeDiffusion),
  encoder: () => import('../../encoder/index.ts').then(({ judgeEncoder }) => judgeEncoder),
  enlarger: () => import('../../enlarge/index.ts').then(({ judgeEnlarger }) => judgeEnlarger),
  gan: () => import('../../gan/index.ts').then(({ judgeGenerator }) => judgeGenerator),
  gpt: () => import('./judge-gpt.ts').then(({ judge }) => judge),
  'sketch-painter': () => import('../../gan/index.ts').then(({ judgePainter }) => judgePainter),
  vae: () => import('../../vae/index.ts').then(({ judgeVae }) => judgeVae),
  words: () => import('../../words/index.ts').then(({ judgeWords }) => judgeWords),
};

/** What `model_type` or `kind` of a config.json is called in recipes. */
const KINDS: Readonly<Record<string, string>> = {
  bert: 'encoder',
  diffusion: 'diffusion',
  enlarger: 'enlarger',
  gan: 'gan',
  gpt2: 'gpt',
  llama: 'gpt',
  'sketch-painter': 'sketch-painter',
  vae: 'vae',
};

/** The kind of network in a model folder, as recipes name it. Throws `training/model-missing`, `training/unknown-model`. */
export async function kindOfModel(folder: string): Promise<string> {
  if (existsSync(join(folder, 'words.safetensors'))) return 'words';
  const text = await readFile(join(folder, 'config.json'), 'utf8').catch((cause: unknown) => {
    throw modelMissing(folder, cause);
  });
  const { model_type: type, kind } = parseLoosely(text);
  const found = [kind, type].find((name) => typeof name === 'string' && Object.hasOwn(KINDS, name));
  if (found === undefined) throw unknownModel(folder, kind ?? type);
  return KINDS[found as string]!;
}

/** Measures a model; throws as `kindOfModel`, `training/judge-needs` and what the judge of its kind throws. */
export async function judgeModel(
  folder: string,
  options: JudgeOptions = {},
): Promise<Judgement & { readonly kind: string }> {
  const kind = await kindOfModel(folder);
  const judge = await JUDGES[kind]!();
  const judged = await judge(folder, options);
  const { report } = judged;
  const sections = [...report.sections, ...(await curves(folder))];
  return { ...judged, kind, report: { ...report, sections } };
}

/** Writes `report.json` and `index.html` into a folder; returns the path of the page. */
export async function writeReport(folder: string, report: Report, options: PageOptions = {}): Promise<string> {
  await writeDurably(join(folder, 'report.json'), formatReportJson(report));
  const page = join(folder, 'index.html');
  await writeDurably(page, formatReportPage(report, options));
  return page;
}

/** The losses of the run that a model folder lies in, where there is one. */
async function curves(folder: string): Promise<Section[]> {
  const text = await readFile(join(dirname(folder), 'train.jsonl'), 'utf8').catch(() => '');
  const log = parseTrainLog(text);
  if (log.length < 2) return [];
  const held = log.flatMap(({ step, validation }): [number, number][] =>
    validation?.loss === undefined ? [] : [[step, validation.loss]],
  );
  const learned = { name: { en: 'training', zh: '训练' }, points: smooth(log) };
  return [
    {
      kind: 'curves',
      title: { en: 'How it learned', zh: '学习过程' },
      x: { en: 'step', zh: '步' },
      y: { en: 'loss', zh: '损失' },
      curves: [learned, ...(held.length === 0 ? [] : [{ name: { en: 'held out', zh: '留出' }, points: held }])],
    },
  ];
}

/** Means of about 200 stretches. */
function smooth(log: readonly LogLine[]): [number, number][] {
  const size = Math.ceil(log.length / 200);
  return Array.from({ length: Math.ceil(log.length / size) }, (_, i): [number, number] => {
    const part = log.slice(i * size, (i + 1) * size);
    return [part.at(-1)!.step, part.reduce((sum, { loss }) => sum + loss, 0) / part.length];
  });
}

function parseLoosely(text: string): { readonly kind?: unknown; readonly model_type?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function modelMissing(folder: string, cause: unknown): Error {
  return refusal(
    'missing',
    'training/model-missing',
    { en: `'${folder}' holds no finished model.`, zh: `“${folder}”中没有训练完成的模型。` },
    { en: 'Name a model folder, or the folder of a run that is done.', zh: '请指定模型文件夹，或已完成的训练文件夹。' },
    cause,
  );
}

function unknownModel(folder: string, kind: unknown): Error {
  const known = Object.keys(JUDGES).join(', ');
  return refusal(
    'input',
    'training/unknown-model',
    {
      en: `The config.json of '${folder}' names ${JSON.stringify(kind) ?? 'no kind'}, which cannot be judged.`,
      zh: `“${folder}”的 config.json 所写的类型（${JSON.stringify(kind) ?? '无'}）无法评估。`,
    },
    { en: `Kinds that can: ${known}.`, zh: `可评估的类型：${known}。` },
  );
}
