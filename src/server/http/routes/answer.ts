/**
 * From the table of routes to handlers: each is given what its schemas read out of the request, and gives what its schema says.
 *
 *   request ─▶ names of the path by pattern ─▶ query, body by schema ─▶ handler ─▶ JSON, or the response it made
 */
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { type Answer, ROUTES, type Route, type RouteName } from '../../../../sdk/src/api/index.ts';
import { OsError } from '../../../core/index.ts';
import { answerError } from '../answer-error.ts';
import type { GuardEnv } from '../guard/index.ts';
import { readJson } from '../read-body.ts';

type Table = typeof ROUTES;
type Names<P> = P extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type Read<R, K extends string> = R extends { readonly [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined;

/** A request as its handler gets it. */
export interface RouteRequest<N extends RouteName> {
  readonly names: { readonly [P in Names<Table[N]['path']>]: string };
  readonly query: Read<Table[N], 'query'>;
  readonly body: Read<Table[N], 'body'>;
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  readonly c: Context<GuardEnv>;
}

/** What a handler gives: the answer of the table, or a response where the table says bytes. */
export type Given<N extends RouteName> = [Answer<N>] extends [never] ? Response : Answer<N>;

/** What each route does. */
export type Handlers = { readonly [N in RouteName]: (request: RouteRequest<N>) => Promise<Given<N>> | Given<N> };

/** Puts every route of the table on an app. */
export function addRoutes(app: Hono<GuardEnv>, handlers: Handlers): void {
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    const handler = handlers[name as RouteName] as (request: unknown) => Promise<unknown> | unknown;
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), async (c) => {
      try {
        const given = await handler(await readRequest(c, route));
        if (given instanceof Response) return given;
        c.header('cache-control', 'no-store');
        return c.json(given as object, (route.status ?? 200) as 200);
      } catch (thrown) {
        return answerError(c, thrown);
      }
    });
  }
}

async function readRequest(c: Context<GuardEnv>, route: Route): Promise<RouteRequest<RouteName>> {
  const names = readNames(c, route.path);
  const query = parse(route.query ?? z.looseObject({}), c.req.query(), 'query');
  const body = route.body === undefined ? undefined : parse(route.body, await readJson(c.req.raw), 'body');
  return { names, query, body, signal: c.req.raw.signal, c } as RouteRequest<RouteName>;
}

/** What a name in a path may look like; nothing else reaches a handler. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  '/api/works/{id}': /^[0-9a-f]{4,64}$/,
  '/api/jobs/{id}': /^[\w-]{1,64}$/,
  '/api/models/{name}': /^[a-z0-9][\w.-]{0,99}$/i,
  '{format}': /^[a-z0-9][a-z0-9-]{0,39}$/,
};
const ANY_NAME = /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,99}$/u;

function readNames(c: Context<GuardEnv>, path: string): Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([whole, name = '']) => {
    const value = c.req.param(name) ?? '';
    const head = path.slice(0, path.indexOf(whole) + whole.length);
    if (!(PATTERNS[head] ?? PATTERNS[whole] ?? ANY_NAME).test(value)) throw badName(name);
    return [name, value];
  });
  return Object.fromEntries(names) as Record<string, string>;
}

/** Reads with a schema. Throws `http/bad-request` with what is wrong, in both languages. */
function parse(schema: z.ZodType, value: unknown, where: 'query' | 'body'): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const inChinese = schema.safeParse(value, { error: z.locales.zhCN().localeError });
  const [en, zh] = [parsed.error, inChinese.error!].map(({ issues }) =>
    issues
      .slice(0, 5)
      .map(({ path, message }) => [path.map(String).join('.'), message].filter((part) => part !== '').join(': '))
      .join('; '),
  );
  throw new OsError({
    kind: 'input',
    code: 'http/bad-request',
    message: `The ${where} of the request is not as it should be: ${en}.`,
    hint: 'What each route takes is in /api/openapi.json.',
    zh: {
      message: `请求的${where === 'query' ? '查询参数' : '内容'}不合要求：${zh}。`,
      hint: '各接口所需参数见 /api/openapi.json。',
    },
  });
}

function badName(name: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/bad-name',
    message: `The address holds no {${name}} that could exist.`,
    hint: 'Use ids and names as the lists give them.',
    zh: { message: `地址中的 {${name}} 不可能存在。`, hint: '请使用列表中给出的编号与名称。' },
  });
}
