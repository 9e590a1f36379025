/**
 * In Node: the system that runs on this machine, found or started.
 *
 *   <home>/server.json says where one runs ─▶ that one
 *   none runs ─▶ a child process (`serve`) that ends with this program
 *
 * Node's modules are asked of the process, not imported, so that a bundle for browsers holds no trace of them.
 */
import { LLMAgentError } from './error.ts';
import { createClient } from './http/index.ts';

/** Where to look and what to start. */
export interface NodeOptions {
  /** Path of the launcher; default: `bin/llmagentos` of the project this package lies in, else of the folder the program runs in. */
  readonly launcher?: string | undefined;
  /** Environment added to this program's own: `LLMAGENTOS_HOME` … */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A system that answers. */
export interface Reached {
  readonly url: string;
  readonly key: string;
  /** Ends it where it was started for us. */
  close(): Promise<void>;
}

const PATIENCE = 60_000; // ms until a started system must answer
const KEPT_STDERR = 4000; // characters

/** Whether this program can look for the system by itself. */
export function canFindServer(): boolean {
  return typeof globalThis.process?.getBuiltinModule === 'function';
}

/** Finds the running system or starts one. Rejects with `sdk/no-launcher`, `sdk/server-gone`. */
export async function reachServer(options: NodeOptions): Promise<Reached> {
  const running = await findServer(options);
  return running ? { ...running, close: async () => undefined } : startServer(options);
}

/** The system that runs on the home folder, asked whether it does; undefined where none answers. */
async function findServer({ env }: NodeOptions): Promise<{ url: string; key: string } | undefined> {
  const file = await readServerFile(homeOf(env));
  if (file?.running === undefined) return undefined;
  const url = `http://${file.running.host}:${file.running.port}`;
  const { key } = file;
  const signal = AbortSignal.timeout(5000);
  return createClient({ baseUrl: url, key })
    .system({ signal })
    .then(
      () => ({ url, key }),
      () => undefined,
    );
}

async function startServer({ launcher = findLauncher(), env = {} }: NodeOptions): Promise<Reached> {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { existsSync } = process.getBuiltinModule('node:fs');
  if (!existsSync(launcher)) throw noLauncher(launcher);
  const argv = [launcher, 'serve', '--port', '0', '--no-open', '--no-build', '--attached', '--json'];
  const child = spawn(process.execPath, argv, { env: { ...process.env, ...env }, windowsHide: true });
  const { promise: over, resolve: ended } = Promise.withResolvers<void>();
  const { promise: url, resolve, reject } = Promise.withResolvers<string>();
  let out = '';
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_STDERR);
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    const line = /^\{"serving":\{"url":"([^"]+)"/m.exec(out);
    if (line) resolve(line[1]!);
  });
  child.on('error', (error) => reject(serverGone(error.message, said)));
  child.on('close', (code, signal) => {
    ended();
    reject(serverGone(signal ?? `exit code ${code}`, said || out));
  });
  const close = async (): Promise<void> => {
    child.ref();
    child.stdin.end();
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await over;
    clearTimeout(late);
  };
  const late = setTimeout(() => reject(serverGone('it did not answer', said)), PATIENCE);
  try {
    const reached = { url: await url, key: (await readServerFile(homeOf(env)))!.key, close };
    letGo(child);
    return reached;
  } catch (thrown) {
    child.kill('SIGKILL');
    throw thrown;
  } finally {
    clearTimeout(late);
  }
}

/** An idle system does not keep the program running; when the program ends, the child's input ends, and so does the child. */
function letGo(child: { unref(): void; readonly stdio: readonly unknown[] }): void {
  child.unref();
  for (const stream of child.stdio) (stream as { unref?(): void } | null)?.unref?.();
}

interface ServerFile {
  readonly key: string;
  readonly running?: { readonly host: string; readonly port: number };
}

async function readServerFile(home: string): Promise<ServerFile | undefined> {
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  const { join } = process.getBuiltinModule('node:path');
  try {
    const file = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as ServerFile;
    return typeof file.key === 'string' ? file : undefined;
  } catch {
    return undefined;
  }
}

function homeOf(env: NodeOptions['env']): string {
  const { join, resolve } = process.getBuiltinModule('node:path');
  const { homedir } = process.getBuiltinModule('node:os');
  const named = env?.LLMAGENTOS_HOME ?? process.env.LLMAGENTOS_HOME;
  return named ? resolve(named) : join(homedir(), '.llmagentos');
}

/** The launcher of the project this package is part of. */
export function findLauncher(): string {
  const { join } = process.getBuiltinModule('node:path');
  const { existsSync } = process.getBuiltinModule('node:fs');
  const own = join(import.meta.dirname ?? '.', '..', '..', 'bin', 'llmagentos');
  return existsSync(own) ? own : join(process.cwd(), 'bin', 'llmagentos');
}

function noLauncher(launcher: string): LLMAgentError {
  return new LLMAgentError({
    kind: 'missing',
    code: 'sdk/no-launcher',
    message: `There is no launcher at ${launcher}.`,
    hint: "Pass its path: new LLMAgent({ launcher: '…/bin/llmagentos' }), or reach a running system by { url, key }.",
    zh: {
      message: `${launcher} 处没有启动器。`,
      hint: "请给出它的路径：new LLMAgent({ launcher: '…/bin/llmagentos' })，或用 { url, key } 连接运行中的系统。",
    },
  });
}

function serverGone(how: string, said: string): LLMAgentError {
  const words = said.trim();
  return new LLMAgentError({
    kind: 'unavailable',
    code: 'sdk/server-gone',
    message: `LLMAgentOS ended unexpectedly (${how})${words === '' ? '' : `; its last words: ${words}`}`,
    hint: 'Run `llmagentos serve` by hand to see why; the next request starts it anew.',
    zh: {
      message: `LLMAgentOS 意外结束（${how}）${words === '' ? '' : `；最后的输出：${words}`}`,
      hint: '可手动运行 `llmagentos serve` 查看原因；下一次请求会重新启动它。',
    },
  });
}
