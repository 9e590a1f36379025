/**
 * The socket: an app is given requests that are whole, small and quick enough to be looked at. Connections that dawdle over
 * their headers or bodies are closed (slow loris), and there are never more than a machine can bear.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { OsError } from '../../core/index.ts';

/** How long requests may take to arrive, in milliseconds. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
  /** How often connections are looked at. */
  readonly check: number;
}

export const PATIENCE: Patience = { headers: 10_000, request: 15 * 60_000, check: 2_000 };

const MOST_CONNECTIONS = 2048;
const LARGEST_HEADER = 16 * 2 ** 10; // bytes

/** An open socket. */
export interface Listening {
  readonly port: number;
  /** Hands requests to an app; until then they are answered with 503. */
  serve(fetch: (request: Request, env: object) => Response | Promise<Response>): void;
  /** Stops taking requests and breaks off what is open. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whether the next free port will do, too. */
  readonly orNext: boolean;
  readonly patience?: Patience | undefined;
}

const TRIES = 50;

/** Opens the socket. Throws `http/port-taken`. */
export async function listen({ host, port, orNext, patience = PATIENCE }: ListenOptions): Promise<Listening> {
  let listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown = answerNotYet;
  const server = createServer(
    {
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: patience.check,
      keepAliveTimeout: 10_000,
      maxHeaderSize: LARGEST_HEADER,
    },
    (incoming, outgoing) => {
      // `GET http://elsewhere/ HTTP/1.1` is for proxies: it would name another host than the header says.
      if (!incoming.url?.startsWith('/')) answerBad(outgoing);
      else listener(incoming, outgoing);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  const taken = await bind(server, host, port, orNext ? TRIES : 1);
  return {
    port: taken,
    serve: (fetch) => {
      listener = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
        overrideGlobalObjects: false,
        errorHandler: () => new Response(null, { status: 400 }),
      });
    },
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

function answerNotYet(_: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(503, { 'retry-after': '1' }).end();
}

function answerBad(outgoing: ServerResponse): void {
  outgoing.writeHead(400, { connection: 'close' }).end();
}

async function bind(server: Server, host: string, port: number, tries: number): Promise<number> {
  for (let offset = 0; ; offset++) {
    try {
      return await bindOnce(server, host, port === 0 ? 0 : port + offset);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cannotListen(host, thrown);
      if (offset + 1 >= tries) throw portTaken(port, thrown);
    }
  }
}

function bindOnce(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
    server.off('error', reject);
    resolve((server.address() as AddressInfo).port);
  });
  return promise;
}

function portTaken(port: number, cause: unknown): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'http/port-taken',
    message: `Port ${port} is taken by another program.`,
    hint: 'Leave --port out, or name another: llmagentos serve --port 4871.',
    zh: { message: `端口 ${port} 已被其他程序占用。`, hint: '请去掉 --port，或换一个：llmagentos serve --port 4871。' },
    cause,
  });
}

function cannotListen(host: string, cause: unknown): OsError {
  return new OsError({
    kind: 'input',
    code: 'http/bad-host',
    message: `This machine has no address '${host}' to listen on.`,
    hint: 'Leave --host out for this machine alone; 0.0.0.0 is every address it has.',
    zh: { message: `本机没有可监听的地址“${host}”。`, hint: '只供本机使用时请去掉 --host；0.0.0.0 表示本机所有地址。' },
    cause,
  });
}
