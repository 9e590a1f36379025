import type { Command } from 'commander';
import { EXIT_CODES } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';

/** Adds `serve --stdio`: answers another program, one JSON message a line, until its input ends. */
export function addServe(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('serve')
    .description(say('serve.summary'))
    .requiredOption('--stdio', say('serve.stdio'))
    .action(() => answer(() => serve(door)));
}

async function serve(door: Door): Promise<Reply> {
  const { serveStdio } = await import('../../server/index.ts');
  const { stdin, stdout, signal } = door.world;
  await serveStdio(await door.os(), { input: stdin, output: stdout, signal });
  return { lines: [], exitCode: signal.aborted ? EXIT_CODES.cancelled : 0 };
}
