/**
 * How quick the studio is in a real browser, on this machine:
 *
 *   node bench/studio.ts [--works 5000]
 *
 *   a home with 5,000 works ─▶ serve ─▶ Chromium ─▶ first contentful paint, bytes of script, frames while the wall is scrolled,
 *                                                   from a letter in the search box to the tiles that fit
 *
 * Frames are those that requestAnimationFrame sees in a browser without a screen, where 60 a second is the most. Scripts of
 * the first page are measured as gzip would send them. Writes bench/results/studio.json.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { fillHome } from './fill-home.ts';
import { machineFacts, median } from './training-machine.ts';

const { values } = parseArgs({ options: { works: { type: 'string', default: '5000' } } });
const ROOT = new URL('..', import.meta.url).pathname;
const home = mkdtempSync(join(tmpdir(), 'llmagentos-studio-'));
await fillHome(home, Number(values.works));
const server = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', 'serve', '--port', '0', '--no-open'],
  { cwd: ROOT, env: { ...process.env, LLMAGENTOS_HOME: home }, stdio: ['ignore', 'pipe', 'inherit'] },
);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const link = await linkOf();
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  const loaded = new Set<string>();
  page.on('response', (response) => loaded.add(new URL(response.url()).pathname));
  await page.goto(link);
  await page.locator('form label').first().waitFor();
  const scripts = [...loaded].filter((path) => path.endsWith('.js'));
  const paints = [];
  for (let i = 0; i < 5; i++) paints.push(await firstPaint(page, new URL(link).origin));
  await page.goto(`${new URL(link).origin}/works`);
  await page.locator('li article').first().waitFor();
  const result = {
    machine: machineFacts(),
    load: loadavg()[0],
    works: Number(values.works),
    firstContentfulPaintMs: { median: median(paints), all: paints },
    scriptOfFirstPage: { files: scripts.length, gzipBytes: scripts.reduce((sum, path) => sum + gzipped(path), 0) },
    scroll: await scroll(page),
    search: await search(page),
  };
  writeFileSync(new URL('results/studio.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  server.kill();
  if (server.exitCode === null) await once(server, 'exit');
  rmSync(home, { recursive: true, force: true });
}

async function linkOf(): Promise<string> {
  let said = '';
  for await (const piece of server.stdout) {
    said += String(piece);
    const link = /http:\S+ticket=\S+/.exec(said)?.[0];
    if (link) return link;
  }
  throw new Error(said);
}

function gzipped(path: string): number {
  const name = readdirSync(join(ROOT, 'web/dist/assets')).find((file) => path.endsWith(`/${file}`))!;
  return gzipSync(readFileSync(join(ROOT, 'web/dist/assets', name)), { level: 9 }).length;
}

async function firstPaint(page: Page, origin: string): Promise<number> {
  await page.goto(origin);
  await page.locator('form label').first().waitFor();
  const [entry] = (await page.evaluate(
    `performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)`,
  )) as number[];
  return Math.round(entry!);
}

/** Scrolls 40 px a frame for 6 seconds and looks at the time between frames. */
async function scroll(page: Page) {
  const gaps = (await page.evaluate(`new Promise((done) => {
    const gaps = [];
    let last = performance.now();
    const began = last;
    const step = (now) => {
      gaps.push(now - last);
      last = now;
      scrollBy(0, 40);
      if (now - began < 6000) requestAnimationFrame(step);
      else done(gaps.slice(1));
    };
    requestAnimationFrame(step);
  })`)) as number[];
  const sorted = gaps.toSorted((a, b) => a - b);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    framesPerSecond: Math.round((1000 * gaps.length) / total),
    gapMs: { median: sorted[sorted.length >> 1], p99: sorted[Math.floor(sorted.length * 0.99)], most: sorted.at(-1) },
    scrolledPixels: await page.evaluate('scrollY'),
  };
}

/** From a word in the box until the count of works that fit is shown. */
async function search(page: Page) {
  const times: number[] = [];
  await page.evaluate('scrollTo(0, 0)');
  const box = page.locator('input[type=search]');
  for (const word of ['月', '春风', '江南', 'lantern', '孤舟', '梅花']) {
    const answered = page.waitForResponse((response) => response.url().includes(encodeURIComponent(word)));
    const began = performance.now();
    await box.fill(word);
    await answered;
    times.push(Math.round(performance.now() - began));
  }
  return { medianMs: median(times), all: times };
}
