/**
 * Closes other programs: what another program does, this guard does not see. Our own processes are let through with a guard of
 * their own, and so is a browser that is shown this very server; nothing else is.
 */
import worker from 'node:worker_threads';
import type { Ground } from './ground.ts';
import { callAs, closedError, EACCES, reseal, seal, sealClass } from './seal.ts';
import { isOwnServer } from './sockets.ts';

/** How Node starts programs in the end. */
export interface ProgramBindings {
  readonly process: { readonly Process: { readonly prototype: object } };
  readonly sync: object;
}

/** As `Process.prototype.spawn` is given it. */
interface Spawn {
  file: string;
  args?: string[];
  envPairs?: string[];
}

/** Node's own options that would start it with something before the guard. */
const BEFORE_THE_GUARD =
  /(?:^|\s)--(?:snapshot-blob|build-snapshot|openssl-config|openssl-shared-config|experimental-sea|experimental-(?:default-)?config)/;

/** Variables by which other code gets into a program before its own. */
const INTO_PROGRAMS = /^(?:LD_|DYLD_|OPENSSL_|NODE_OPTIONS$|NODE_REPL_EXTERNAL_MODULE$|LLMAGENTOS_GUARD$)/i;

const BROWSERS = ['open', 'xdg-open', 'explorer.exe'];

/** What takes a process off the network; see `src/isolation`. */
export const UNSHARE = '/usr/bin/unshare';

/** Takes the network from what follows: a fresh user namespace, and in it a network of nobody. */
export const OFF_THE_NETWORK: readonly string[] = ['--user', '--map-current-user', '--net', '--'];

const { execPath } = process;

/** Closes them. `preload`: the path of the module that guards a process from its start. */
export function guardPrograms(ground: Ground, bindings: ProgramBindings, preload: string): void {
  const own = ownVariables();
  const admit = (spawn: Spawn): boolean => {
    const program = programOf(spawn);
    if (program === 'node') spawn.envPairs = guardedVariables(spawn.envPairs ?? [], own, ground.told(), preload);
    if (program === 'node' || program === 'nothing') return true;
    if (program === 'browser' && showsOwnServer(ground, spawn) && samePath(spawn, own)) return true;
    ground.stopped('program', spawn.file);
    return false;
  };
  reseal(bindings.process.Process.prototype, 'spawn', (original) => {
    return function (this: object, ...args: unknown[]): unknown {
      return admitWhole(args, admit) ? callAs(original, this, args) : EACCES;
    };
  });
  reseal(bindings.sync, 'spawn', (original, self) => (spawn: Spawn): unknown => {
    return admit(spawn)
      ? callAs(original, self, [spawn])
      : { error: EACCES, pid: 0, output: null, status: null, signal: null };
  });
  seal(process, 'execve', (file: string): never => {
    ground.stopped('program', file);
    throw closedError(file);
  });
  sealClass(worker, 'Worker', ([file, options, ...rest]) => [
    file,
    guardedThread(options, ground.told(), preload),
    ...rest,
  ]);
}

/** Node hands over one object, or file, arguments, folder, variables and more one by one, as its version goes. */
function admitWhole(args: unknown[], admit: (spawn: Spawn) => boolean): boolean {
  if (typeof args[0] !== 'string') return admit(args[0] as Spawn);
  const spawn = { file: args[0], args: args[1] as string[], envPairs: args[3] as string[] };
  const admitted = admit(spawn);
  args[3] = spawn.envPairs;
  return admitted;
}

/** What is to be started: one of ours, a browser, what starts nothing, or something else. */
function programOf({ file, args = [] }: Spawn): 'node' | 'browser' | 'nothing' | 'other' {
  const [, ...rest] = args;
  if (file === UNSHARE && OFF_THE_NETWORK.every((word, i) => rest[i] === word)) {
    const inner = rest[OFF_THE_NETWORK.length];
    if (inner === '/bin/true') return 'nothing';
    return inner === execPath && isPlain(rest.slice(OFF_THE_NETWORK.length + 1)) ? 'node' : 'other';
  }
  if (file === execPath) return isPlain(rest) ? 'node' : 'other';
  return BROWSERS.includes(file) ? 'browser' : 'other';
}

function isPlain(args: readonly string[]): boolean {
  return !args.some((word) => BEFORE_THE_GUARD.test(word));
}

function showsOwnServer(ground: Ground, { args = [] }: Spawn): boolean {
  const url = args.length === 2 ? URL.parse(args[1]!) : null;
  return url?.protocol === 'http:' && isOwnServer(ground, url.hostname.replace(/^\[|\]$/g, ''), Number(url.port));
}

/** A browser of the same name in another folder is another program. */
function samePath({ envPairs = [] }: Spawn, own: ReadonlyMap<string, string>): boolean {
  return envPairs.every((pair) => !/^PATH=/i.test(pair) || pair === `PATH=${own.get('PATH') ?? ''}`);
}

function ownVariables(): ReadonlyMap<string, string> {
  return new Map(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
}

/** The variables of a process of ours: guarded from its start, with nothing that gets in before. */
function guardedVariables(
  pairs: readonly string[],
  own: ReadonlyMap<string, string>,
  told: string,
  preload: string,
): string[] {
  const kept = pairs.filter((pair) => {
    const [name = ''] = pair.split('=', 1);
    return (
      !INTO_PROGRAMS.test(name) ||
      (!/^(?:NODE_OPTIONS|LLMAGENTOS_GUARD)$/i.test(name) && own.get(name) === pair.slice(name.length + 1))
    );
  });
  const asked = pairs.find((pair) => /^NODE_OPTIONS=/i.test(pair))?.slice('NODE_OPTIONS='.length) ?? '';
  const others = BEFORE_THE_GUARD.test(asked) ? '' : asked;
  return [...kept, `NODE_OPTIONS=${requireOption(preload)} ${others}`.trimEnd(), `LLMAGENTOS_GUARD=${told}`];
}

function requireOption(path: string): string {
  return `--require "${path.replace(/[\\"]/g, '\\$&')}"`;
}

/** The options of a thread, guarded as a process is. */
function guardedThread(options: unknown, told: string, preload: string): object {
  const given = (options ?? {}) as { readonly execArgv?: readonly string[]; readonly env?: unknown };
  const shared = given.env === worker.SHARE_ENV;
  return {
    ...given,
    execArgv: ['--require', preload, ...(given.execArgv ?? [])],
    env: shared ? given.env : { ...((given.env as object | undefined) ?? process.env), LLMAGENTOS_GUARD: told },
  };
}
