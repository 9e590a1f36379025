/** `forget`: a document is withdrawn from a corpus and from every dataset that holds it; the models that read it are named. */
import type { Command } from 'commander';
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
    .action((corpus: string, document: string) => answer(() => forget(door, corpus, document)));
}

async function forget(door: Door, corpus: string, document: string): Promise<Reply> {
  const { say, ink, world } = door;
  const os = await door.os();
  const { id } = await getNamedWork(door, corpus);
  const options = { document, at: new Date().toISOString() };
  const run = os.run({ op: 'corpus/forget', inputs: [id], options, signal: world.signal });
  const { works } = await followJob(door, run, say('forget.working'));
  const facts = (await os.load(works[0]!.id)).document as {
    readonly withdrawn: readonly { readonly id: string }[];
    readonly datasets: readonly unknown[];
    readonly retrain: readonly string[];
  };
  const names = facts.retrain.join(', ');
  return {
    json: { forgotten: { corpus: works[0]!.id, ...facts } },
    lines: [
      `${ink.good('✓')} ${say('forget.done', { documents: facts.withdrawn.length, datasets: facts.datasets.length })}`,
      `  ${names === '' ? say('forget.noModel') : say('forget.retrain', { names })}`,
      ink.quiet(`  ${say('medium.corpus')} ${works[0]!.id}`),
    ],
  };
}
