/**
 * The two walls around an engine: the guard closes the network to its JavaScript; and where the system lets anybody make one
 * (Linux with user namespaces), the whole process lives in a network of nobody, which native code cannot leave either.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { OFF_THE_NETWORK, PRELOAD, UNSHARE } from '../guard/index.ts';

/** How a program of ours is started. */
export interface Walls {
  readonly execPath: string;
  readonly execArgv: readonly string[];
}

let known: boolean | undefined;

/** Whether this system gives a process a network of nobody; tried once. */
export function hasSecondWall(): boolean {
  known ??=
    process.platform === 'linux' &&
    existsSync(UNSHARE) &&
    spawnSync(UNSHARE, [...OFF_THE_NETWORK, '/bin/true'], { stdio: 'ignore' }).status === 0;
  return known;
}

/** Node within both walls, with arguments of its own. */
export function walled(execArgv: readonly string[]): Walls {
  const own = ['--require', PRELOAD, ...execArgv];
  if (!hasSecondWall()) return { execPath: process.execPath, execArgv: own };
  return { execPath: UNSHARE, execArgv: [...OFF_THE_NETWORK, process.execPath, ...own] };
}
