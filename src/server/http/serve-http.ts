/**
 * The running server: the system, its socket, and the file by which the artist's programs find it.
 *
 *   os ─▶ desk ─▶ events ─▶ broadcast ─┐
 *   os ─▶ handlers ────────────────────┼─▶ app ─▶ socket ─▶ <home>/server.json
 *   pages, doors for programs ─────────┘
 */
import { randomUUID } from 'node:crypto';
import { OsError } from '../../core/index.ts';
import { byWorkers, type Os } from '../../host/index.ts';
import { createApp, type Mount } from './app.ts';
import { createCards } from './cards.ts';
import { createBroadcast, pumpEvents, STREAM_LIMITS, type StreamLimits } from './events/index.ts';
import {
  bracketed,
  createKeyCheck,
  createTicketGate,
  isLoopback,
  type Rates,
  type Seal,
  writeTicket,
} from './guard/index.ts';
import { eventView } from './job-view.ts';
import { type Listening, listen, type Patience } from './listen.ts';
import { openApiDocument } from './open-api.ts';
import { createHandlers } from './routes/index.ts';
import { keyOf, writeServerFile } from './server-file.ts';
import { createStudioFiles, STUDIO_PAGES, serveStudio } from './studio/index.ts';

/** The port that is tried first. */
export const PORT = 4870;

export interface HttpOptions {
  /** Default: this machine alone. Others need a `key`. */
  readonly host?: string | undefined;
  /** Default: `PORT`, or the next that is free; 0: any. */
  readonly port?: number | undefined;
  /** Default: the one of this home, made at the first start. */
  readonly key?: string | undefined;
  /** Whether programs of this machine need the key, too. */
  readonly requireKey?: boolean | undefined;
  /** Doors for programs that speak other languages. */
  readonly mounts?: readonly Mount[] | undefined;
  /** Folder of the built studio. */
  readonly pages?: string | undefined;
  readonly version: string;
  readonly patience?: Patience | undefined;
  readonly limits?: Partial<StreamLimits> | undefined;
  readonly rates?: Rates | undefined;
}

/** A server that answers. Dispose of it before the system. */
export interface HttpServer extends AsyncDisposable {
  /** `http://127.0.0.1:4870`. */
  readonly url: string;
  readonly port: number;
  readonly key: string;
  /** A link that lets a browser in, once. */
  link(): string;
  /** Until the promise settles, the pages say that they are being built. */
  waitForPages(building: Promise<unknown>): void;
}

/** Opens the door. Throws `http/host-needs-key`, `http/port-taken`, `http/bad-host`. */
export async function serveHttp(house: Os, options: HttpOptions): Promise<HttpServer> {
  const { host = '127.0.0.1', port = PORT, patience } = options;
  if (!isLoopback(host)) refuseWithoutKey(options.key);
  const seal: Seal = { key: options.key ?? (await keyOf(house.home)), boot: randomUUID() };
  const socket = await listen({ host, port, orNext: options.port === undefined, patience });
  try {
    return await openServer(byWorkers(house), { ...options, host, seal, socket });
  } catch (thrown) {
    await socket.close();
    throw thrown;
  }
}

interface Opening extends HttpOptions {
  readonly host: string;
  readonly seal: Seal;
  readonly socket: Listening;
}

async function openServer(os: Os, { host, seal, socket, ...options }: Opening): Promise<HttpServer> {
  const { version, mounts = [], pages = STUDIO_PAGES, requireKey = false, rates } = options;
  const { port } = socket;
  const desk = await os.desk();
  const cards = createCards(os);
  const broadcast = createBroadcast(0);
  const over = new AbortController();
  const pump = pumpEvents(desk, broadcast, { view: (event) => eventView(event, cards), signal: over.signal });
  const building = { count: 0 };
  const limits = { ...STREAM_LIMITS, ...options.limits };
  const app = createApp({
    guard: { ...seal, address: { host, port }, requireKey, now: () => performance.now(), rates },
    handlers: createHandlers({ os, desk, cards, broadcast, limits, startedAt: Date.now(), version }),
    openApi: () => openApiDocument(version),
    mounts,
    studio: serveStudio({
      files: createStudioFiles(pages),
      building: () => building.count > 0,
      takeTicket: createTicketGate(seal),
      cookie: createKeyCheck(seal.key, port).cookie,
    }),
  });
  socket.serve(app.fetch);
  const running = {
    host: addressee(host),
    port,
    pid: process.pid,
    boot: seal.boot,
    startedAt: new Date().toISOString(),
  };
  await writeServerFile(os.home, { key: seal.key, running });
  const url = `http://${running.host}:${port}`;
  return {
    url,
    port,
    key: seal.key,
    link: () => `${url}/?ticket=${writeTicket(seal)}`,
    waitForPages: (promise) => {
      building.count += 1;
      const done = (): void => {
        building.count -= 1;
      };
      promise.then(done, done);
    },
    [Symbol.asyncDispose]: async () => {
      over.abort();
      await socket.close();
      await pump;
      await writeServerFile(os.home, { key: seal.key });
    },
  };
}

/** By what this machine reaches the server. */
function addressee(host: string): string {
  return ['0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : bracketed(host);
}

const SHORTEST_KEY = 16;

function refuseWithoutKey(key: string | undefined): void {
  if (key !== undefined && key.length >= SHORTEST_KEY) return;
  throw new OsError({
    kind: 'input',
    code: 'http/host-needs-key',
    message: 'An address that others can reach needs a key of 16 characters or more.',
    hint: 'Choose one: llmagentos serve --host ADDRESS --key KEY; or leave --host out, for this machine alone.',
    zh: {
      message: '他人可以访问的地址需要至少 16 个字符的密钥。',
      hint: '请自定密钥：llmagentos serve --host 地址 --key 密钥；若只供本机使用，请去掉 --host。',
    },
  });
}
