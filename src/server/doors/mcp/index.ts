/**
 * The Model Context Protocol, over HTTP and over standard input and output. Over HTTP each client has a session, so that it can
 * cancel what it asked for.
 */
import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Os } from '../../../host/index.ts';
import { bodyTooLarge, LARGEST_BODY } from '../body-size.ts';
import { createMcpServer } from './server.ts';

interface Session {
  readonly server: Server;
  readonly transport: WebStandardStreamableHTTPServerTransport;
}

/** Clients that are remembered; the one that was silent longest goes first. */
const MOST_SESSIONS = 64;

/** One route, relative to /mcp. Who may come in is checked before it. */
export function createMcpDoor(os: Os): Hono {
  const app = new Hono();
  const sessions = new Map<string, Session>();
  const open = async (): Promise<Session> => {
    const server = createMcpServer(os);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      maxRequestBodySize: LARGEST_BODY,
      onsessioninitialized: (id) => {
        sessions.set(id, { server, transport });
        makeRoom(sessions);
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await server.connect(transport);
    return { server, transport };
  };
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => refuse(c, 413, -32600, bodyTooLarge().message) }));
  app.all('/', async (c) => {
    const id = c.req.header('mcp-session-id');
    const session = id === undefined ? undefined : sessions.get(id);
    if (session !== undefined) {
      // The latest to speak stands last.
      sessions.delete(id!);
      sessions.set(id!, session);
      return session.transport.handleRequest(c.req.raw);
    }
    if (id !== undefined) return refuse(c, 404, -32001, 'Session not found');
    if (c.req.method !== 'POST') return refuse(c, 400, -32000, 'Begin with an initialize request');
    const parsedBody = await c.req.json().catch(() => undefined);
    if (parsedBody === undefined) return refuse(c, 400, -32700, 'The body is not JSON');
    const first = Array.isArray(parsedBody) ? parsedBody[0] : parsedBody;
    if (!isInitializeRequest(first)) return refuse(c, 400, -32000, 'Begin with an initialize request');
    const { transport } = await open();
    return transport.handleRequest(c.req.raw, { parsedBody });
  });
  return app;
}

function makeRoom(sessions: Map<string, Session>): void {
  for (const [id, { server }] of sessions) {
    if (sessions.size <= MOST_SESSIONS) return;
    sessions.delete(id);
    void server.close();
  }
}

function refuse(c: Context, status: 400 | 404 | 413, code: number, message: string): Response {
  return c.json({ jsonrpc: '2.0', error: { code, message }, id: null }, status);
}

/** The streams of a conversation. */
export interface McpStreams {
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the conversation as the end of the input does. */
  readonly signal?: AbortSignal;
}

/**
 * Serves one client over standard input and output until the input ends or the signal is aborted; what still runs is then
 * cancelled. The caller disposes of `os`. Nothing else may be written to the output meanwhile.
 */
export async function serveMcp(os: Os, { input, output, signal }: McpStreams): Promise<void> {
  const server = createMcpServer(os);
  const { promise: over, resolve } = Promise.withResolvers<void>();
  input.once('end', resolve).once('close', resolve);
  signal?.addEventListener('abort', () => resolve(), { once: true });
  if (signal?.aborted) resolve();
  server.onclose = resolve;
  await server.connect(new StdioServerTransport(input, output, { maxBufferSize: LARGEST_BODY }));
  await over;
  await server.close();
}
