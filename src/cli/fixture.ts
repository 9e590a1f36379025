import type { World } from './door.ts';
import { runCli } from './run.ts';

/** What one run of the command line left behind. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line without a process: no terminal, English locale, standard input as given. */
export async function runTyped(
  argv: readonly string[],
  given: Partial<World> & { readonly input?: string } = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCli({
    argv,
    env: { LANG: 'en_GB.UTF-8' },
    stdin: (async function* () {
      yield given.input ?? '';
    })(),
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    signal: new AbortController().signal,
    ...given,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}
