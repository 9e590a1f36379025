/** What the guard stands on: taken at the very start, so that nobody who comes later can change it under its feet. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The artist's home folder: `LLMAGENTOS_HOME`, or `~/.llmagentos`. Absolute; need not exist yet. */
export function findHome(env: Readonly<Record<string, string | undefined>>): string {
  return env.LLMAGENTOS_HOME ? resolve(env.LLMAGENTOS_HOME) : join(homedir(), '.llmagentos');
}

/** Whether the environment closes the way out: set, and neither empty nor 0. */
export function offlineByEnvironment(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', 'off', 'false'].includes(env.LLMAGENTOS_OFFLINE ?? '');
}

/** By what something tried to leave. */
export type Via = 'tcp' | 'udp' | 'pipe' | 'dns' | 'program' | 'listen' | 'native';

/** Whose work it is that is at hand; set by the house. */
export type Attribution = () => Readonly<Record<string, string>> | undefined;

/** The ground of this process. */
export interface Ground {
  readonly home: string;
  /** Whether this is a process of somebody else's making: a worker, an engine, a thread. */
  readonly child: boolean;
  /** The switch, wherever it is. */
  offline(): boolean;
  /** Writes down what was stopped. Never throws. */
  stopped(via: Via, target: string): void;
  attribute(by: Attribution): void;
  /** The variable by which a process of ours knows where and for whom it works. */
  readonly told: () => string;
}

/** A process that tries without end fills no disk. */
const MOST_NOTES = 1000;

const write = writeFileSync;
const rename = renameSync;
const exists = existsSync;
const stringify = JSON.stringify;
const now = process.hrtime.bigint;

/** Lays the ground for a home folder. */
export function layGround(home: string, child: boolean, by: Attribution = () => undefined): Ground {
  const byEnvironment = offlineByEnvironment(process.env);
  const switchFile = join(home, 'way-out', 'offline');
  const folder = join(home, 'way-out', 'stopped');
  const { pid } = process;
  let notes = 0;
  let attribution = by;
  const note = (via: Via, target: string): void => {
    const file = `${folder}/${Date.now()}-${now()}-${pid}.json`;
    const facts = { tried: new Date().toISOString(), via, host: target, ...attribution() };
    if (notes === 1) mkdirSync(folder, { recursive: true, mode: 0o700 });
    write(`${file}.draft`, stringify(facts), { mode: 0o600 });
    rename(`${file}.draft`, file);
  };
  return {
    home,
    child,
    offline: () => byEnvironment || exists(switchFile),
    stopped: (via, target) => {
      notes += 1;
      if (notes > MOST_NOTES) return;
      try {
        note(via, notes === MOST_NOTES ? `${target} …` : target.slice(0, 253));
      } catch {
        // A disk that takes no note does not open the way.
      }
    },
    attribute: (theirs) => {
      attribution = theirs;
    },
    told: () => stringify({ home, by: attribution() }),
  };
}
