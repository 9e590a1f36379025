/**
 * `eval` measures a finished model of any kind on what it never saw, beside what it must beat, and leaves one page and its
 * figures as JSON: in the folder of the run, or where `-o` says.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Evaluation, reports } from '../../training/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { numberIn } from '../option-values.ts';
import { spinner } from '../terminal/live.ts';
import { formatTable } from '../terminal/table.ts';

interface EvalOptions {
  readonly data?: string;
  readonly heldOut?: string;
  readonly recipe?: string;
  readonly output?: string;
  readonly split: string;
  readonly rows?: number;
  readonly byForm?: boolean;
  readonly baseline: boolean;
  readonly threads?: number;
}

/** In the prepared rows, the form stands right after the token that begins a document. */
const PLACE_OF_FORM = 1;

/** Adds the command. */
export function addEval(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('eval')
    .description(say('eval.summary'))
    .argument('<model>', say('eval.model'))
    .option('-d, --data <folder>', say('eval.data'))
    .option('--held-out <folder>', say('eval.heldOut'))
    .option('--recipe <file>', say('eval.recipe'))
    .option('-o, --output <folder>', say('eval.output'))
    .option('--split <name>', say('eval.split'), 'validation')
    .option('--rows <n>', say('eval.rows'), numberIn('--rows', { min: 1, max: 10_000_000, whole: true }))
    .option('--by-form', say('eval.byForm'))
    .option('--no-baseline', say('eval.noBaseline'))
    .option('--threads <n>', say('train.threads'), numberIn('--threads', { min: 1, max: 256, whole: true }))
    .action((model: string, options: EvalOptions) => answer(() => evaluate(door, model, options)));
}

async function evaluate(door: Door, name: string, options: EvalOptions): Promise<Reply> {
  const { live, ink, say, world, language } = door;
  const [{ judgeModel, reports, writeReport }, { parseRecipe }] = await Promise.all([
    import('../../training/index.ts'),
    import('../recipe.ts'),
  ]);
  const folder = await modelFolder(door, name);
  const data = options.data === undefined ? undefined : resolve(options.data);
  let stage = say('eval.working');
  live.follow((frame) => [ink.quiet(`${spinner(frame)} ${stage}`)]);
  const { kind, report, evaluation } = await judgeModel(folder, {
    ...options,
    data,
    heldOut: options.heldOut === undefined ? undefined : resolve(options.heldOut),
    recipe: options.recipe === undefined ? undefined : parseRecipe(options.recipe),
    groupBy: options.byForm === true ? PLACE_OF_FORM : undefined,
    signal: world.signal,
    onStage: (next) => {
      stage = next[language];
    },
  });
  const place = pageFolder(folder, options.output);
  const page = place === undefined ? undefined : await writeReport(place, report, { language });
  const figures = evaluation ?? (JSON.parse(reports.formatReportJson(report)) as object);
  return {
    json: { evaluation: { folder, data, kind, split: options.split, ...figures, ...(page ? { page } : {}) } },
    lines: [
      ...(evaluation ? evaluationLines(evaluation, door) : reportLines(report, door)),
      ink.quiet(page === undefined ? say('eval.noPage') : page),
    ],
  };
}

/** Where the page goes: as told, or beside the model in the run that made it. */
function pageFolder(folder: string, output: string | undefined): string | undefined {
  if (output !== undefined) return resolve(output);
  const run = dirname(folder);
  return existsSync(join(run, 'train.jsonl')) ? join(run, 'page') : undefined;
}

/** The tables of a report. */
function reportLines({ sections }: reports.Report, { ink, language }: Door): string[] {
  const words = (name: reports.Name): string => (typeof name === 'string' ? name : name[language]);
  const number = (value: number | undefined): string =>
    value === undefined ? '—' : String(Number(value.toPrecision(4)));
  return sections.flatMap((section) => {
    if (section.kind !== 'table') return [];
    const head = ['', ...section.columns.map(words)];
    const rows = section.rows.map(({ name, values }) => [
      words(name),
      ...section.columns.map((_, i) => number(values[i])),
    ]);
    const [first = '', ...body] = formatTable([head, ...rows], [...head.keys()].slice(1));
    return [ink.title(words(section.title)), ink.quiet(first), ...body, ''];
  });
}

/** One row for everything, then one for each group. */
function evaluationLines({ model, baseline }: Evaluation, { say, ink }: Door): string[] {
  const number = (value: number | undefined): string => value?.toFixed(2) ?? '—';
  const heading = ['', say('eval.tokens'), say('eval.model.row'), ...(baseline ? [say('eval.ngram.row')] : [])];
  const row = (name: string, group: string | undefined): string[] => {
    const [ours, theirs] = [model, baseline].map((all) => (group === undefined ? all : all?.groups[group]));
    return [
      name,
      String(ours?.tokens ?? 0),
      number(ours?.perplexity),
      ...(baseline ? [number(theirs?.perplexity)] : []),
    ];
  };
  const groups = Object.keys(model.groups).map((group) => row(group.replace(/[<>]/g, ''), group));
  const [head = '', ...body] = formatTable([heading, row(say('eval.all'), undefined), ...groups], [1, 2, 3]);
  return [ink.title(say('eval.perplexity')), ink.quiet(head), ...body];
}

/** A model folder as it is named, that of a run, or that of a model in the catalogue. Throws `cli/model-missing`. */
async function modelFolder(door: Door, name: string): Promise<string> {
  const { findModel } = await import('../recipe.ts');
  const folder = resolve(findModel(name));
  if (['config.json', 'words.safetensors'].some((file) => existsSync(join(folder, file)))) return folder;
  const entry = await (await door.os()).models.find(name);
  if (entry !== undefined) return entry.folder;
  throw new OsError({
    kind: 'missing',
    code: 'cli/model-missing',
    message: `“${name}” is neither a model folder, nor a run that is done, nor the name of a model at hand.`,
    hint: 'List the models with: llmagentos models',
    zh: {
      message: `“${name}”既不是模型文件夹，也不是已完成的训练，也不是现有模型的名字。`,
      hint: '用 llmagentos models 列出现有模型。',
    },
  });
}
