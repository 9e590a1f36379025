/**
 * The whole HTTP interface as one app, without a socket: guard ─▶ routes of the table, doors for programs, pages.
 */
import { type Handler, Hono } from 'hono';
import { ROUTES } from '../../../sdk/src/api/index.ts';
import { OsError } from '../../core/index.ts';
import { answerError } from './answer-error.ts';
import { createGuard, type GuardEnv, type GuardOptions, type Need } from './guard/index.ts';
import { addRoutes, type Handlers } from './routes/index.ts';

/** A door for programs: paths that speak somebody else's language. */
export interface Mount {
  /** Beginning of its paths, such as `/v1`. */
  readonly path: string;
  /** Routes relative to that beginning; it answers everything under it, errors too. */
  readonly app: Hono;
}

export interface AppOptions {
  readonly guard: GuardOptions;
  readonly handlers: Handlers;
  readonly openApi: () => object;
  readonly mounts: readonly Mount[];
  readonly studio: Handler<GuardEnv>;
}

/** Puts the parts together. */
export function createApp({ guard, handlers, openApi, mounts, studio }: AppOptions): Hono<GuardEnv> {
  const app = new Hono<GuardEnv>();
  app.onError((thrown, c) => answerError(c, thrown));
  app.notFound((c) => answerError(c, noRoute(c.req.path)));
  app.use(createGuard(guard, (path) => needOf(path, mounts)));
  addRoutes(app, handlers);
  app.get('/api/openapi.json', (c) => c.json(openApi()));
  app.all('/api/*', (c) => answerError(c, isKnown(c.req.path) ? wrongMethod(c.req.method) : noRoute(c.req.path)));
  for (const mount of mounts) app.route(mount.path, mount.app);
  app.use(studio);
  return app;
}

function needOf(path: string, mounts: readonly Mount[]): Need {
  if (path === '/api' || path.startsWith('/api/')) return 'key';
  return mounts.some((mount) => path === mount.path || path.startsWith(`${mount.path}/`)) ? 'program' : 'nothing';
}

const KNOWN = Object.values(ROUTES).map(({ path }) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`));

function isKnown(path: string): boolean {
  return KNOWN.some((pattern) => pattern.test(path));
}

function noRoute(path: string): OsError {
  const shown = path.slice(0, 100);
  return new OsError({
    kind: 'missing',
    code: 'http/no-route',
    message: `There is nothing at ${shown}.`,
    hint: 'What there is stands in /api/openapi.json.',
    zh: { message: `${shown} 处什么也没有。`, hint: '所有接口见 /api/openapi.json。' },
  });
}

function wrongMethod(method: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/wrong-method',
    message: `This address takes no ${method}.`,
    hint: 'The methods of each address stand in /api/openapi.json.',
    zh: { message: `此地址不接受 ${method}。`, hint: '各地址可用的方法见 /api/openapi.json。' },
  });
}
