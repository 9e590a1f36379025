// The process around the command line: its guard, its streams, its signals, its exit code.
import { findHome, installGuard } from '../guard/index.ts';

// Before anything else is loaded, so that nothing can keep hold of an open network.
installGuard(findHome(process.env), false);
const { runCli } = await import('./run.ts');

// One Ctrl-C can arrive several times: from the terminal, from the launcher, from npm.
const ECHO_MS = 700;
const controller = new AbortController();
let stoppedAt: number | undefined;

function stop(): void {
  const now = performance.now();
  if (stoppedAt !== undefined && now - stoppedAt > ECHO_MS) process.exit(130);
  if (stoppedAt !== undefined) return;
  stoppedAt = now;
  controller.abort();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 74));

const { argv, env, stdin, stdout, stderr } = process;
process.exitCode = await runCli({ argv: argv.slice(2), env, stdin, stdout, stderr, signal: controller.signal });
