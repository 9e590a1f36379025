import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { spinner } from '../terminal/live.ts';
import { getNamedWork } from './works.ts';

const DIFFERENT = 1;

/** Adds `replay`: makes a work again and compares hashes; exit code 1 when they differ. */
export function addReplay(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('replay')
    .description(say('replay.summary'))
    .argument('<work>', say('show.work'))
    .action((id: string) => answer(() => replay(door, id)));
}

async function replay(door: Door, name: string): Promise<Reply> {
  const { say, ink, live, world } = door;
  const os = await door.os();
  const { id } = await getNamedWork(door, name);
  live.follow((frame) => [ink.quiet(`${spinner(frame)} ${say('replay.working')}`)]);
  const { work, equal, repeatable, expected, found } = await os.replay(id, { signal: world.signal });
  const verdict = equal ? ink.good(`✓ ${say('replay.same')}`) : ink.bad(`✗ ${say('replay.different')}`);
  return {
    json: { replay: { id: work.id, equal, repeatable, expected, found } },
    lines: [
      `${verdict}  ${work.title} ${ink.quiet(`· ${say('poem.seed', { seed: work.record.seed })} · ${work.id}`)}`,
      ink.quiet(`  ${expected}`),
      ...(equal ? [] : [ink.quiet(`  ${found ?? '—'}`)]),
      ...(equal || repeatable ? [] : [`  ${say('replay.unpromised', { engine: work.record.model?.engine ?? '—' })}`]),
    ],
    exitCode: equal ? 0 : DIFFERENT,
  };
}
