/**
 * The studio as a person meets it: the real server in a home of its own, and Chromium in front of it. One for each test file.
 *
 *   const studio = await openStudio(t);   const page = await studio.open('/write');   await studio.keep(page, 'write');
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '../..');
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Why browser tests do not run here, in a sentence; undefined where they do. */
export const NO_BROWSER: string | undefined =
  CHROMIUM === undefined
    ? 'Chromium is not installed (Debian: apt install chromium); nothing of the studio was tried'
    : undefined;

export type Theme = 'light' | 'dark';
export type Language = 'en' | 'zh';

export interface Look {
  readonly theme?: Theme;
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
}

export interface Studio {
  readonly origin: string;
  readonly key: string;
  /** Its home folder. */
  readonly home: string;
  /** Opens a page of the studio; errors in its console are collected for `quiet`. */
  open(path: string, look?: Look): Promise<Page>;
  /** Asks the interface as a program does. */
  call(method: string, path: string, body?: object): Promise<unknown>;
  /** Runs an op to its end; answers the ids of its works. */
  run(op: string, options: object, inputs?: readonly string[]): Promise<string[]>;
  /** Keeps a picture of the page where LLMAGENTOS_SCREENSHOTS names a folder. */
  keep(page: Page, name: string): Promise<void>;
  /** Fails if any page wrote an error to its console; that the server was gone is none after `crash`. */
  quiet(): void;
  /** Kills the server as a power cut does: kill -9. */
  crash(): Promise<void>;
  /** Starts it again, over the same home, at the same port. */
  rise(): Promise<void>;
  close(): Promise<void>;
}

/** Starts server and browser. Close it when the file is done. */
export async function openStudio(): Promise<Studio> {
  const home = await mkdtemp(join(tmpdir(), 'studio-'));
  const { server, link } = await startServer(home, 0);
  const browser = await chromium.launch({
    executablePath: CHROMIUM!,
    args: [
      '--no-sandbox',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(link);
  await first.close();
  const { key } = JSON.parse(await readFile(join(home, 'server.json'), 'utf8')) as { key: string };
  return studioOf({ home, server, browser, context, origin: new URL(link).origin, key });
}

/** The real server over a home. */
async function startServer(home: string, port: number): Promise<{ server: ChildProcess; link: string }> {
  const server = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'serve', '--port', String(port), '--no-open'],
    {
      cwd: ROOT,
      env: { ...process.env, LLMAGENTOS_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  return { server, link: await readLink(server) };
}

interface Parts {
  readonly home: string;
  readonly server: ChildProcess;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly origin: string;
  readonly key: string;
}

/** What a browser writes to its console of its own accord when a server goes. */
const GONE = /net::ERR_/;

function studioOf({ home, server: first, browser, context, origin, key }: Parts): Studio {
  let server = first;
  let crashed = false;
  const faults: string[] = [];
  const call: Studio['call'] = async (method, path, body) => {
    const response = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    assert.ok(response.ok, `${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    origin,
    key,
    home,
    call,
    async open(path, { theme = 'light', language = 'zh', width = 1280, height = 800 } = {}) {
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      page.on('console', (message) => message.type() === 'error' && faults.push(`${path}: ${message.text()}`));
      page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`));
      await page.addInitScript(
        ([shade, speech]) => {
          localStorage.setItem('llmagentos.theme', shade!);
          localStorage.setItem('llmagentos.language', speech!);
        },
        [theme, language],
      );
      await page.goto(origin + path);
      return page;
    },
    async run(op, options, inputs = []) {
      let job = (await call('POST', '/api/jobs', { op, options, inputs })) as {
        id: string;
        state: string;
        works: string[];
      };
      while (job.state === 'queued' || job.state === 'running') {
        await new Promise((done) => setTimeout(done, 100));
        job = (await call('GET', `/api/jobs/${job.id}`)) as typeof job;
      }
      assert.equal(job.state, 'done', JSON.stringify(job));
      return job.works;
    },
    async keep(page, name) {
      const folder = process.env.LLMAGENTOS_SCREENSHOTS;
      if (!folder) return;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    },
    quiet: () =>
      assert.deepEqual(
        faults.filter((fault) => !(crashed && GONE.test(fault))),
        [],
      ),
    async crash() {
      crashed = true;
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
    async rise() {
      ({ server } = await startServer(home, Number(new URL(origin).port)));
    },
    async close() {
      await browser.close();
      server.kill('SIGTERM');
      if (server.exitCode === null) await once(server, 'exit');
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function readLink(server: ChildProcess): Promise<string> {
  let said = '';
  for await (const piece of server.stdout!) {
    said += String(piece);
    const link = /http:\/\/127\.0\.0\.1:\d+\/\?ticket=\S+/.exec(said)?.[0];
    if (link) {
      server.stdout!.resume();
      return link;
    }
  }
  throw new Error(`the server ended: ${said}`);
}

/** Waits until something is so, 10 seconds at most; for what no locator can wait for (the policy of the page forbids eval). */
export async function until(isSo: () => Promise<boolean>, what: string, patience = 10_000): Promise<void> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** No finding of axe-core, rules of WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const source = await readFile(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )) as { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
  const told = found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join('; ')}`,
  );
  assert.deepEqual(told, [], page.url());
}
