/** `mcp`: answers one client of the Model Context Protocol over standard input and output. */
import { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { EXIT_CODES } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';

/** Adds the command. */
export function addMcp(program: Command, door: Door, answer: Answer): void {
  program
    .command('mcp')
    .description(door.say('mcp.summary'))
    .action(() => answer(() => mcp(door)));
}

async function mcp(door: Door): Promise<Reply> {
  const { serveMcp } = await import('../../server/index.ts');
  const { stdin, stdout, signal } = door.world;
  const input = stdin instanceof Readable ? stdin : Readable.from(stdin);
  const output = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, done) => {
      stdout.write(text);
      done();
    },
  });
  await serveMcp(await door.os(), { input, output, signal });
  // An input that is still open would keep the process waiting.
  input.destroy();
  return { lines: [], exitCode: signal.aborted ? EXIT_CODES.cancelled : 0 };
}
