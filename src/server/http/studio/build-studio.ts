/**
 * Builds the studio's pages with vite when they are missing or older than what they are made of. What they are made of is
 * known by one hash over the sources, which is written beside the pages; so a change is never missed and nothing is built twice.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { OsError } from '../../../core/index.ts';

/** The folder of the project. */
const PROJECT = resolve(import.meta.dirname, '../../../..');

/** Where the studio's sources lie, and what is built of them. */
export const STUDIO_SOURCES: string = join(PROJECT, 'web');
export const STUDIO_PAGES: string = join(STUDIO_SOURCES, 'dist');

const STAMP = '.sources';

/** What the pages are made of. */
const MADE_OF = ['web', 'sdk/src', 'package-lock.json'];
const NOT_OF = /(^|\/)(dist|node_modules)(\/|$)|\.test\.tsx?$/;

/** Whether the pages have to be built. */
export async function studioIsStale(pages = STUDIO_PAGES): Promise<boolean> {
  const stamp = await readFile(join(pages, STAMP), 'utf8').catch(() => undefined);
  return stamp === undefined || !existsSync(join(pages, 'index.html')) || stamp !== (await hashSources());
}

/** Builds the pages in a process of its own; they are replaced when all are there. Throws `http/studio-not-built`. */
export async function buildStudio(signal?: AbortSignal): Promise<void> {
  const stamp = await hashSources();
  const next = join(STUDIO_SOURCES, `dist.${process.pid}.tmp`);
  const before = `${next}.before`;
  try {
    await runVite(next, signal);
    await writeFile(join(next, STAMP), stamp);
    await rename(STUDIO_PAGES, before).catch(() => undefined);
    await rename(next, STUDIO_PAGES);
  } finally {
    for (const folder of [next, before]) await rm(folder, { recursive: true, force: true });
  }
}

async function runVite(outDir: string, signal: AbortSignal | undefined): Promise<void> {
  const vite = join(PROJECT, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: STUDIO_SOURCES,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
  }
  const { promise, resolve: done, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', done);
  const code = await promise;
  if (code !== 0) throw notBuilt(said.trim());
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await listSources()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(PROJECT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

async function listSources(): Promise<string[]> {
  const lists = await Promise.all(
    MADE_OF.map(async (place) => {
      const entries = await readdir(join(PROJECT, place), { recursive: true, withFileTypes: true }).catch(
        () => undefined,
      );
      if (entries === undefined) return [place];
      return entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(PROJECT, join(parentPath, name)));
    }),
  );
  const paths = lists.flat().map((path) => path.replaceAll('\\', '/'));
  return paths.filter((path) => !NOT_OF.test(path) && !/\.tmp(\.before)?\//.test(path)).sort();
}

function notBuilt(said: string): OsError {
  return new OsError({
    kind: 'bug',
    code: 'http/studio-not-built',
    message: `The studio's pages could not be built: ${said || 'vite ended without a word'}`,
    hint: 'The rest of the system works. Please report this with the message above.',
    zh: {
      message: `画室的页面构建失败：${said || 'vite 未给出原因'}`,
      hint: '系统其余部分可正常使用。请连同上述信息一起报告。',
    },
  });
}
