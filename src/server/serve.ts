/** Everything over HTTP: the studio, its interface, and the doors for programs that speak other languages. Loaded when needed. */
import project from '../../package.json' with { type: 'json' };
import type { Os } from '../host/index.ts';
import type { HttpOptions, HttpServer } from './http/index.ts';

/** How it is served; every option has a default. */
export type ServeOptions = Omit<HttpOptions, 'mounts' | 'version'>;

/** Opens all doors. Dispose of the server before the system. Throws `http/host-needs-key`, `http/port-taken`, `http/bad-host`. */
export async function serve(house: Os, options: ServeOptions = {}): Promise<HttpServer> {
  const { byWorkers } = await import('../host/index.ts');
  const os = byWorkers(house);
  const { serveHttp } = await import('./http/index.ts');
  const { createOpenaiDoor } = await import('./doors/openai/index.ts');
  const { createA1111Door } = await import('./doors/a1111/index.ts');
  const { createMcpDoor } = await import('./doors/mcp/index.ts');
  const mounts = [
    { path: '/v1', app: createOpenaiDoor(os) },
    { path: '/sdapi/v1', app: createA1111Door(os) },
    { path: '/mcp', app: createMcpDoor(os) },
  ];
  return serveHttp(house, { ...options, mounts, version: project.version });
}

/** A link to the system that runs on this home already, good for one browser; undefined where none does. */
export async function linkOfRunning(home: string): Promise<{ url: string; link: string; pid: number } | undefined> {
  const { findRunning, writeTicket } = await import('./http/index.ts');
  const running = await findRunning(home);
  return running && { url: running.url, link: `${running.url}/?ticket=${writeTicket(running)}`, pid: running.pid };
}

/** Builds the studio's pages where they are missing or old; undefined where nothing is to do. The promise rejects with `http/studio-not-built`. */
export async function buildStudioIfOld(signal: AbortSignal): Promise<{ readonly done: Promise<void> } | undefined> {
  const { buildStudio, studioIsStale } = await import('./http/index.ts');
  return (await studioIsStale()) ? { done: buildStudio(signal) } : undefined;
}

/** Opens an address in the artist's browser; false where there is none to see. */
export async function showInBrowser(url: string, env: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  const { openBrowser } = await import('./http/index.ts');
  return openBrowser(url, env);
}
