import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The artist's home folder: `LLMAGENTOS_HOME`, or `~/.llmagentos`. Absolute; need not exist yet. */
export function findHome(env: Readonly<Record<string, string | undefined>>): string {
  return env.LLMAGENTOS_HOME ? resolve(env.LLMAGENTOS_HOME) : join(homedir(), '.llmagentos');
}

/** The models that ship with the project. */
export const SHIPPED_MODELS: string = resolve(import.meta.dirname, '../../models');
