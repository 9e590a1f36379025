/** For tests: the server as browsers and programs meet it, on a real socket over a real system whose studio is small. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { z } from 'zod';
import { createClient } from '../../../sdk/src/index.ts';
import { createInProcessRunner, createOs, type Os, type OsConfig } from '../../host/index.ts';
import { defineOp, defineStudio } from '../../kernel/index.ts';
import { type HttpOptions, type HttpServer, serveHttp } from './serve-http.ts';

/** A folder for this test file alone. */
export const folder = mkdtempSync(join(tmpdir(), 'http-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const write = defineOp({
  name: 'test/write',
  version: 1,
  summary: { en: 'writes', zh: '写' },
  options: z.object({ text: z.string().default('一').describe('what to write') }),
  run: ({ preview }, _inputs, { text }) => {
    preview({ candidate: 0, text: text.slice(0, 1) });
    return { works: [{ medium: 'note', title: text, document: { text } }] };
  },
});
const count = defineOp({
  name: 'test/count',
  version: 1,
  summary: { en: 'counts', zh: '数' },
  options: z.object({ text: z.string() }),
  run: (_context, _inputs, { text }) => ({ works: [], report: { length: text.length } }),
});
export const studio = defineStudio({
  name: 'test',
  medium: 'note',
  ops: [write, count],
  formats: [
    { name: 'html', mime: 'text/html', extension: 'html', write: () => new TextEncoder().encode('<script>1</script>') },
  ],
  critique: () => [{ name: 'length', value: 1, summary: { en: 'l', zh: '长' } }],
});

/** A studio of three files, as vite builds it. */
export const PAGES = join(folder, 'pages');
mkdirSync(join(PAGES, 'assets'), { recursive: true });
writeFileSync(
  join(PAGES, 'index.html'),
  '<!doctype html><script type="module" src="/assets/index-B5Htz4Xt.js"></script>',
);
writeFileSync(join(PAGES, 'assets/index-B5Htz4Xt.js'), 'export {};');
writeFileSync(join(PAGES, 'seal.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');

/** A server, and ways to ask it. */
export interface Served {
  readonly os: Os;
  readonly server: HttpServer;
  readonly home: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  client: ReturnType<typeof createClient>;
}

let homes = 0;
/** Serves a home of its own while `use` runs. */
export async function withServer(
  use: (served: Served) => Promise<void>,
  options: Partial<HttpOptions> & Pick<OsConfig, 'runner' | 'studios'> = {},
): Promise<void> {
  homes += 1;
  const home = join(folder, `home${homes}`);
  const studios = options.studios ?? [studio];
  await using os = await createOs({
    home,
    studios,
    modelFolders: [join(home, 'models')],
    runner: options.runner ?? createInProcessRunner,
  });
  await using server = await serveHttp(os, { port: 0, pages: PAGES, version: '1.2.3', ...options });
  const client = createClient({ baseUrl: server.url, key: server.key });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers, redirect: 'manual' });
  await use({ os, server, home, get, client });
}
