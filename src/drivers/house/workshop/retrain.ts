/**
 * A model at hand learns again without what was withdrawn from its dataset: by shards from the last checkpoint that had not
 * read it, in shuffled order from its base. The run and the model's card say what was withdrawn, and from which step.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { OsError } from '../../../core/index.ts';
import type { Made, WorkshopHooks } from '../../../kernel/index.ts';
import { identifyModelFolder, listWithdrawals } from '../../../training/index.ts';
import { findRun } from './kept-run.ts';
import type { Surroundings } from './surroundings.ts';
import { learn } from './train.ts';

export async function retrain(
  surroundings: Surroundings,
  { model }: { readonly model: string },
  hooks: WorkshopHooks,
): Promise<Made> {
  const out = await runOfModel(surroundings, model);
  const run = out === undefined ? undefined : await findRun(out);
  if (out === undefined || !run) throw cannotRetrain(model);
  const dataset = await presentDataset(surroundings, run.dataset);
  return { ...(await learn(surroundings, { out, run, dataset }, hooks)), model };
}

/** The folder of the run that a model at hand came from; undefined where its card does not say, or it is gone. */
export async function runOfModel({ home }: Surroundings, model: string): Promise<string | undefined> {
  const folder = join(home, 'models', model);
  if (!existsSync(join(folder, 'card.json'))) return undefined;
  const { card } = await identifyModelFolder(folder);
  const run = card.trainedOn?.map((one) => one.run).find((name) => typeof name === 'string');
  const out = run === undefined ? undefined : join(home, 'workshop', basename(run));
  return out !== undefined && existsSync(out) ? out : undefined;
}

/** What a dataset is now: the digest after the last withdrawal, or its own when nothing was withdrawn. */
async function presentDataset({ shelf }: Surroundings, first: string): Promise<string> {
  for (const folder of await shelf.list('dataset')) {
    const withdrawals = await listWithdrawals(folder);
    if (withdrawals.some(({ before }) => before === first)) return withdrawals.at(-1)!.after;
  }
  shelf.find('dataset', first);
  return first;
}

function cannotRetrain(model: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'house/run-missing',
    message: `The training that made '${model}' is no longer in the workshop.`,
    hint: 'Take the document out of your folder and train it anew: llmagentos train --on FOLDER --name NAME --replace',
    zh: {
      message: `工坊里已没有训练出“${model}”的那次训练。`,
      hint: '请把该文档移出文件夹后重新训练：llmagentos train --on 文件夹 --name 名字 --replace',
    },
  });
}
