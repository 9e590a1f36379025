/** For tests: the app without a socket and without a system; its handlers note that they were reached. */
import { ROUTES } from '../../../sdk/src/api/index.ts';
import { createApp, type Mount } from './app.ts';
import type { GuardOptions } from './guard/index.ts';
import type { Handlers } from './routes/index.ts';

export const KEY = 'k'.repeat(43);
export const PORT = 4870;
export const HOST = `127.0.0.1:${PORT}`;

/** An app that answers `{ reached: name }`. */
export function fakeApp(guard: Partial<GuardOptions> = {}, mounts: readonly Mount[] = []) {
  const reached: string[] = [];
  const handlers = Object.fromEntries(
    Object.keys(ROUTES).map((name) => [
      name,
      () => {
        reached.push(name);
        return Response.json({ reached: name });
      },
    ]),
  ) as unknown as Handlers;
  const app = createApp({
    guard: {
      address: { host: '127.0.0.1', port: PORT },
      key: KEY,
      boot: 'b',
      requireKey: false,
      now: () => 0,
      ...guard,
    },
    handlers,
    openApi: () => ({}),
    mounts,
    studio: (_, next) => next(),
  });
  const ask = (path: string, init: RequestInit = {}, peer = '127.0.0.1'): Promise<Response> => {
    const headers = { host: HOST, ...(init.headers as Record<string, string>) };
    const env = { incoming: { socket: { remoteAddress: peer } } };
    return Promise.resolve(app.request(`http://${HOST}${path}`, { ...init, headers }, env));
  };
  return { app, reached, ask };
}

/** A path of a route with its names filled in. */
export function examplePath(path: string, value = 'abcdef0123456789'): string {
  return path.replace(/\{\w+\}/g, encodeURIComponent(value));
}
