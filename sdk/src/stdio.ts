/**
 * The transport over a child process: `llmagentos serve --stdio`, one JSON message a line each way.
 *
 *   client ── stdin ──▶ child ── stdout ──▶ client          stderr is kept (its end) for the error, should the child die
 *
 * An idle child does not keep the program running; when the program ends, the child's input ends, and so does the child.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { badAnswerError, LLMAgentError } from './error.ts';
import type { OpenTransport, TransportListener } from './transport.ts';

/** How the system is started. */
export interface StdioOptions {
  /** Path of the launcher; default: `bin/llmagentos` of the project this package lies in, else of the folder the program runs in. */
  readonly launcher?: string | undefined;
  /** Environment added to this program's own: `LLMAGENTOS_HOME`, `LLMAGENTOS_MODELS` … */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

const KEPT_STDERR = 4000; // characters
const PATIENCE = 5000; // ms until a child that was asked to end is ended

/** Opens a child process. It throws `sdk/no-launcher` at once; a child that dies ends the transport with `sdk/server-gone`. */
export function stdioTransport({ launcher = findLauncher(), env = {} }: StdioOptions = {}): OpenTransport {
  return (listener) => {
    if (!existsSync(launcher)) throw noLauncher(launcher);
    const child = spawn(process.execPath, [launcher, 'serve', '--stdio'], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const over = listen(child, listener);
    return {
      send: (message) => void child.stdin.write(`${JSON.stringify(message)}\n`),
      hold: (waiting) => hold(child, waiting),
      close: () => end(child, over),
    };
  };
}

/** The launcher of the project this package is part of. */
export function findLauncher(): string {
  const own = join(import.meta.dirname, '..', '..', 'bin', 'llmagentos');
  return existsSync(own) ? own : join(process.cwd(), 'bin', 'llmagentos');
}

/** Passes lines on until the child is over; the promise resolves then. */
function listen(child: ChildProcessWithoutNullStreams, listener: TransportListener): Promise<void> {
  let stderr = '';
  let failure: unknown;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
  });
  // A child that died while it was written to is told by `close`.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    try {
      if (line.trim() !== '' && failure === undefined) listener.message(JSON.parse(line));
    } catch (cause) {
      failure = badAnswerError(`a line is not JSON: ${line.slice(0, 200)}`, cause);
      child.kill();
    }
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = (code: number | null, signal: string | null): void => {
    resolve();
    if (failure instanceof LLMAgentError) listener.closed(failure);
    else if (code === 0 && child.stdin.writableEnded) listener.closed(undefined);
    else listener.closed(serverGone({ code, signal, stderr, failure }));
  };
  child.on('close', finish);
  child.on('error', (error) => {
    failure ??= error;
  });
  return promise;
}

/** Lets the program end while nobody waits for the child. */
function hold(child: ChildProcessWithoutNullStreams, waiting: boolean): void {
  for (const handle of [child, child.stdin, child.stdout, child.stderr] as unknown as Socket[]) {
    if (waiting) handle.ref();
    else handle.unref();
  }
}

async function end(child: ChildProcessWithoutNullStreams, over: Promise<void>): Promise<void> {
  hold(child, true);
  child.stdin.end();
  const late = [
    setTimeout(() => child.kill('SIGTERM'), PATIENCE),
    setTimeout(() => child.kill('SIGKILL'), 2 * PATIENCE),
  ];
  await over;
  for (const timer of late) clearTimeout(timer);
}

function noLauncher(launcher: string): LLMAgentError {
  return new LLMAgentError({
    kind: 'missing',
    code: 'sdk/no-launcher',
    message: `There is no launcher at ${launcher}.`,
    hint: "Pass its path: new LLMAgent({ launcher: '…/bin/llmagentos' }).",
    zh: {
      message: `${launcher} 处没有启动器。`,
      hint: "请给出它的路径：new LLMAgent({ launcher: '…/bin/llmagentos' })。",
    },
  });
}

interface Death {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly failure: unknown;
}

function serverGone({ code, signal, stderr, failure }: Death): LLMAgentError {
  const how = failure instanceof Error ? failure.message : signal === null ? `exit code ${code}` : signal;
  const said = stderr.trim();
  return new LLMAgentError(
    {
      kind: 'unavailable',
      code: 'sdk/server-gone',
      message: `LLMAgentOS ended unexpectedly (${how})${said === '' ? '' : `; its last words: ${said}`}`,
      hint: 'Run `llmagentos serve --stdio` by hand to see why; the next request starts it anew.',
      zh: {
        message: `LLMAgentOS 意外结束（${how}）${said === '' ? '' : `；最后的输出：${said}`}`,
        hint: '可手动运行 `llmagentos serve --stdio` 查看原因；下一次请求会重新启动它。',
      },
    },
    failure,
  );
}
