/**
 * `forget`: a document is withdrawn from a corpus and from every dataset that holds it; the models that read it are named,
 * and with `--retrain` trained again without it, measured, and put in the place of the old ones.
 */
import type { Command } from 'commander';
import type { Os } from '../../host/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { followJob } from '../follow-job.ts';
import { getNamedWork } from './works.ts';

/** Adds the command. */
export function addForget(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('forget')
    .description(say('forget.summary'))
    .argument('<corpus>', say('forget.corpus'))
    .argument('<document>', say('forget.document'))
    .option('--retrain', say('forget.option.retrain'))
    .action((corpus: string, document: string, options: { readonly retrain?: boolean }) =>
      answer(() => forget(door, corpus, document, options.retrain ?? false)),
    );
}

/** Where a model would be trained again; nothing but its name where its run is gone. */
interface Place {
  readonly name: string;
  readonly order: 'shuffled' | 'shards' | null;
  readonly from: number | null;
  readonly steps: number | null;
}

type Facts = Readonly<Record<string, unknown>>;

async function forget(door: Door, corpus: string, document: string, retrains: boolean): Promise<Reply> {
  const { say, ink, world } = door;
  const os = await door.os();
  const { id } = await getNamedWork(door, corpus);
  const options = { document, at: new Date().toISOString() };
  const run = os.run({ op: 'corpus/forget', inputs: [id], options, signal: world.signal });
  const { works } = await followJob(door, run, say('forget.working'));
  const kept = works[0]!.id;
  const facts = (await os.load(kept)).document as {
    readonly withdrawn: readonly { readonly id: string }[];
    readonly datasets: readonly unknown[];
    readonly retrain: readonly string[];
    readonly models: readonly Place[];
  };
  const retrained: Facts[] = [];
  for (const { name } of retrains ? facts.models : []) retrained.push(await retrain(door, os, kept, name));
  return {
    json: { forgotten: { corpus: kept, ...facts }, ...(retrains ? { retrained } : {}) },
    lines: [
      `${ink.good('✓')} ${say('forget.done', { documents: facts.withdrawn.length, datasets: facts.datasets.length })}`,
      ...(facts.models.length === 0 ? [`  ${say('forget.noModel')}`] : facts.models.map((one) => sayPlace(door, one))),
      ...retrained.map(({ name, perplexity }) =>
        say('forget.retrained', { name: String(name), perplexity: Number(perplexity).toFixed(1) }),
      ),
      ...(facts.models.length > 0 && !retrains ? [ink.quiet(`  ${say('forget.how')}`)] : []),
      ink.quiet(`  ${say('medium.corpus')} ${kept}`),
    ],
  };
}

function sayPlace({ say }: Door, { name, order, from, steps }: Place): string {
  if (from === null || steps === null) return `  ${say('forget.model.gone', { name })}`;
  if (from === steps) return `  ${say('forget.model.heldOut', { name })}`;
  if (order === 'shards' && from > 0) return `  ${say('forget.model.shards', { name, from, steps })}`;
  return `  ${say('forget.model.start', { name })}`;
}

/** Trains, measures and publishes one model again, under its name and licence. */
async function retrain(door: Door, os: Os, corpus: string, name: string): Promise<Facts> {
  const { card } = await os.models.get(name);
  const step = async (op: string, inputs: readonly string[], options: object): Promise<Facts & { id: string }> => {
    const run = os.run({ op, inputs, options, seed: 1, fresh: true, signal: door.world.signal });
    const { works } = await followJob(door, run, door.say('forget.retraining', { name }));
    return { ...((await os.load(works[0]!.id)).document as Facts), id: works[0]!.id };
  };
  const model = await step('model/retrain', [corpus], { model: name });
  const evaluation = await step('model/evaluate', [model.id], { base: model.base });
  await step('model/publish', [model.id, evaluation.id], { name, licence: card.licence, replace: true });
  const { perplexity, basePerplexity } = evaluation;
  return { name, digest: model.digest, work: model.id, withdrawn: model.withdrawn, perplexity, basePerplexity };
}
