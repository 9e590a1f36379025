/** `keys`: names of keys that are kept, and keeping one; a key is typed without being shown and never printed. */
import type { Command } from 'commander';
import type { Answer, Door, Reply } from '../door.ts';
import { readHidden } from '../terminal/read-hidden.ts';

/** Adds the command. */
export function addKeys(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  const keys = program
    .command('keys')
    .description(say('keys.summary'))
    .action(() => answer(() => list(door)));
  keys
    .command('list')
    .description(say('keys.summary'))
    .action(() => answer(() => list(door)));
  keys
    .command('set')
    .description(say('keys.set'))
    .argument('<name>', say('keys.name'))
    .action((name: string) => answer(() => set(door, name)));
  keys
    .command('remove')
    .description(say('keys.remove'))
    .argument('<name>', say('keys.name'))
    .action((name: string) => answer(() => remove(door, name)));
}

async function list(door: Door): Promise<Reply> {
  const keys = (await door.os()).keys.list();
  const lines = keys.map(({ name, from }) =>
    from === 'environment' ? `${name}${door.ink.quiet(` · ${door.say('keys.overridden')}`)}` : name,
  );
  return { json: { keys }, lines: lines.length === 0 ? [door.say('keys.none')] : lines };
}

async function set(door: Door, name: string): Promise<Reply> {
  const { keys } = await door.os();
  const key = await readHidden(door.world, door.say('keys.type', { name }));
  keys.set(name, key.trim());
  return { json: { kept: { name } }, lines: [door.say('keys.kept', { name })] };
}

async function remove(door: Door, name: string): Promise<Reply> {
  const found = (await door.os()).keys.remove(name);
  const words = door.say(found ? 'keys.removed' : 'keys.notThere', { name });
  return { json: { removed: { name, found } }, lines: [words], exitCode: found ? 0 : 1 };
}
