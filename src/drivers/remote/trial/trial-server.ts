/**
 * A server for tests that answers as it is told, well or badly: each request takes the next behaviour of its script, the last one
 * over and over. What it heard is kept.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON, where it is. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as they like
  readonly body: any;
}

/** Answers one request. */
export type Behaviour = (reply: ServerResponse, heard: Heard) => void | Promise<void>;

export interface TrialServer extends AsyncDisposable {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Requests whose connection the caller gave up. */
  readonly given: () => number;
  /** The raw server, for upgrades. */
  readonly raw: ReturnType<typeof createServer>;
}

/** Starts it on a free port of this machine. */
export async function startTrialServer(script: Behaviour | readonly Behaviour[]): Promise<TrialServer> {
  const behaviours = typeof script === 'function' ? [script] : script;
  const heard: Heard[] = [];
  let given = 0;
  const raw = createServer((request, reply) => {
    reply.on('close', () => {
      if (!reply.writableFinished) given += 1;
    });
    reply.on('error', () => undefined);
    void hear(request).then((one) => {
      heard.push(one);
      return behaviours[Math.min(heard.length, behaviours.length) - 1]!(reply, one);
    });
  });
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(raw.address() as AddressInfo).port}`,
    heard,
    given: () => given,
    raw,
    [Symbol.asyncDispose]: async () => {
      raw.closeAllConnections();
      await new Promise((resolve) => raw.close(resolve));
    },
  };
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString('latin1');
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, text, body: parsed(Buffer.concat(pieces).toString('utf8')) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends a status, headers and a body, whole. */
export function send(
  status: number,
  body: string | Uint8Array | object,
  headers: Record<string, string> = {},
): Behaviour {
  const plain = typeof body === 'string' || body instanceof Uint8Array;
  return (reply) => {
    reply.writeHead(status, { 'content-type': 'application/json', ...headers });
    reply.end(plain ? body : JSON.stringify(body));
  };
}

/** Takes the request and says nothing. */
export const hang: Behaviour = () => undefined;

/** Breaks the connection before a byte. */
export const reset: Behaviour = (reply) => void reply.socket?.resetAndDestroy();

/** Sends pieces of a stream, then ends, breaks off or stands still. */
export function stream(
  pieces: readonly (string | Uint8Array)[],
  { after = 'end', kind = 'text/event-stream' }: { after?: 'end' | 'break' | 'hang'; kind?: string } = {},
): Behaviour {
  return async (reply) => {
    reply.writeHead(200, { 'content-type': kind });
    for (const piece of pieces) await new Promise<void>((done) => reply.write(piece, () => done()));
    if (after === 'end') reply.end();
    else if (after === 'break') setImmediate(() => reply.socket?.destroy());
  };
}
