/**
 * The studio's pages.
 *
 *   /?ticket=…         a good ticket: the cookie, and on to /
 *   /assets/…, files   to anybody: they hold nothing of the artist's
 *   any page path      with the cookie: index.html; without: how to get in
 */
import type { Context, MiddlewareHandler } from 'hono';
import { type GuardEnv, STUDIO_POLICY } from '../guard/index.ts';
import type { StudioFile, StudioFiles } from './files.ts';
import { BEING_BUILT, LOCKED, NOT_BUILT, PLAIN_POLICY, plainPage, type Telling, WELCOME } from './plain-page.ts';

/** What the pages are served from. */
export interface StudioOptions {
  readonly files: () => Promise<StudioFiles>;
  /** Whether it is being built now. */
  readonly building: () => boolean;
  /** Takes a ticket once. */
  readonly takeTicket: (ticket: string) => boolean;
  /** The `Set-Cookie` for whoever had one. */
  readonly cookie: string;
}

/** Serves `GET` of everything that no route took; other paths are left to the next handler. */
export function serveStudio(options: StudioOptions): MiddlewareHandler<GuardEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next();
    const ticket = c.req.path === '/' ? c.req.query('ticket') : undefined;
    if (ticket !== undefined) return welcome(c, options, ticket);
    const files = await options.files();
    const file = files.get(c.req.path);
    if (file !== undefined && c.req.path !== '/index.html') return sendFile(c, file);
    if (!isPage(c)) return next();
    if (c.get('guarded').proof === undefined) return sendPlain(c, LOCKED, 401);
    const page = files.get('/index.html');
    if (page === undefined) return options.building() ? sendPlain(c, BEING_BUILT, 503) : sendPlain(c, NOT_BUILT, 503);
    c.header('content-security-policy', STUDIO_POLICY);
    c.header('cache-control', 'no-store');
    return c.body(page.bytes, 200, { 'content-type': page.type });
  };
}

/** A page has no dot in its last part; a file that is not there is not a page. */
function isPage(c: Context): boolean {
  return !/\.[^/]*$/.test(c.req.path) || c.req.path === '/index.html';
}

/** A browser that came from another page sends no strict cookie with a redirect, but does when our own page leads on. */
function welcome(c: Context<GuardEnv>, { takeTicket, cookie }: StudioOptions, ticket: string): Response {
  const known = c.get('guarded').proof !== undefined;
  if (!takeTicket(ticket) && !known) return sendPlain(c, LOCKED, 401);
  c.header('set-cookie', cookie);
  c.header('cache-control', 'no-store');
  const site = c.req.header('sec-fetch-site');
  return site === undefined || site === 'none' ? c.redirect('/', 303) : sendPlain(c, WELCOME, 200);
}

function sendFile(c: Context, { bytes, type, etag, hashed }: StudioFile): Response {
  c.header('etag', etag);
  c.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  return c.body(bytes, 200, { 'content-type': type });
}

function sendPlain(c: Context, telling: Telling, status: 200 | 401 | 503): Response {
  c.header('content-security-policy', PLAIN_POLICY);
  c.header('cache-control', 'no-store');
  return c.html(plainPage(telling), status);
}
