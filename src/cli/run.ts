/**
 * One run of the command line, from arguments to exit code. The only place of this room that catches: whatever goes wrong
 * becomes one error in the reader's language and an exit code by its kind.
 */
import { CommanderError } from 'commander';
import project from '../../package.json' with { type: 'json' };
import { cancelled, type OsError, toOsError } from '../core/index.ts';
import type { Os } from '../host/index.ts';
import { COMMAND_NAMES } from './commands/names.ts';
import type { Door, Reply, World } from './door.ts';
import { exitCodeOf, failureJson, failureLines } from './failure.ts';
import { askedLanguage, type Language, languageOf, languageOfLocale } from './language.ts';
import { createSay } from './messages.ts';
import { createProgram } from './program.ts';
import { createInk, wantsColour } from './terminal/ink.ts';
import { createLive } from './terminal/live.ts';
import { usageError } from './usage-error.ts';

const WIDEST = 100;

/** The language of the first word of a bare brief, so that even a misspelt option of it is told in that language. */
function languageOfBrief(argv: readonly string[]): Language | undefined {
  const [first = '', second = ''] = argv.filter((word) => !word.startsWith('-'));
  if (first === 'write') return languageOf(second);
  return COMMAND_NAMES.includes(first) ? undefined : languageOf(first);
}

/** The command that the arguments name; a bare brief is `write`. */
function commandOf(argv: readonly string[]): string {
  return COMMAND_NAMES.find((name) => name === argv.find((word) => !word.startsWith('-'))) ?? 'write';
}

/** Opens the system on the home folder that the environment names; loaded late, because help needs none of it. */
async function openOs({ env, fetch }: World): Promise<Os> {
  const { createOs, findHome } = await import('../host/index.ts');
  return createOs({ home: findHome(env), ...(fetch ? { fetch } : {}) });
}

/** A door with what it must give back at the end. */
interface OpenDoor extends Door {
  /** Sets the language for good. */
  settle(language: Language): void;
  close(): Promise<void>;
}

/** Runs the command that `world.argv` names and gives the exit code. Never throws. */
export async function runCli(world: World): Promise<number> {
  const door = openDoor(world);
  try {
    const asked = askedLanguage(world.argv);
    if (asked !== undefined) door.settle(asked);
    else door.speak(languageOfBrief(world.argv));
    const reply = await find(door, world.argv)();
    door.live.clear();
    const text = door.json && reply.json !== undefined ? JSON.stringify(reply.json) : reply.lines.join('\n');
    if (text !== '') world.stdout.write(`${text}\n`);
    return reply.exitCode ?? 0;
  } catch (thrown) {
    door.live.clear();
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    return tellFailure(door, osErrorOf(thrown, world));
  } finally {
    await door.close();
  }
}

/** Parses the arguments into the work they ask for. Throws commander's errors and those of option values. */
function find(door: Door, argv: readonly string[]): () => Promise<Reply> {
  let work: (() => Promise<Reply>) | undefined;
  const program = createProgram(door, project.version, (found) => {
    work = found;
  });
  program.parse([...argv], { from: 'user' });
  return work!;
}

function osErrorOf(thrown: unknown, { argv, signal }: World): OsError {
  if (thrown instanceof CommanderError) return usageError(thrown, `llmagentos ${commandOf(argv)}`);
  const error = toOsError(thrown);
  return signal.aborted && error.kind === 'bug' ? cancelled(thrown) : error;
}

function tellFailure(door: Door, error: OsError): number {
  const { stdout, stderr, env } = door.world;
  if (door.json) stdout.write(`${JSON.stringify(failureJson(error, door.language))}\n`);
  else {
    const ink = createInk(wantsColour(stderr.isTTY === true, env));
    stderr.write(`${failureLines(error, door.language, ink, Boolean(env.LLMAGENTOS_DEBUG)).join('\n')}\n`);
  }
  return exitCodeOf(error);
}

function openDoor(world: World): OpenDoor {
  const { argv, env, stdout, stderr } = world;
  let language = languageOfLocale(env);
  let settled = false;
  let os: ReturnType<Door['os']> | undefined;
  const json = (argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv).includes('--json');
  return {
    world,
    json,
    get language() {
      return language;
    },
    get say() {
      return createSay(language);
    },
    ink: createInk(wantsColour(stdout.isTTY === true, env)),
    columns: Math.min(stdout.columns || stderr.columns || 80, WIDEST),
    live: createLive(stderr, !json && env.TERM !== 'dumb'),
    speak: (wish) => {
      if (!settled) language = wish ?? language;
    },
    settle: (wish) => {
      language = wish;
      settled = true;
    },
    os: () => {
      os ??= openOs(world);
      return os;
    },
    close: async () => {
      const opened = await os?.catch(() => undefined);
      await opened?.[Symbol.asyncDispose]();
    },
  };
}
