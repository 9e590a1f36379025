/** `eval` measures a model on text it never saw, beside a 5-gram model of the same training text. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { OsError } from '../../core/index.ts';
import type { Evaluation } from '../../training/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { numberIn } from '../option-values.ts';
import { spinner } from '../terminal/live.ts';
import { formatTable } from '../terminal/table.ts';

interface EvalOptions {
  readonly data: string;
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
    .requiredOption('-d, --data <folder>', say('eval.data'))
    .option('--split <name>', say('eval.split'), 'validation')
    .option('--rows <n>', say('eval.rows'), numberIn('--rows', { min: 1, max: 10_000_000, whole: true }))
    .option('--by-form', say('eval.byForm'))
    .option('--no-baseline', say('eval.noBaseline'))
    .option('--threads <n>', say('train.threads'), numberIn('--threads', { min: 1, max: 256, whole: true }))
    .action((model: string, options: EvalOptions) => answer(() => evaluate(door, model, options)));
}

async function evaluate(door: Door, model: string, { data, byForm, ...options }: EvalOptions): Promise<Reply> {
  const { live, ink, say, world } = door;
  const folder = await modelFolder(door, model);
  live.follow((frame) => [ink.quiet(`${spinner(frame)} ${say('eval.working')}`)]);
  const { evaluateModel } = await import('../../training/index.ts');
  const evaluation = await evaluateModel(folder, resolve(data), {
    ...options,
    ...(byForm === true ? { groupBy: PLACE_OF_FORM } : {}),
    signal: world.signal,
  });
  return {
    json: { evaluation: { folder, data: resolve(data), split: options.split, ...evaluation } },
    lines: evaluationLines(evaluation, door),
  };
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

/** A folder as it is named, or that of a model in the catalogue. Throws `cli/model-missing`. */
async function modelFolder(door: Door, name: string): Promise<string> {
  if (existsSync(join(name, 'config.json'))) return resolve(name);
  const entry = await (await door.os()).models.find(name);
  if (entry !== undefined) return entry.folder;
  throw new OsError({
    kind: 'missing',
    code: 'cli/model-missing',
    message: `“${name}” is neither a model folder nor the name of a model at hand.`,
    hint: 'List the models with: llmagentos models',
    zh: { message: `“${name}”既不是模型文件夹，也不是现有模型的名字。`, hint: '用 llmagentos models 列出现有模型。' },
  });
}
