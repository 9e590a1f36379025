/**
 * `serve`: the system for browsers and programs, until it is stopped. A second one on the same home gives the link of the
 * first. `serve --stdio` answers the program that started it, instead.
 */
import type { Command } from 'commander';
import { EXIT_CODES, toOsError } from '../../core/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { wordsOf } from '../failure.ts';
import { numberIn } from '../option-values.ts';

interface ServeOptions {
  readonly stdio?: true;
  /** Ends with the program that started it. */
  readonly attached?: true;
  readonly port?: number;
  readonly host?: string;
  readonly key?: string;
  readonly requireKey?: true;
  /** False with --no-open. */
  readonly open?: boolean;
  /** False with --no-build. */
  readonly build?: boolean;
}

/** Adds `serve`. */
export function addServe(program: Command, door: Door, answer: Answer): void {
  const { say } = door;
  program
    .command('serve')
    .description(say('serve.summary'))
    .option('-p, --port <n>', say('serve.port'), numberIn('--port', { min: 0, max: 65_535, whole: true }))
    .option('--host <address>', say('serve.host'))
    .option('--key <key>', say('serve.key'))
    .option('--require-key', say('serve.requireKey'))
    .option('--no-open', say('serve.noOpen'))
    .option('--no-build', say('serve.noBuild'))
    .option('--stdio', say('serve.stdio'))
    .option('--attached', say('serve.attached'))
    .action((options: ServeOptions) => answer(() => (options.stdio ? serveStdio(door) : serveStudio(door, options))));
}

async function serveStdio(door: Door): Promise<Reply> {
  const { serveStdio: converse } = await import('../../server/index.ts');
  const { stdin, stdout, signal } = door.world;
  await converse(await door.os(), { input: stdin, output: stdout, signal });
  return { lines: [], exitCode: signal.aborted ? EXIT_CODES.cancelled : 0 };
}

/** Serves until the signal; what a bare `npm start` does in a terminal. */
export async function serveStudio(door: Door, options: ServeOptions = {}): Promise<Reply> {
  const { linkOfRunning, serve, showInBrowser } = await import('../../server/index.ts');
  const { findHome } = await import('../../host/index.ts');
  const { env, signal } = door.world;
  const show = (link: string): unknown => options.open !== false && !door.json && showInBrowser(link, env);
  const running = await linkOfRunning(findHome(env));
  if (running) {
    tell(door, 'serve.already', running);
    await show(running.link);
    return { lines: [] };
  }
  const { host, port, key, requireKey } = options;
  await using server = await serve(await door.os(), { host, port, key, requireKey });
  if (options.build !== false && !env.LLMAGENTOS_NO_BUILD) await buildPages(door, server);
  const link = server.link();
  if (!signal.aborted) tell(door, 'serve.ready', { url: server.url, link, pid: process.pid });
  await show(link);
  // Somebody is about to ask.
  if (!signal.aborted) (await (await door.os()).desk()).warm();
  await Promise.race([aborted(signal), ...(options.attached ? [ended(door.world.stdin)] : [])]);
  return { lines: [] };
}

/** The server answers already; its pages say that they are being built. Without pages the doors for programs stay open. */
async function buildPages(door: Door, server: { waitForPages(building: Promise<unknown>): void }): Promise<void> {
  const { buildStudioIfOld } = await import('../../server/index.ts');
  const { world, ink, say, language } = door;
  const building = await buildStudioIfOld(world.signal);
  if (building === undefined) return;
  const note = (text: string): unknown => world.stderr.write(`${ink.quiet(text)}\n`);
  note(say('serve.building'));
  server.waitForPages(building.done);
  await building.done.catch((thrown: unknown) => {
    if (world.signal.aborted) return;
    note(wordsOf(toOsError(thrown), language).message);
    note(say('serve.noPages'));
  });
}

interface Opened {
  readonly url: string;
  readonly link: string;
  readonly pid: number;
}

/** One line to click, or one JSON object. */
function tell({ world, json, say, ink }: Door, key: 'serve.ready' | 'serve.already', { url, link, pid }: Opened): void {
  world.stdout.write(
    json ? `${JSON.stringify({ serving: { url, link, pid } })}\n` : `${say(key)} ${ink.accent(link)}\n`,
  );
}

/** The input of a child ends when its parent does. */
async function ended(stdin: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stdin);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  // Listening to a signal keeps no process alive; the server's socket does.
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
